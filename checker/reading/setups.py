"""Hidden code that the configuration adds to blocks, like a `setup` directive above them.

For lessons that must not be changed: an excerpt can run when the configuration provides what it uses.
"""

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Block, Directive, Extension, Lesson, Problem
from checker.reading.globs import matches
from checker.reading.lesson import Parse


class Setup(Struct, frozen=True):
    """Code for the blocks that begin with the text `before`, in lessons that match the glob `lessons`.

    `key` is its place in the configuration.
    """

    lessons: str
    before: str
    code: str
    key: str


def giving(parse: Parse, setups: Sequence[Setup], relative: Callable[[str], str]) -> Parse:
    """Wrap `parse` so that blocks get their setups; `relative` makes a path relative for the globs."""
    if not setups:
        return parse

    def parse_and_give(path: str, text: str, extensions: Collection[Extension]) -> Lesson:
        name = relative(path)
        return give(parse(path, text, extensions), [each for each in setups if matches(name, each.lessons)])

    return parse_and_give


def give(lesson: Lesson, setups: Sequence[Setup]) -> Lesson:
    """The lesson with these setups; a setup that matches no block is a problem of the lesson.

    A setup that the author wrote takes precedence, and then the first that matches a block.
    """
    if not setups or not lesson.text:
        return lesson
    start = lesson.span(0, 0)
    problems = [
        Problem("unknown-directive", f"{each.key}: no block of this lesson begins with it", start)
        for each in setups
        if not any(block.code.startswith(each.before) for block in lesson.blocks)
    ]
    blocks = tuple(_with_setup(lesson, block, setups) for block in lesson.blocks)
    return replace(lesson, blocks=blocks, problems=(*problems, *lesson.problems))


def _with_setup(lesson: Lesson, block: Block, setups: Sequence[Setup]) -> Block:
    found = next((each for each in setups if block.code.startswith(each.before)), None)
    if found is None or block.directive("setup"):
        return block
    # An empty span: the code is in another file.
    span = lesson.span(block.span.start, block.span.start)
    return replace(block, directives=(*block.directives, Directive("setup", found.code, span)))
