"""A block with what happened to it: what the rules about running look at."""

from collections.abc import Mapping

from msgspec import Struct

from checker.model import Block, BlockPlan, Lesson, Outcome, RunWarning, Span


class RanBlock(Struct, frozen=True):
    """One block that was run.

    `raw` is what happened to it; `outcome` is what that means for a lesson that may expect it. `wrong` maps
    the code lines shown as wrong on purpose to the marker's words. `fired` holds the names and codes of the
    rules that reported something in the block when reading it.
    """

    lesson: Lesson
    block: Block
    plan: BlockPlan
    raw: Outcome
    outcome: Outcome
    wrong: Mapping[int, str]
    fired: frozenset[str]

    def line_span(self, line: int, column: int = 0) -> Span:
        """The span of a line of the lesson from `column`, or from its first non-blank character if that is 0.

        A line outside of every block (0 when the error has no place in the lesson) gives the span of the
        block.
        """
        block = next((each for each in self.lesson.blocks if holds(each, line)), None)
        if block is None:
            return self.fence_span()
        code_line = line - block.span.line
        text = block.code.replace("\r\n", "\n").replace("\r", "\n").split("\n")[code_line - 1]
        end = self.lesson.code_offset(block, code_line, len(text.rstrip(" \t")))
        if column:
            return self.lesson.span(self.lesson.line_starts[line - 1] + column - 1, end)
        indent = len(text) - len(text.lstrip(" \t"))
        return self.lesson.span(self.lesson.code_offset(block, code_line, indent), end)

    def fence_span(self) -> Span:
        """The span of the block's opening fence."""
        return fence_span(self.lesson, self.block)

    def is_wrong(self, line: int) -> bool:
        """Whether the lesson shows this line of the file as wrong on purpose."""
        return line - self.block.span.line in self.wrong

    @property
    def warnings(self) -> tuple[RunWarning, ...]:
        """The warnings that Python showed while the block ran."""
        return self.raw.warnings


def fence_span(lesson: Lesson, block: Block) -> Span:
    """The span of a block's opening fence."""
    start, line = block.span.start, block.span.line
    end = lesson.line_starts[line] if line < len(lesson.line_starts) else len(lesson.text)
    return lesson.span(start, start + len(lesson.text[start:end].rstrip("\r\n")))


def holds(block: Block, line: int) -> bool:
    """Whether a line of the lesson is in the block's code."""
    return block.span.line < line <= block.span.line + len(block.lines)
