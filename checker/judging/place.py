"""Maps the position of an exception from a cell's code to the lesson."""

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import holds
from checker.model import Outcome, RunError


def placed(analysis: LessonAnalysis, outcome: Outcome) -> Outcome:
    """The outcome with columns of the lesson: a block may be indented, and prompts stand before its code."""
    error = outcome.error and _placed(analysis, outcome.error)
    swallowed = tuple(replace(each, error=_placed(analysis, each.error)) for each in outcome.swallowed)
    again = outcome.again and placed(analysis, outcome.again)
    return replace(outcome, error=error, swallowed=swallowed, again=again)


def _placed(analysis: LessonAnalysis, error: RunError) -> RunError:
    for cell in analysis.cells if error.column else ():
        if holds(cell.block, error.line):
            line = error.line - cell.block.span.line
            column = error.column - 1 + cell.shifts[line - 1]
            span = analysis.lesson.code_span(cell.block, line, column, line, column)
            return replace(error, column=span.column)
    block = next((each for each in analysis.lesson.blocks if holds(each, error.line)), None)
    if error.column and block is not None:  # SQL, which runs unchanged
        line = error.line - block.span.line
        column = analysis.lesson.code_span(block, line, error.column - 1, line, error.column - 1).column
        return replace(error, column=column)
    return error
