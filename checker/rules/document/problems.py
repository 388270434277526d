"""What reading found wrong with a lesson, handed on as the reports of the rule that it belongs to."""

from collections.abc import Iterator

from checker.model import Lesson, Span
from checker.rules.rule import Report


def reports(lesson: Lesson, rule: str) -> Iterator[Report]:
    """The reports of the rule with this name."""
    for problem in lesson.problems:
        if problem.rule == rule:
            yield Report(problem.message, problem.span, _block_around(lesson, problem.span))


def _block_around(lesson: Lesson, span: Span) -> int | None:
    inside = (each.index for each in lesson.blocks if each.span.start <= span.start < each.span.end)
    return next(inside, None)
