"""From offsets in a block's code to places in the lesson."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from checker.model import Block, Lesson, Span


class CodePlaces:
    """The lines of one block's code are found once, so that any number of places is cheap."""

    def __init__(self, lesson: Lesson, block: Block) -> None:
        self._lesson = lesson
        self._block = block

    @cached_property
    def _starts(self) -> list[int]:
        # In most blocks nobody finds anything whose place is asked for.
        lines = self._block.code.split("\n")
        return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))

    def line(self, offset: int) -> int:
        """The line of the code, from 1, that an offset is in."""
        return bisect_right(self._starts, offset)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self._starts[self.line(offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span in the lesson between two offsets."""
        line, end_line = self.line(start), self.line(end)
        column, end_column = start - self._starts[line - 1], end - self._starts[end_line - 1]
        return self._lesson.code_span(self._block, line, column, end_line, end_column)
