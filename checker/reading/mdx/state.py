"""What the block parser knows of a text's lines: markdown-it's state, made at once.

markdown-it looks at the blanks before a line one by one, which takes a sixth of the time to read the blocks.
"""

from itertools import accumulate
from operator import add
from typing import Any

from markdown_it.rules_block.state_block import StateBlock

from checker.reading.mdx.blocks import Parser


class State(StateBlock):
    r"""The state of a parser that has not begun; the text ends in `\n`, as each of its lines does."""

    def __init__(self, text: str, parser: Parser, env: dict[str, Any]) -> None:
        super().__init__("", parser, env, [])  # type: ignore[arg-type]
        self.src = text
        # Behind the last line stands an empty one: rules may look at the line after theirs.
        lines = text.split("\n")
        lengths = [len(line) for line in lines]
        # By lines: where they begin and end, how many blanks come first, and which column these reach.
        self.bMarks = [0, *accumulate(length + 1 for length in lengths[:-1])]
        self.eMarks = list(map(add, self.bMarks, lengths))
        self.tShift = [len(line) - len(line.lstrip(" \t")) for line in lines]
        self.sCount = (
            [_columns(*each) for each in zip(lines, self.tShift, strict=True)]
            if "\t" in text
            else self.tShift.copy()
        )
        self.bsCount = [0] * len(lines)
        self.lineMax = len(lines) - 1


def _columns(line: str, blanks: int) -> int:
    """The column that the blanks at the beginning of a line reach to; tab stops are every four columns."""
    return len(line[:blanks].expandtabs(4)) if "\t" in line else blanks
