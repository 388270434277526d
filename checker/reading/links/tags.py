"""Attributes of tags that contain addresses and ids."""

from collections.abc import Iterator

from msgspec import Struct

from checker.patterns import regex
from checker.reading.mdx.cursor import Cursor, lines_after
from checker.reading.mdx.refusal import RefusedError
from checker.reading.mdx.tags import read_expression

_NAME = regex(r"<\s*([\w$.:-]*)")
_ATTRIBUTE = regex(r"\s*([\w$:.-]+)(\s*=\s*)?")
_LITERAL = regex(r"""\{\s*(["'`])((?:(?!\1)[^\\$])*)\1\s*\}""")
_UNQUOTED = regex(r"[^\s\"'=<>`{]+")


class Attribute(Struct, frozen=True):
    """A name and its value with its position between the quotes; None when the value is computed."""

    name: str
    value: str | None
    start: int
    end: int


def tag_name(text: str, start: int) -> str:
    """The name of the tag that begins at an offset, "" for a fragment."""
    found = _NAME.match(text, start)
    return found[1] if found is not None else ""


def attributes(text: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes of the tag from `start` to `end`, without those in a spread."""
    name = _NAME.match(text, start, end)
    at = name.end() if name is not None else end
    while at < end:
        found = _ATTRIBUTE.match(text, at, end)
        if found is None:
            at = _expression_end(text, at, end) if text[at] == "{" else at + 1
            continue
        at = found.end()
        if found[2] is None:
            continue
        value = _value(text, at, end)
        yield Attribute(found[1], *value)
        at = max(value[2] + 1, at + 1)


def _value(text: str, at: int, end: int) -> tuple[str | None, int, int]:
    quote = text[at : at + 1]
    if quote in ('"', "'"):
        close = text.find(quote, at + 1, end)
        return (_decoded(text[at + 1 : close]), at + 1, close) if close >= 0 else (None, at, end)
    if literal := _LITERAL.match(text, at, end):
        return literal[2], literal.start(2), literal.end(2)
    if quote == "{":
        return None, at, _expression_end(text, at, end) - 1
    bare = _UNQUOTED.match(text, at, end)  # in HTML only
    return (_decoded(bare[0]), at, bare.end()) if bare is not None else (None, at, at)


def _expression_end(text: str, at: int, end: int) -> int:
    line_end = text.find("\n", at, end)
    cursor = Cursor(text, at, line_end if line_end >= 0 else end, lines_after(text, at))
    try:
        return read_expression(cursor, "spread" if text.startswith("...", at + 1) else "value").end
    except RefusedError:
        return end


def _decoded(value: str) -> str:
    if "&" not in value:
        return value
    from html import unescape

    return unescape(value)
