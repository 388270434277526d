"""Reads TOML frontmatter: data through tomllib, positions of values through our own scanner.

tomllib gives no positions. The scanner reads the text first and stops, at the latest, where tomllib would.
Its limits thus protect tomllib, which takes quadratic time for keys with many parts and recurses into arrays.
"""

import re
import tomllib
from typing import Any

from checker.model import KeySpans, Problem
from checker.patterns import regex
from checker.reading.head import MAX_DEPTH, HeadError, HeadValues, Path, Place

_BLANKS = regex(r"[ \t]*")
_GAP = regex(r"(?>(?:[ \t\r\n]++|#[^\n]*+)*)")
_BARE_KEY = regex(r"[A-Za-z0-9_-]+")
# Possessive, so that an open quote takes only one pass.
_STRING = regex(
    r'"""(?>(?:[^"\\]+|\\.|"{1,2}(?!"))*)"{3,5}'
    r"|'''(?>(?:[^']+|'{1,2}(?!'))*)'{3,5}"
    r'|"(?>(?:[^"\\\n]+|\\.)*)"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_ATOM = regex(r"\d{4}-\d\d-\d\d \d\d:[\d:.+Zz-]+|[^ \t\r\n,\[\]{}#=\"']+")
_ERROR_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

Part = tuple[str, int, int]


def read_toml(text: str, place: Place) -> HeadValues:
    """The data in `text`; when tomllib refuses it there is a problem and no data."""
    scanner = _Scanner(text, place)
    try:
        scanner.document()
        data = _load(text)
    except HeadError as error:
        return HeadValues(None, {}, tuple(scanner.repeated) or (error.problem(place),))
    return HeadValues(data, scanner.spans, ())


def _load(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f'this is not TOML ({_ERROR_PLACE.sub("", str(error))}): lines are `key = "value"`'
        at = _error_offset(text, str(error))
        raise HeadError("frontmatter-syntax", message, at, min(at + 1, len(text))) from None
    except ValueError:
        # int() says so for more than 4,300 digits, without a position.
        message = "one of these numbers has too many digits: put it in quotes"
        raise HeadError("frontmatter-syntax", message, 0, len(text)) from None


def _error_offset(text: str, message: str) -> int:
    found = _ERROR_PLACE.search(message)
    if not found or found[1] is None:
        return len(text)
    start = 0
    for _ in range(int(found[1]) - 1):
        start = text.index("\n", start) + 1
    return min(start + int(found[2]) - 1, len(text))


class _NotUnderstoodError(Exception):
    """The scanner stops; tomllib will report the error."""


class _Scanner:
    """Finds the keys and values of valid TOML, and in other text those before the error."""

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.at = 0
        self.spans: dict[Path, KeySpans] = {}
        self.repeated: list[Problem] = []
        self._place = place
        self._lengths: dict[Path, int] = {}
        self._tables: set[Path] = set()

    def document(self) -> None:
        table: Path = ()
        try:
            while self._skip(_GAP):
                if self._peek() == "[":
                    table = self._header()
                else:
                    self._pair(table)
        except _NotUnderstoodError:
            return

    def _header(self) -> Path:
        start = self.at
        brackets = "[[" if self.text.startswith("[[", start) else "["
        self.at += len(brackets)
        parts = self._key()
        self._expect("]" * len(brackets))
        path: Path = ()
        for part in parts[:-1]:
            path = self._latest((*path, part[0]))
            self._record(path, part, start, self.at)
        path = (*path, parts[-1][0])
        if path in self._tables:
            self._report_repeated(path, parts[-1])
        self._record(path, parts[-1], start, self.at)
        if brackets == "[[":
            number = self._lengths.get(path, 0)
            self._lengths[path] = number + 1
            path = (*path, number)
            self._record(path, None, start, self.at)
        else:
            self._tables.add(path)
        return path

    def _latest(self, path: Path) -> Path:
        """`[a.b]` refers to the last `[[a]]` when there are any."""
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path) -> None:
        parts = self._key()
        self._expect("=")
        self._skip(_BLANKS)
        path = (*table, *(name for name, _, _ in parts))
        if path in self.spans:
            self._report_repeated(path, parts[-1])
        start = self.at
        self._value(path)
        for depth, part in enumerate(parts, start=len(table) + 1):
            self._record(path[:depth], part, start, self.at)

    def _key(self) -> list[Part]:
        parts: list[Part] = []
        while True:
            self._skip(_BLANKS)
            start = self.at
            name = self._key_part()
            parts.append((name, start, self.at))
            self._limit(len(parts), start)
            self._skip(_BLANKS)
            if self._peek() != ".":
                return parts
            self.at += 1

    def _key_part(self) -> str:
        if self._peek() not in {'"', "'"}:
            return self._take(_BARE_KEY)
        quoted = self._take(_STRING)
        if "\\" not in quoted:
            return quoted[1:-1]
        try:
            return str(tomllib.loads(f"key = {quoted}")["key"])
        except tomllib.TOMLDecodeError:
            raise _NotUnderstoodError from None

    def _value(self, path: Path) -> None:
        self._limit(len(path), self.at)
        match self._peek():
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_ATOM)

    def _array(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self._skip(_GAP) and self._peek() != "]":
            item = (*path, number)
            start = self.at
            self._value(item)
            self._record(item, None, start, self.at)
            number += 1
            self._skip(_GAP)
            if self._peek() == ",":
                self.at += 1
            elif self._peek() != "]":
                raise _NotUnderstoodError
        self._expect("]")

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip(_GAP) and self._peek() != "}":
            self._pair(path)
            self._skip(_GAP)
            if self._peek() == ",":
                self.at += 1
            elif self._peek() != "}":
                raise _NotUnderstoodError
        self._expect("}")

    def _record(self, path: Path, key: Part | None, start: int, end: int) -> None:
        """Record the first position: `[a.b]` and `[a.c]` both name `a`."""
        if path not in self.spans:
            key_span = self._place(key[1], key[2]) if key else None
            self.spans[path] = KeySpans(key_span, self._place(start, end))

    def _report_repeated(self, path: Path, key: Part) -> None:
        first = self.spans[path].key or self.spans[path].value
        message = f"the key `{key[0][:60]}` is set twice (first in line {first.line}): keep one of them"
        self.repeated.append(Problem("duplicate-key", message, self._place(key[1], key[2])))

    def _limit(self, depth: int, at: int) -> None:
        if depth > MAX_DEPTH:
            message = f"the values are nested more than {MAX_DEPTH} deep here: flatten them"
            raise HeadError("frontmatter-limits", message, at, min(at + 1, len(self.text)))

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Skip what matches; returns whether anything is left."""
        match = pattern.match(self.text, self.at)
        assert match  # both patterns also match the empty text
        self.at = match.end()
        return self.at < len(self.text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            raise _NotUnderstoodError
        self.at = match.end()
        return match[0]

    def _expect(self, token: str) -> None:
        self._skip(_BLANKS)
        if not self.text.startswith(token, self.at):
            raise _NotUnderstoodError
        self.at += len(token)
