"""The parts of links: `(address "title")`, `[label]`, and `[label]: address "title"`."""

import re

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.helpers.parse_link_title import parseLinkTitle
from msgspec import Struct
from msgspec.structs import replace

from checker.patterns import regex

_BLANKS = regex(r"[ \t\n]*")
_PARENTHESIS = regex(r"\\[^\x00-\x20\x7f]|[()\x00-\x20\x7f]")
# The limit of CommonMark's own parsers.
_DEPTH_MAX = 32
_ANGLE = regex(r"<((?>(?:[^<>\\\n]+|\\.)*))>")
# Most addresses; others are read character by character.
_PLAIN = regex(r"[^\x00-\x20\x7f()\\<&][^\x00-\x20\x7f()\\&]*(?=[ \t\n)]|\Z)")
# Brackets in a label are escaped, and it has at most 999 characters.
_LABEL = regex(r"\[((?>(?:[^\[\]\\]|\\.?){1,999}))\]", re.DOTALL)
_TITLE_END = regex(r"[ \t]*(?:\n|\Z)")


class Destination(Struct, frozen=True):
    """A decoded address, its position, and the end of the link part that contains it."""

    url: str
    start: int
    stop: int
    end: int


def resource(text: str, at: int) -> Destination | None:
    """The `(address "title")` that begins at `at`."""
    start = _skip(text, at + 1)
    if text.startswith(")", start):
        return Destination("", start, start, start + 1)
    found = _address(text, start)
    if found is None:
        return None
    end = _skip(text, found.end)
    if end > found.end and text[end : end + 1] in ('"', "'", "("):
        title = parseLinkTitle(text, end, len(text), None)
        if not title.ok:
            return None
        end = _skip(text, title.pos)
    return replace(found, end=end + 1) if text.startswith(")", end) else None


def label(text: str, at: int) -> tuple[str, int] | None:
    """The normalised label of the `[label]` that begins at `at`, and its end."""
    found = _LABEL.match(text, at)
    if found is None or not found[1].strip() or found[1].startswith("^"):
        return None
    return normalizeReference(found[1]), found.end()


def definitions(text: str) -> tuple[dict[str, Destination], int]:
    """The definitions at the beginning of a paragraph, the first for each label, and their end."""
    found: dict[str, Destination] = {}
    at = 0
    while text.startswith("[", at) and (named := label(text, at)) is not None:
        name, end = named
        if not text.startswith(":", end) or (where := _definition(text, end + 1)) is None:
            break
        found.setdefault(name, where)
        at = where.end
    return found, at


def _definition(text: str, at: int) -> Destination | None:
    found = _address(text, _skip(text, at))
    if found is None:
        return None
    start = _skip(text, found.end)
    if start > found.end and text[start : start + 1] in ('"', "'", "("):
        title = parseLinkTitle(text, start, len(text), None)
        rest = _TITLE_END.match(text, title.pos) if title.ok else None
        if rest is not None:
            return replace(found, end=rest.end())
    rest = _TITLE_END.match(text, found.end)
    return replace(found, end=rest.end()) if rest is not None else None


def _address(text: str, at: int) -> Destination | None:
    if plain := _PLAIN.match(text, at):
        return Destination(plain[0], at, plain.end(), plain.end())
    if angle := _ANGLE.match(text, at):
        return Destination(unescapeAll(angle[1]), at + 1, angle.end() - 1, angle.end())
    stop = at if text.startswith("<", at) else _balanced_end(text, at)
    return Destination(unescapeAll(text[at:stop]), at, stop, stop) if stop > at else None


def _balanced_end(text: str, at: int) -> int:
    """The end of an address without angle brackets, whose parentheses match; `at` when there is none."""
    depth = 0
    for found in _PARENTHESIS.finditer(text, at):
        if found[0] == "(":
            depth += 1
            if depth > _DEPTH_MAX:
                return at
        elif found[0] == ")" and depth:
            depth -= 1
        elif found[0][0] != "\\":
            return at if depth else found.start()
    return at if depth else len(text)


def _skip(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks is not None else at
