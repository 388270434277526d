"""A block's code replaced by other code: as edits of its lesson, one for each line that differs."""

from collections.abc import Iterator

from checker.model import Block, Edit, Lesson


class ReplacingError(ValueError):
    """The code cannot stand in this block: why, in words."""


def replace_code(lesson: Lesson, block: Block, code: str) -> tuple[Edit, ...]:
    """The edits that make `code` the code of this block.

    What stands before a line in its file (the marks of quotes, the indent of a list item, the fence's own) and
    its line ending stay as they are; new lines get those of the line that they follow. So the same code gives
    no edit, and every byte that is not code is kept. Raises ReplacingError when the block would hold something
    else in the end: a line that closes its fence, or a carriage return.
    """
    raise NotImplementedError
