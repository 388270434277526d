"""The counts of a run."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from checker.reporting.document import (
    BlockRecord,
    FindingCounts,
    FindingRecord,
    FixCounts,
    FixedRecord,
    Summary,
)

Key = TypeVar("Key", bound=str)


def summarize(
    lessons: int,
    findings: Sequence[FindingRecord],
    blocks: Sequence[BlockRecord],
    fixes: Sequence[FixedRecord],
    seconds: float,
) -> Summary:
    """Count what a run found and ran."""
    python = [block for block in blocks if is_python(block)]
    outcomes = Counter(block.outcome for block in python)
    return Summary(
        lessons=lessons,
        blocks=len(blocks),
        python_blocks=len(python),
        run=len(python) - outcomes["skipped"] - outcomes["not-run"],
        classes=_most_first(Counter(block.kind for block in python)),
        outcomes=_most_first(outcomes),
        skipped=_most_first(Counter(block.kind for block in python if block.outcome == "skipped")),
        findings=count_findings(findings),
        seconds=round(seconds, 3),
        fixes=_count_fixes(findings, fixes),
    )


def is_python(block: BlockRecord) -> bool:
    """Whether the author marks the block as Python; fences without a language and `not-code` are not."""
    return block.kind != "other-language" and block.lang is not None


def _most_first(counter: Counter[Key]) -> dict[Key, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def count_findings(findings: Sequence[FindingRecord]) -> FindingCounts:
    """Count findings by severity, except for those that do not count as failures."""
    counter = Counter(
        "intended" if each.intended else "known" if each.known else each.severity for each in findings
    )
    return FindingCounts(
        error=counter["error"],
        warning=counter["warning"],
        info=counter["info"],
        intended=counter["intended"],
        known=counter["known"],
    )


def _count_fixes(findings: Sequence[FindingRecord], fixes: Sequence[FixedRecord]) -> FixCounts:
    left = Counter(each.fix.applicability for each in findings if each.fix and not each.intended)
    applied = sum(each.applied for each in fixes)
    refused = len(fixes) - applied
    return FixCounts(applied=applied, refused=refused, safe=left["safe"], unsafe=left["unsafe"])
