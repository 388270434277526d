import time
from pathlib import Path

import pytest

from checker.reporting.translation.translator import Translator, translator

WORDS = r"""
"it is gone" = "его нет"
"delete it" = "удалите"
"`{a}` is gone" = "`{a}` нет"
"{a} is {b}" = "{a} — это {b}"
"did you mean {a}?" = "может быть, {a}?"
" (in line {a#})" = " (в строке {a})"
", and late" = ", и поздно"
"Use {a}." = "Используйте {a}."
"it goes." = "уходит."
"""


@pytest.fixture
def made(tmp_path: Path) -> Translator:
    (tmp_path / "words.toml").write_text(WORDS, encoding="utf-8")
    return Translator(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "it was gone",
        "it is gone, and early",
        "nobody knows this; delete it",
        "it is gone; nobody knows this",
        "it is gone; it is gone; who knows",
        "`a; delete it` was gone",
        "`it is gone" + "; it is gone" * 200,
    ],
)
def test_what_is_not_known_whole_stays_english(made: Translator, text: str) -> None:
    assert made.translation(text) is None
    assert made.say(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it is gone", "его нет"),
        ("`it` is gone", "`it` нет"),
        ("tea is mate", "tea — это mate"),
        ("`it` is gone; delete it", "`it` нет; удалите"),
        ("`it` is gone: did you mean `that`?", "`it` нет: может быть, `that`?"),
        ("`it` is gone (in line 3), and late; delete it", "`it` нет (в строке 3), и поздно; удалите"),
        ("it goes. Use `that`.", "уходит. Используйте `that`."),
        ("it is gone. Use `that`.", "его нет. Используйте `that`."),
        ("`a; b` is gone; did you mean `c: d`?", "`a; b` нет; может быть, `c: d`?"),
    ],
)
def test_whole_and_in_parts(made: Translator, text: str, wanted: str) -> None:
    assert made.translation(text) == made.translation(text) == wanted


def test_an_entry_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('"it is gone" = "его нет"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.toml: 'it is gone' is in another file, too"):
        Translator(tmp_path)


@pytest.mark.parametrize(
    "hostile",
    [
        "'" * 900,
        "`a" * 450,
        "a is " * 190,
        "did you mean " * 75,
        "1, 2 and " * 110,
        "it is x; " * 110,
        "it needs the package `x`, which is not installed (and " * 18,
    ],
)
def test_hostile_messages_take_no_time(hostile: str) -> None:
    russian = translator("ru")
    began = time.process_time()
    russian.say(hostile)
    assert time.process_time() - began < 3


def test_a_long_message_is_not_looked_at(made: Translator) -> None:
    assert made.translation("it is gone; " * 100 + "delete it") is None
