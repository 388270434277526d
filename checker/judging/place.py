"""Where in the lesson an exception was raised: the sandbox knows the code, and not what stands around it."""

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import holds
from checker.model import Outcome


def placed(analysis: LessonAnalysis, outcome: Outcome) -> Outcome:
    """The outcome with the lesson's column for the code's: lists indent blocks, prompts stand before code."""
    error = outcome.error
    if error is None or not error.column:
        return outcome
    for cell in analysis.cells:
        if holds(cell.block, error.line):
            line = error.line - cell.block.span.line
            column = error.column - 1 + cell.shifts[line - 1]
            span = analysis.lesson.code_span(cell.block, line, column, line, column)
            return replace(outcome, error=replace(error, column=span.column))
    return outcome
