"""Maps offsets in a block's code to positions in the lesson."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from checker.model import Block, Lesson, Span


class CodePlaces:
    """Positions in one block; its lines are located once, so any number of lookups is cheap."""

    def __init__(self, lesson: Lesson, block: Block) -> None:
        self._lesson = lesson
        self._block = block

    @cached_property
    def _starts(self) -> list[int]:
        # For most blocks, no position is ever asked for.
        lines = self._block.code.split("\n")
        return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))

    def line(self, offset: int) -> int:
        """The code line, from 1, of an offset."""
        return bisect_right(self._starts, offset)

    def line_start(self, offset: int) -> int:
        """The start of an offset's line."""
        return self._starts[self.line(offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span in the lesson between two offsets."""
        line, end_line = self.line(start), self.line(end)
        column, end_column = start - self._starts[line - 1], end - self._starts[end_line - 1]
        return self._lesson.code_span(self._block, line, column, end_line, end_column)
