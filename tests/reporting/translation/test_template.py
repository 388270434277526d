import pytest

from checker.reporting.translation.template import compile_template

PHRASES = {"a list": "список", "the column": "столбец", "text": "текст"}


def said(english: str, russian: str, text: str) -> str | None:
    return compile_template(english, russian).translate(text, PHRASES.get)


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("`{a}` is missing", "name is missing"),
        ("`{a}` is missing", "`name` is missing."),
        ("`{a}` is missing", "the `name` is missing"),
        ("`{a}` is missing", "`one` or `two` is missing"),
        ("{a} is missing", "one and two is missing"),
        ("{a#} is missing", "one is missing"),
        ("{a!} is missing", "the row is missing"),
        ("{a&} is missing", "`one` and the row is missing"),
        ("{a} is {a}", "one is two"),
    ],
)
def test_another_text_is_not_translated(english: str, text: str) -> None:
    assert said(english, "нет {a}", text) is None


@pytest.mark.parametrize(
    ("english", "russian", "text", "wanted"),
    [
        ("`{a}` is missing", "нет `{a}`", "`a is missing` is missing", "нет `a is missing`"),
        ("'{a}' is missing", "нет '{a}'", "'it's here' is missing", "нет 'it's here'"),
        ("{a} is missing", "нет {a}", '"one or two" is missing', 'нет "one or two"'),
        ("{a} is {b*}", "{a}: {b}", "it is what it is", "it: what it is"),
        ("{a!} is {b!}", "{b} — {a}", "the column is a list", "список — столбец"),
        ("{a!} is {b!}", "{b} — {a}", "`x` is text", "текст — `x`"),
        ("{a!} is {b!}", "{b} — {a}", "DataFrame is text", "текст — DataFrame"),
        ("{a&} are gone", "нет: {a}", "`a, b`, the column and 3.1 are gone", "нет: `a, b`, столбец и 3.1"),
        ("{a&} are gone", "нет: {a}", "a list are gone", "нет: список"),
        ("{a&} are gone", "нет: {a}", "`a` or `b` are gone", "нет: `a` или `b`"),
        ("write {name}, {a}", "пишите {name}, {a}", "write {name}, x", "пишите {name}, x"),
        ("{a} is {a}", "{a} = {a}", "one is one", "one = one"),
        ("{a}\n{b*}", "{a}: {b}", "one\ntwo\nthree", "one: two\nthree"),
    ],
)
def test_holes(english: str, russian: str, text: str, wanted: str) -> None:
    assert said(english, russian, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 line left", "осталась 1 строка"),
        ("2 lines left", "осталось 2 строки"),
        ("0 lines left", "осталось 0 строк"),
        ("5 lines left", "осталось 5 строк"),
        ("11 lines left", "осталось 11 строк"),
        ("14 lines left", "осталось 14 строк"),
        ("21 lines left", "осталась 21 строка"),
        ("112 lines left", "осталось 112 строк"),
        ("1,472 lines left", "осталось 1\u00a0472 строки"),
    ],
)
def test_plurals(text: str, wanted: str) -> None:
    russian = "{a|осталась|осталось|осталось} {a} {a|строка|строки|строк}"
    assert said("{a#} line(s) left", russian, text) == wanted


def test_a_fraction_has_a_comma() -> None:
    assert said("{a#} s", "{a} с", "0.5 s") == "0,5 с"


@pytest.mark.parametrize(("english", "russian"), [("{a} is", "это"), ("it is", "это {a}"), ("{a}", "{b}")])
def test_a_translation_with_other_holes_is_refused(english: str, russian: str) -> None:
    with pytest.raises(ValueError, match="has the holes"):
        compile_template(english, russian)
