"""The words that label code, and those that only talk about data."""

import pytest

from checker.analysis.marker_words import Marker, in_comment, in_heading, in_prose, is_label, names_error

DATA_TALK = [
    "bad rows",
    "wrong values become NaN",
    "drop incorrect ages",
    "fix broken dates",
    "remove invalid emails",
    "Before merging, sort by date",
    "after the merge",
    "before: 5 rows",
    "don't forget to sort",
    "don't need the index",
    "avoid division by zero",
    "Avoid duplicates",
    "never NaN",
    "no missing values left",
    "not null",
    "old customers",
    "old prices",
    "old version of the file",
    "deprecated products",
    "error rate by day",
    "errors per hour",
    "error handling",
    "Ошибки Kafka",
    "Обработка ошибок",
    "ошибка сети повторяется",
    "плохие строки",
    "неправильные значения",
    "неверные данные удаляем",
    "некорректные записи",
    "старые клиенты",
    "до и после слияния",
    "after = null для DELETE!",
    "before state (nullable for INSERT)",
    "Extract after state",
    "опасные зоны",
    "было 5 строк",
    "нет данных",
    "нет пропусков",
    "the wrong order of columns",
    "bad_rows = df[df.bad]",
    "good customers",
    "correct the prices",
    "right join",
    "best sellers",
    "new column",
    "now with two columns",
    "fix the dates",
    "this is not wrong",
    "not bad at all",
    "nothing wrong here",
    "неплохо",
    "не плохо",
    "✓ ok / ❌ failed counts",
    "status: ❌ or ✅",
    "print ❌ when it fails",
    "in pandas 2 and 3 this is the same",
    "pandas 2.3 or 3.0",
    "broken links",
    "legacy system id",
    "removed rows",
    "invalid entries are dropped",
    "raise the price",
    "gives the error rate",
    "mistakes per user",
    "bug reports",
    "trap frequency",
]

WRONG = [
    "❌ WRONG",
    "WRONG",
    "wrong:",
    "Wrong: chained assignment",
    "BAD",
    "Bad - chained",
    "❌",
    "❌ chained assignment",
    "chained ❌",
    "👎",
    "🚫 don't",
    "DON'T",
    "Don't do this",
    "don't: this alias is gone",
    "Do NOT do this!",
    "Never do this",
    "Incorrect in pandas 3",
    "Broken in pandas 3:",
    "broken since pandas 3.0",
    "deprecated",
    "Deprecated in pandas 2.2",
    "the old way",
    "Old way (pandas < 3)",
    "Old code:",
    "old pandas style",
    "pandas < 3.0",
    "pandas 2.x",
    "In pandas 2 this worked",
    "before pandas 3",
    "Wrong way to do it",
    "Anti-pattern",
    "antipattern: chained",
    "Anti-pattern 1",
    "This is wrong",
    "This does not work",
    "this won't work in pandas 3",
    "no longer works",
    "doesn't work anymore",
    "has no effect",
    "silently does nothing",
    "raises TypeError",
    "-> KeyError",
    "→ ValueError",
    "KeyError!",
    "TypeError: Invalid value",
    "Error: SettingWithCopyWarning",
    "fails with KeyError",
    "НЕПРАВИЛЬНО",
    "НЕПРАВИЛЬНО - упадет на DELETE",
    "Неправильно: так нельзя",
    "неверно",
    "Плохо",
    "Плохо - мгновенный алерт",
    "ПЛОХО ❌",
    "Нельзя",
    "Так делать нельзя",
    "Так больше не работает",
    "Ошибка: так больше нельзя",
    "❌ НЕ ДЕЛАЙТЕ ТАК",
    "НИКОГДА НЕ ДЕЛАЙТЕ ТАК",
    "Не делайте так",
    "Опасный код - dual-write antipattern",
    "Устаревший код (не используйте)",
    "Раньше",
    "Раньше (pandas < 3.0)",
    "Раньше так работало",
    "Старый способ",
    "Старый код:",
    "устарело в pandas 3",
    "больше не работает",
    "не работает в pandas 3",
    "Chained assignment НЕ РАБОТАЕТ (silent failure)",
    "типичная ошибка",
    "плохой пример",
    "антипаттерн",
    "вызовет KeyError",
    "1. Wrong",
    "1) ❌ Wrong way",
    "--- WRONG ---",
    "== BAD ==",
    "**Wrong**",
    "Common mistake: chained assignment",
    "mistake",
    "used to work in pandas 2",
    "not recommended",
    "avoid!",
    "Не работает!",
    "🚫",
]

RIGHT = [
    "✅ RIGHT",
    "RIGHT",
    "Right:",
    "Correct",
    "Correct way",
    "correct in pandas 3",
    "Good",
    "GOOD: one step",
    "Better",
    "do",
    "do this",
    "✅",
    "👍",
    "Works everywhere:",
    "works in pandas 3",
    "The right way",
    "Fixed",
    "Now (pandas 3)",
    "pandas 3",
    "pandas >= 3.0",
    "ПРАВИЛЬНО",
    "Правильно: через loc",
    "ПРАВИЛЬНО - обрабатываем все случаи",
    "✅ Правильный способ",
    "Верно:",
    "Хорошо",
    "Хорошо - устойчивый алерт",
    "Современный вариант: ничего отключать не нужно",
    "Теперь",
    "Теперь (pandas 3.0+)",
    "Новый способ",
    "use .loc instead",
    "instead",
    "Лучше:",
    "Recommended",
    "modern way",
    "OK",
]

