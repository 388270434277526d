"""From a place in a block's code to a place in its file."""

import pytest

from checker.model import Block
from checker.reading.lesson import parse_lesson

# The first code line is indented by a tab: one of its columns belongs to the list, the others are code.
TABBED = "- x\n\n  ```python\n\tif чай:\r\n\t  pour()\r\n  ```\n"


@pytest.mark.parametrize(
    ("line", "column", "character"), [(1, 0, "\t"), (1, 1, "\t"), (1, 2, "i"), (1, 5, "ч"), (2, 4, "p")]
)
def test_columns_lead_through_tabs(line: int, column: int, character: str) -> None:
    lesson = parse_lesson("lesson.mdx", TABBED)
    (block,) = lesson.blocks
    assert block.code.splitlines()[0] == "  if чай:"
    assert lesson.text[lesson.code_offset(block, line, column)] == character


def test_a_line_behind_the_code_is_the_blocks_end() -> None:
    lesson = parse_lesson("lesson.mdx", TABBED)
    (block,) = lesson.blocks
    assert lesson.code_offset(block, 3, 0) == block.span.end


def test_a_directive_is_found_by_its_word() -> None:
    block: Block = parse_lesson("lesson.mdx", "```python check:run\n1\n```\n").blocks[0]
    assert block.directive("run") is not None
    assert block.directive("skip") is None
