"""Maps positions between the text of a paragraph, the text that the block parser reads, and the file."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.model import CodeLine, Prose
from checker.patterns import regex

if TYPE_CHECKING:  # heads have no blocks, and for most lessons of a course only the head is read
    from markdown_it.rules_block.state_block import StateBlock

_LINE_END = regex(r"\r\n?|\n")


class Source:
    r"""A document's text, also in the form that the block parser needs: every line ends in `\n`.

    NUL becomes U+FFFD. `at` maps offsets of `text` to offsets of `original`.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        text = original
        self._starts: array[int] | None = None
        if "\r" in original:
            starts, read = array("q", [0]), array("q", [0])
            for end in _LINE_END.finditer(original):
                read.append(read[-1] + end.start() - starts[-1] + 1)
                starts.append(end.end())
            self._starts, self._read = starts, read
            text = _LINE_END.sub("\n", original)
        self.ends_in_line = not text.endswith("\n")
        if self.ends_in_line:
            text += "\n"
        self.text = text.replace("\0", "\ufffd")

    def at(self, offset: int) -> int:
        """The offset in the file for an offset in `text`."""
        if self._starts is not None:
            line = bisect_right(self._read, offset) - 1
            offset = self._starts[line] + offset - self._read[line]
        return min(offset, len(self.original))

    def line_starts(self, begins: list[int]) -> tuple[int, ...]:
        """The line starts of the file; those of `text` are `begins`, with an empty line at the end."""
        if self._starts is not None:
            return tuple(self._starts)
        return tuple(begins[:-1] if self.ends_in_line else begins)

    def moved(self, lines: list[CodeLine]) -> Iterable[CodeLine]:
        """Lines of code with offsets of the file."""
        if self._starts is None:
            return lines
        return (CodeLine(self.at(line.offset), line.pad) for line in lines)

    def moved_passages(self, passages: list[Prose]) -> Iterable[Prose]:
        """Passages with offsets of the file."""
        if self._starts is None:
            return passages
        return (replace(each, start=self.at(each.start), end=self.at(each.end)) for each in passages)


ONE_LINE = [0]


class Stretch:
    """Lines of a block joined without the prefixes of the lists and quotes around it.

    `text` has the lines from their first non-blank character, joined by line feeds.
    """

    __slots__ = ("_offsets", "_starts", "text")

    def __init__(self, text: str, starts: list[int], offsets: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._offsets = offsets

    def before(self, index: int) -> "Stretch":
        """The part before an offset in `text`."""
        return Stretch(self.text[:index], self._starts, self._offsets)

    def at(self, index: int) -> int:
        """The offset in the text that the block parser reads, for an offset in `text`."""
        line = bisect_right(self._starts, index) - 1
        return self._offsets[line] + index - self._starts[line]


def stretch(state: "StateBlock", start_line: int, end_line: int) -> Stretch:
    """Join lines, including trailing blanks."""
    if end_line - start_line == 1:  # most are one line
        begin = state.bMarks[start_line] + state.tShift[start_line]
        return Stretch(state.src[begin : state.eMarks[start_line]], ONE_LINE, [begin])
    pieces: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length = 0
    for line in range(start_line, end_line):
        begin = state.bMarks[line] + state.tShift[line]
        piece = state.src[begin : state.eMarks[line]]
        pieces.append(piece)
        starts.append(length)
        offsets.append(begin)
        length += len(piece) + 1
    return Stretch("\n".join(pieces), starts, offsets)


def column_of(text: str, at: int) -> int:
    """The column of an offset in its line, from 0, with tab stops every four columns."""
    return len(text[text.rfind("\n", 0, at) + 1 : at].expandtabs(4))
