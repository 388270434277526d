"""The lists of one run: the slowest snippets, the findings by rule, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from checker.model import Class
from checker.reporting.document import BlockRecord, FindingRecord
from checker.reporting.health.model import Missing, RuleCount, Slow, place_of
from checker.reporting.health.states import NOT_RUN
from checker.reporting.order import SEVERITY_RANKS
from checker.reporting.rule_help import rule_help

MOST_SLOW = 10
_MOST_EXAMPLES = 3
_NEED_CLASSES: dict[str, Class] = {
    "package": "needs-package",
    "service": "needs-service",
    "data": "needs-data",
    "input": "needs-input",
}


def slowest(snippets: Iterable[BlockRecord]) -> tuple[Slow, ...]:
    """The slowest snippets."""
    ran = sorted((each for each in snippets if each.seconds), key=lambda each: -each.seconds)
    return tuple(Slow(place_of(each), each.seconds) for each in ran[:MOST_SLOW])


def rule_counts(findings: Sequence[FindingRecord], new: set[tuple[str, int, str]]) -> tuple[RuleCount, ...]:
    """The rules with findings, the most severe first, then the most frequent."""
    by_code: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    counts = [_rule_count(these, new) for these in by_code.values()]
    counts.sort(key=lambda each: (SEVERITY_RANKS[each.severity], -each.findings, each.code))
    return tuple(counts)


def _rule_count(these: Sequence[FindingRecord], new: set[tuple[str, int, str]]) -> RuleCount:
    first = min(these, key=lambda each: SEVERITY_RANKS[each.severity])
    return RuleCount(
        code=first.code,
        name=first.name,
        summary=rule_help(first.code, first.name, first.severity).summary,
        severity=first.severity,
        findings=len(these),
        lessons=len({each.path for each in these}),
        new=sum((each.path, each.line, each.code) in new for each in these),
    )


def missing(snippets: Iterable[BlockRecord]) -> tuple[Missing, ...]:
    """What to add so that more snippets run, the most useful first.

    A snippet that needs two things is counted under both.
    """
    wanting: dict[tuple[Class, str], list[BlockRecord]] = defaultdict(list)
    for block in snippets:
        if block.outcome in NOT_RUN:
            for each in _wants(block):
                wanting[each].append(block)
    found = [
        Missing(
            kind=kind,
            name=name,
            snippets=len(blocks),
            lessons=len({each.path for each in blocks}),
            examples=tuple(place_of(each) for each in blocks[:_MOST_EXAMPLES]),
        )
        for (kind, name), blocks in wanting.items()
    ]
    found.sort(key=lambda each: (-each.snippets, each.kind, each.name))
    return tuple(found)


def _wants(block: BlockRecord) -> list[tuple[Class, str]]:
    needs = [
        (_NEED_CLASSES[need.kind], need.name)
        for need in block.needs
        if _NEED_CLASSES[need.kind] == block.kind
    ]
    return list(dict.fromkeys(needs)) or [(block.kind, "")]
