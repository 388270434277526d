"""Reads code for a newer Python than the one that runs the checker.

Python's parser knows no syntax of later versions. That syntax is removed here, so that the rest can be
parsed: a source that parses without it was written for the later version.
"""

import re
import sys
from collections.abc import Callable, Iterator

from msgspec import Struct

from checker.patterns import regex

_LONGEST = 20_000
_DEEPEST = 20
_TRIPLE = '"""'
_FAR = 1_000  # at most this many characters of type parameters


class Newer(Struct, frozen=True):
    """A source without newer syntax, with the same lines, and what was removed: `class Stack[T]` of 3.12."""

    source: str
    version: str
    what: str


class _Feature(Struct, frozen=True):
    """A kind of syntax that came with a version, and how it is removed from a source."""

    version: tuple[int, int]
    what: str
    without: Callable[[str], str]


# https://peps.python.org/pep-0695/
_PARAMETERS = regex(r"^(?P<head>[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+)\[", re.MULTILINE)
_ALIAS = regex(r"^(?P<margin>[ \t]*)type[ \t]+(?P<name>[^\W\d]\w*)[ \t]*(?=[\[=])", re.MULTILINE)
# https://peps.python.org/pep-0758/
_EXCEPT = regex(
    r"^(?P<head>[ \t]*except\*?[ \t]+)"
    r"(?P<types>(?:\w+\.)*[A-Z]\w*(?:[ \t]*,[ \t]*(?:\w+\.)*[A-Z]\w*)+)[ \t]*:",
    re.MULTILINE,
)
_TOKEN = regex(
    r"(?P<comment>\#[^\n]*)|(?P<prefix>\b(?:[fFtT][rR]?|[rR][fFtT]|[rR]?[bB]|[bB][rR]|[uU]))?"
    r"(?P<quote>'''|\"\"\"|'|\")"
)


def newer_python(
    source: str, parses: Callable[[str], bool], reader: tuple[int, int] = sys.version_info[:2]
) -> Newer | None:
    """The source without newer syntax, if only that keeps this Python from parsing it."""
    if len(source) > _LONGEST:
        return None
    found = None
    for feature in _FEATURES:
        if feature.version <= reader:
            continue
        without = feature.without(source)
        if without == source:
            continue
        source = without
        if found is None or feature.version > found.version:
            found = feature
        if parses(source):
            return Newer(source, ".".join(map(str, found.version)), found.what)
    return None


def _without_parameters(source: str) -> str:
    pieces: list[str] = []
    done = 0
    for match in _PARAMETERS.finditer(source):
        end = _closing(source, match.end() - 1)
        if end and match.end() > done:
            pieces += source[done : match.end() - 1], _continued(source[match.end() - 1 : end])
            done = end
    return "".join(pieces) + source[done:]


def _without_aliases(source: str) -> str:
    pieces: list[str] = []
    done = 0
    for match in _ALIAS.finditer(source):
        end = match.end()
        if source[end] == "[":
            end = _closing(source, end)
        if end and match.start() >= done and "\n" not in source[match.start() : end]:
            width = end - match.start() - len(match["margin"])
            pieces += source[done : match.start()], match["margin"], match["name"].ljust(width)
            done = end
    return "".join(pieces) + source[done:]


def _with_brackets(source: str) -> str:
    return _EXCEPT.sub(lambda match: f"{match['head']}({match['types']}):", source)


def _without_templates(source: str) -> str:
    return _without_strings(source, lambda prefix, _: "t" in prefix)


def _without_nested_quotes(source: str) -> str:
    return _without_strings(source, lambda prefix, is_newer: "f" in prefix and is_newer)


def _without_strings(source: str, is_meant: Callable[[str, bool], bool]) -> str:
    """Replace f-strings by empty strings of the same size."""
    pieces: list[str] = []
    done = 0
    for prefix, start, end, is_newer in _strings(source):
        if is_meant(prefix, is_newer):
            pieces += source[done:start], _empty(source[start:end])
            done = end
    return "".join(pieces) + source[done:]


def _empty(text: str) -> str:
    *before, last = text.split("\n")
    newlines = "\n" * len(before)
    return _TRIPLE + newlines + _TRIPLE.rjust(len(last)) if before else '""'.ljust(len(text))


def _strings(source: str) -> Iterator[tuple[str, int, int, bool]]:
    """The strings of a source: prefix, start, end, and whether only Python 3.12 ends them there."""
    at = 0
    while match := _TOKEN.search(source, at):
        at = match.end()
        if match["comment"] is None:
            prefix = (match["prefix"] or "").lower()
            end, is_newer = _end_of_string(source, at, match["quote"], prefix, 0)
            if not end:
                return
            at = end
            yield prefix, match.start(), end, is_newer


def _end_of_string(source: str, at: int, quote: str, prefix: str, depth: int) -> tuple[int, bool]:
    """The end of the string whose opening quote ends at `at`, 0 if none; expressions are read by PEP 701."""
    is_formatted, is_newer = "f" in prefix or "t" in prefix, False
    while at < len(source) and (len(quote) == 3 or source[at] != "\n"):
        if source.startswith(quote, at):
            return at + len(quote), is_newer
        if source[at] == "\\":
            at, is_newer = at + 2, is_newer or depth > 0
        elif is_formatted and source.startswith(("{{", "}}"), at):
            at += 2
        elif is_formatted and source[at] == "{":
            at, newer = _end_of_field(source, at + 1, quote, depth + 1)
            is_newer = is_newer or newer
            if not at:
                return 0, False
        else:
            at += 1
    return 0, False


def _end_of_field(source: str, at: int, quote: str, depth: int) -> tuple[int, bool]:
    """The end of the `{…}` that begins before `at`, 0 if none, and whether Python 3.12 is needed."""
    if depth > _DEEPEST:
        return 0, False
    opened, is_newer = 0, False
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token and token["quote"]:
            within = token["quote"]
            is_newer = is_newer or within == quote or (len(quote) == 1 and within[0] == quote)
            prefix = (token["prefix"] or "").lower()
            at, newer = _end_of_string(source, token.end(), within, prefix, depth)
            is_newer = is_newer or newer
            if not at:
                return 0, False
            continue
        if source[at] == "}" and not opened:
            return at + 1, is_newer
        opened += (source[at] in "([{") - (source[at] in ")]}")
        is_newer = is_newer or source[at] in "\\#" or (source[at] == "\n" and len(quote) == 1)
        at += 1
    return 0, False


def _closing(source: str, at: int) -> int:
    """The offset after the bracket that closes the one at `at`; 0 when none does."""
    opened = 0
    for index in range(at, min(at + _FAR, len(source))):
        opened += (source[index] in "([{") - (source[index] in ")]}")
        if not opened:
            return index + 1
    return 0


def _continued(text: str) -> str:
    """A statement without effect that continues over as many lines as the text."""
    *before, last = text.split("\n")
    return "".join(f"{' ' * (len(line) - 1)}\\\n" for line in before) + " " * len(last)


_FEATURES = (
    _Feature((3, 12), "type parameters", _without_parameters),
    _Feature((3, 12), "the statement `type`", _without_aliases),
    _Feature((3, 14), "`except` of several types without brackets", _with_brackets),
    _Feature((3, 14), "t-strings", _without_templates),
    _Feature(
        (3, 12), "quotes, backslashes and comments within the braces of f-strings", _without_nested_quotes
    ),
)
