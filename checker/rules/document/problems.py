"""The problems that reading a lesson found, as reports of the rules they belong to."""

from collections.abc import Iterator

from checker.model import Lesson, Span
from checker.rules.rule import Report

_CUT = frozenset({"fence-closed-early", "unclosed-fence"})


def reports(lesson: Lesson, rule: str) -> Iterator[Report]:
    """The reports of the rule with this name."""
    for problem in lesson.problems:
        if problem.rule == rule:
            yield Report(problem.message, problem.span, _block_around(lesson, problem.span))


def cut_blocks(lesson: Lesson) -> frozenset[int]:
    """The blocks whose fence was not closed where intended, so that they contain more than code."""
    cut = (_block_around(lesson, each.span) for each in lesson.problems if each.rule in _CUT)
    return frozenset(each for each in cut if each is not None)


def _block_around(lesson: Lesson, span: Span) -> int | None:
    inside = (each.index for each in lesson.blocks if each.span.start <= span.start < each.span.end)
    return next(inside, None)
