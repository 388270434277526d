"""Names that readers do not have, because only `[[run.setups]]` in the configuration defines them.

Such a setup lets an excerpt run in a lesson that must not be changed. The run then proves nothing for
readers, so the added names are reported.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.names import Missing
from checker.model import Block, Lesson


def given_names(analysis: LessonAnalysis) -> Iterator[tuple[Cell, list[Missing]]]:
    """Each cell that runs on names which only the configuration defines, with their first uses in it."""
    lesson = analysis.lesson
    if not any(_is_given(block) for block in lesson.blocks):
        return
    as_read = analyze(_without(lesson), analysis.own_words)
    for cell in analysis.cells:
        index = cell.block.index
        known = {each.name for each in analysis.verdicts[index].missing}
        added = [each for each in as_read.verdicts[index].missing if each.name not in known]
        if added:
            yield cell, _first_of_each(added)


def _is_given(block: Block) -> bool:
    """Whether a block got its setup from the configuration: the code is in another file."""
    setup = block.directive("setup")
    return setup is not None and setup.span.start == setup.span.end


def _without(lesson: Lesson) -> Lesson:
    return replace(
        lesson,
        blocks=tuple(
            replace(block, directives=tuple(each for each in block.directives if each.word != "setup"))
            if _is_given(block)
            else block
            for block in lesson.blocks
        ),
    )


def _first_of_each(found: list[Missing]) -> list[Missing]:
    return list({each.name: each for each in reversed(found)}.values())[::-1]
