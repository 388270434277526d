"""The words, plurals and number formats of the report in one language."""

import tomllib
from pathlib import Path
from typing import Any, Final

_FOLDER = Path(__file__).parent / "words"
LANGUAGES: Final = ("en", "ru")


class Language:
    """A catalogue of words: `language.say("score.title")`, `language.count(3, "lessons")`."""

    def __init__(self, name: str) -> None:
        self._words: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        self.name = name

    def say(self, key: str, **values: object) -> str:
        """The words for `section.key`, with the values inserted."""
        section, _, name = key.partition(".")
        words: str = self._words[section][name]
        return words.format(**values) if values else words

    def count(self, number: int, noun: str) -> str:
        """`1 lesson`, `1,472 lessons`; `21 урок`, `1 472 урока`."""
        forms: list[str] = self._words["count"][noun]
        return f"{self.number(number)}\u00a0{forms[self._form(number, len(forms))]}"

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the separators of the language."""
        text = f"{value:,.{digits}f}"
        signs = {",": self._words["thousands"], ".": self._words["decimal"]}
        return "".join(signs.get(sign, sign) for sign in text)

    def share(self, part: int, whole: int) -> str:
        """A share in per cent; a small share is not shown as zero, nor a large one as everything."""
        if not whole:
            return "–"
        percent = 100 * part / whole
        if 0 < percent < 1:
            return "<\u00a01\u00a0%"
        return f"{int(percent) if percent > 99 else round(percent)}\u00a0%"

    @staticmethod
    def _form(number: int, forms: int) -> int:
        """The plural form for a number: two forms as in English, three as in Russian (CLDR)."""
        if forms == 2:
            return 0 if number == 1 else 1
        if number % 10 == 1 and number % 100 != 11:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2
