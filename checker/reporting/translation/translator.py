"""Translates English messages: as a whole, by their sentences, or not at all."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checker.reporting.translation.template import Template, compile_template

# Longer messages quote a program at length, and matching them would be slow.
_LONGEST = 1_000
_MOST_CUTS = 16
_CUT = re.compile(r"``.+?``|`[^`]*`|(?P<cut>(?<=[.?]) (?=[^a-zа-яё ])|[;:,] | \()", re.DOTALL)


class Translator:
    """A catalogue. Unknown messages stay English as a whole: half a translation helps nobody."""

    def __init__(self, folder: Path) -> None:
        """Read the files of a language; raises ValueError when an entry is there twice or has other holes."""
        self._exact: dict[str, str] = {}
        self._templates: list[Template] = []
        self._known: dict[str, str | None] = {}
        for english, said in entries(folder).items():
            template = compile_template(english, said)
            if template.kinds or "(s)" in english:
                self._templates.append(template)
            else:
                self._exact[english] = said
        # Templates with more text are more specific: `it is {a}, not Python` comes before `{a} is {b}`.
        self._templates.sort(key=lambda each: -each.weight)

    def say(self, text: str) -> str:
        """The translated message; unchanged when it is unknown."""
        return self.translation(text) or text

    def translation(self, text: str) -> str | None:
        """The translated message; None when it is unknown."""
        if text not in self._known:
            self._known[text] = None  # a message is no part of itself
            self._known[text] = self._whole(text) or self._in_parts(text)
        return self._known[text]

    def _whole(self, text: str) -> str | None:
        if text in self._exact:
            return self._exact[text]
        if len(text) > _LONGEST:
            return None
        for template in self._templates:
            if template.anchor in text:
                said = template.translate(text, self.translation)
                if said is not None:
                    return said
        return None

    def _in_parts(self, text: str) -> str | None:
        """A message with an addition: `; did you mean …?`, another sentence."""
        if len(text) > _LONGEST:
            return None
        for end, start in list(_cuts(text))[-_MOST_CUTS:][::-1]:
            if (tail := self._tail(text, end, start)) and (head := self._head(text[:end])):
                return head + tail
        return None

    def _head(self, text: str) -> str | None:
        said = self.translation(text)
        if said is None and text.endswith(".") and (without := self.translation(text[:-1])):
            return f"{without}."
        return said

    def _tail(self, text: str, end: int, start: int) -> str | None:
        if text[end] != " " or text[end + 1] == "(":
            said = self._whole(text[end:])
            if said is not None or text[end] not in ";:":
                return said
        said = self._whole(text[start:])
        return None if said is None else text[end:start] + said


def entries(folder: Path) -> dict[str, str]:
    """All entries of a language, English text and translation. Raises ValueError for one in two files."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & words.keys():
            raise ValueError(f"{file.name}: {min(twice)!r} is in another file, too")
        found |= words
    return found


@cache
def translator(language: str) -> Translator:
    """The translator into a language of the package, such as `ru`."""
    return Translator(Path(__file__).parent / language)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where something may have been added: the end of the text before it, and the start of the addition."""
    for found in _CUT.finditer(text):
        if found["cut"]:
            yield found.start(), found.end()
