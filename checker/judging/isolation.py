"""What is to be said about the isolation that a run had, in every report of it."""

from msgspec.structs import replace

from checker.model import LessonResult
from checker.rules.registry import rules_for, to_findings


def warn_of_isolation(results: tuple[LessonResult, ...], tier: str | None) -> tuple[LessonResult, ...]:
    """The results, with what the rules have to say at the first block that ran; nothing can hide that.

    `tier` is None when nothing was run.
    """
    for index, result in enumerate(results):
        ran = [each.block for each in result.outcomes if each.kind not in {"skipped", "not-run"}]
        if tier is None or not ran:
            continue
        block = result.lesson.blocks[ran[0]]
        rules = rules_for("isolation")
        said = [
            finding for each in rules for finding in to_findings(each, each.check(result.lesson, block, tier))
        ]
        warned = replace(result, findings=(*said, *result.findings))
        return (*results[:index], warned, *results[index + 1 :])
    return results