DATA_SENTENCES = [
    "Here we fix incorrect ages:",
    "Let us drop the bad rows:",
    "The data has wrong values.",
    "Before we start, load the data:",
    "Load the data:",
    "Error handling matters:",
    "Обработаем ошибки:",
    "Удалим некорректные строки:",
    "This is how it works:",
    "Old customers get a discount:",
    "The result is not wrong:",
    "Enable strict mode to ensure errors are raised if lease renewal fails:",
    "Проверим, правильно ли посчитано:",
    "Compare before and after:",
    "The order book of last week has gaps, and one price was wrong.",
    "Two of the totals are incorrect:",
    "Один заказ записан неправильно:",
    "С плиткой шоколада чай сочетается плохо.",
]

WRONG_SENTENCES = [
    "Раньше (pandas < 3.0):",
    "**Раньше (pandas < 3.0):**",
    "Типичная ошибка новичка — так делать нельзя:",
    "❌ **Wrong:**",
    "This is the wrong way:",
    "The old way:",
    "Here is a common mistake:",
    "Don't do this:",
    "In pandas 2 you could write:",
    "In older versions of pandas this was common:",
    "Before pandas 3, people wrote",
    "This no longer works in pandas 3:",
    "The following code is wrong:",
    "Wrong:",
    "An anti-pattern:",
    "Так делать нельзя:",
    "Не делайте так:",
    "Вот так делать не надо:",
    "Неправильно:",
    "Плохой пример:",
    "Антипаттерн:",
    "Этот код больше не работает:",
    "До pandas 3 писали так:",
    "В старых версиях pandas писали так:",
    "Следующий код упадёт:",
    "The following line raises KeyError:",
    "We have seen how to select. Now a typical mistake:",
    "Код ниже не сработает:",
    "Устаревший способ:",
]

RIGHT_SENTENCES = [
    "Правильный вариант:",
    "✅ **Right:**",
    "The right way:",
    "The correct way is:",
    "Use `.loc` instead:",
    "Теперь (pandas 3.0+):",
    "**Теперь (pandas 3.0+):**",
    "Правильно:",
    "In pandas 3:",
    "The old way is gone. The new way:",
    "Вместо этого пишите:",
    "Вместо `append` пишите:",
    "Вместо пропусков подставьте имена столбцов:",
    "Вместо цикла используйте метод:",
    "Instead of the gap, put the name of the column:",
    "Так делать нельзя, правильно так:",
    "Исправленный вариант:",
    "Better:",
    "That was wrong. Here is the fix:",
    "Instead of the old way, use .loc:",
]

OTHER_HEADINGS = [
    "Bad data",
    "Wrong values",
    "Cleaning bad rows",
    "Before you begin",
    "Error handling",
    "Error: port in use",
    "Ошибка подключения к базе",
    "Ошибка: порт занят",
    "Ошибки",
    "Common mistakes",
    "Broken links",
    "Solution",
    "Решение",
    "AttributeError: x",
    "Deprecated APIs list",
    "Old customers",
    "Проблема",
    "Removed: x",
    "Good Use Cases",
    "Correctness",
]

WRONG_HEADINGS = [
    "❌ Anti-Patterns",
    "Anti-Pattern 1: x",
    "Wrong way",
    "Неправильно",
    "Антипаттерн: цепочки",
    "Bad",
    "Deprecated: expire_logs_days",
    "Don't do this",
    "Плохо ❌",
    "Ошибка 1: цепочка",
    "Mistake 1: chained assignment",
    "Old way",
    "Как не надо: антипаттерн",
    "The wrong way",
]


def judged(marker: Marker | None) -> str | None:
    return marker.judges if marker and not marker.weak else None


@pytest.mark.parametrize("comment", DATA_TALK)
def test_a_comment_about_data_judges_nothing(comment: str) -> None:
    assert judged(in_comment(f" {comment}")) is None


@pytest.mark.parametrize("comment", WRONG)
def test_a_comment_says_wrong(comment: str) -> None:
    assert judged(in_comment(f" {comment}")) == "wrong"


@pytest.mark.parametrize("comment", RIGHT)
def test_a_comment_says_right(comment: str) -> None:
    assert judged(in_comment(f" {comment}")) == "right"


@pytest.mark.parametrize("sentence", DATA_SENTENCES)
def test_a_sentence_about_data_judges_nothing(sentence: str) -> None:
    assert judged(in_prose(sentence)) is None


@pytest.mark.parametrize("sentence", WRONG_SENTENCES)
def test_a_sentence_says_wrong(sentence: str) -> None:
    assert judged(in_prose(sentence)) == "wrong"


@pytest.mark.parametrize("sentence", RIGHT_SENTENCES)
def test_a_sentence_says_right(sentence: str) -> None:
    assert judged(in_prose(sentence)) == "right"


@pytest.mark.parametrize("heading", OTHER_HEADINGS)
def test_a_heading_judges_nothing(heading: str) -> None:
    assert judged(in_heading(heading)) is None


@pytest.mark.parametrize("heading", WRONG_HEADINGS)
def test_a_heading_says_wrong(heading: str) -> None:
    assert judged(in_heading(heading)) == "wrong"


@pytest.mark.parametrize(
    ("comment", "judges"), [("Before", "wrong"), ("before the migration:", "wrong"), ("After", "right")]
)
def test_before_and_after_are_weak(comment: str, judges: str) -> None:
    marker = in_comment(comment)
    assert marker is not None
    assert (marker.judges, marker.weak) == (judges, True)


@pytest.mark.parametrize("comment", ["❌ the copy is changed and lost", "wrong:", "Not like this", "✅"])
def test_a_label_is_short_or_signed(comment: str) -> None:
    assert is_label(comment)


def test_an_explanation_is_no_label() -> None:
    assert not is_label("use loc for it instead")


def test_an_error_is_named_as_python_shows_it() -> None:
    assert names_error(" KeyError: 'age'")
    assert not names_error(" raises KeyError")
    assert not names_error(" KeyError")
