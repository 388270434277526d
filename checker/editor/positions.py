"""Positions as an editor counts them: lines from 0, columns in the negotiated encoding."""

from collections.abc import Callable, Mapping

from lsprotocol import types

from checker.model import Span
from checker.reading.decoding import line_starts

_MARK = "\ufeff"

_UNITS: Mapping[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Positions:
    """Converts between spans of one text and positions in it.

    `encoding` is the unit of columns (`utf-8`, `utf-16` or `utf-32`). Lessons are read without their byte
    order mark, which an editor may keep: it is then a character of the first line.
    """

    def __init__(self, text: str, encoding: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._units = _UNITS[encoding]
        self._mark = len(_MARK) if text.startswith(_MARK) else 0

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(
            self._position(span.line, span.column), self._position(span.end_line, span.end_column)
        )

    def offset(self, position: types.Position) -> int:
        """The offset of a position in the lesson's text, clamped to the text."""
        line = min(position.line, len(self._starts) - 1)
        start = self._starts[line]
        content = self._line(line)
        column = left = 0
        while column < len(content) and left < position.character:
            left += self._units(content[column])
            column += 1
        return max(start + column - self._mark, 0)

    def _position(self, line: int, column: int) -> types.Position:
        index = min(line, len(self._starts)) - 1
        mark = self._mark if index == 0 else 0
        return types.Position(index, self._units(self._line(index)[: column - 1 + mark]))

    def _line(self, index: int) -> str:
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[index] : end]
