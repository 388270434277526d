"""The finding about the isolation of a run, which is part of every report of it."""

from collections.abc import Sequence

from msgspec.structs import replace

from checker.lazy import LazySequence
from checker.model import Finding, LessonResult
from checker.rules.registry import rules_for, to_findings


def warn_of_isolation(results: Sequence[LessonResult], tier: str | None) -> Sequence[LessonResult]:
    """The results with the findings of the isolation rules at the first block that ran; nothing hides them.

    `tier` is None when nothing was run.
    """
    if tier is None:
        return results
    for index, result in enumerate(results):
        ran = [each.block for each in result.outcomes if each.kind not in {"skipped", "not-run"}]
        if not ran:
            continue
        block = result.lesson.blocks[ran[0]]
        rules = rules_for("isolation")
        said = [
            finding for each in rules for finding in to_findings(each, each.check(result.lesson, block, tier))
        ]
        return _with(said, index, results) if said else results
    return results


def _with(said: Sequence[Finding], index: int, results: Sequence[LessonResult]) -> Sequence[LessonResult]:
    def make(number: int) -> LessonResult:
        result = results[number]
        return replace(result, findings=(*said, *result.findings)) if number == index else result

    return LazySequence(range(len(results)), make)
