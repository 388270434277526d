import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checker.reporting.health.page import language as language_module
from checker.reporting.health.page.language import LANGUAGES, Language

FOLDER = Path(language_module.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))


def words(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def flat(name: str) -> dict[str, Any]:
    return {
        f"{section}.{key}": value
        for section, values in words(name).items()
        if isinstance(values, dict)
        for key, value in values.items()
    }


def test_every_language_has_a_catalogue_and_no_other_is_there() -> None:
    assert sorted(each.stem for each in (FOLDER / "words").iterdir()) == sorted(LANGUAGES)
    assert all(words(name)["language"] == name for name in LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_catalogues_have_the_same_keys_and_names(name: str) -> None:
    english, other = flat("en"), flat(name)
    assert list(other) == list(english)
    for key, text in english.items():
        if isinstance(text, str):
            assert sorted(re.findall(r"{(\w+)}", text)) == sorted(re.findall(r"{(\w+)}", other[key])), key


def test_no_word_is_without_use() -> None:
    sources = [*TEMPLATES, *FOLDER.glob("*.py")]
    source = "\n".join(each.read_text(encoding="utf-8") for each in sources)
    for key in flat("en"):
        section, _, name = key.partition(".")
        used = (
            key in source
            or f'"{section}."' in source
            or f"'{section}.'" in source
            or f"{section}.{{" in source
        )
        assert used or f'"{name}"' in source, key


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [
        (0, "0 lessons", "0 уроков"),
        (1, "1 lesson", "1 урок"),
        (2, "2 lessons", "2 урока"),
        (5, "5 lessons", "5 уроков"),
        (11, "11 lessons", "11 уроков"),
        (12, "12 lessons", "12 уроков"),
        (21, "21 lessons", "21 урок"),
        (112, "112 lessons", "112 уроков"),
        (1_472, "1,472 lessons", "1 472 урока"),
    ],
)
def test_plurals(number: int, english: str, russian: str) -> None:
    for name, said in (("en", english), ("ru", russian)):
        assert Language(name).count(number, "lessons").replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 5, "0 %"), (1, 1000, "< 1 %"), (1, 3, "33 %"), (999, 1000, "99 %"), (5, 5, "100 %")],
)
def test_shares(part: int, whole: int, said: str) -> None:
    assert Language("en").share(part, whole).replace("\u00a0", " ") == said


def test_figures() -> None:
    assert Language("en").number(1234.56, 1) == "1,234.6"
    assert Language("ru").number(1234.56, 1).replace("\u00a0", " ") == "1 234,6"
