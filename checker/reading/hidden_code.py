"""The code of a `setup` directive: the lines of its comment below the directive."""

import re
from collections.abc import Callable

from msgspec import Struct

from checker.model import Directive, Span
from checker.patterns import regex

_NEXT_LINE = regex(r"(?:\r\n|\n|\r)([^\r\n]*)")


class _Line(Struct, frozen=True):
    """A line without the `>` of blockquotes and trailing blanks, and its offsets in the lesson."""

    code: str
    start: int
    end: int


def hidden_code(
    text: str, start: int, end: int, quotes: int, span: Callable[[int, int], Span]
) -> Directive | None:
    """The directive with the code between two offsets, the first of which is the end of a line.

    The comment is nested in `quotes` blockquotes. Common indentation and blank lines around the code are
    removed; the span begins with its first line. None when there is no code.
    """
    lines = _lines(text, start, end, quotes)
    while lines and not lines[0].code:
        del lines[0]
    while lines and not lines[-1].code:
        del lines[-1]
    if not lines:
        return None
    indent = min(len(line.code) - len(line.code.lstrip(" \t")) for line in lines if line.code)
    code = "\n".join(line.code[indent:] for line in lines)
    return Directive("setup", code, span(lines[0].start, lines[-1].end))


def _lines(text: str, start: int, end: int, quotes: int) -> list[_Line]:
    prefix = re.compile(rf"(?:[ \t]*>){{0,{quotes}}}")
    lines = []
    for found in _NEXT_LINE.finditer(text, start, end):
        line = found[1].rstrip(" \t")
        lines.append(_Line(prefix.sub("", line, count=1), found.start(1), found.start(1) + len(line)))
    return lines
