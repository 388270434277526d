"""What to fix first: one entry for each block or page, the most urgent first."""

from collections.abc import Mapping, Sequence

from checker.reporting.document import BlockRecord, FindingRecord
from checker.reporting.health.model import Place, ToMend
from checker.reporting.health.states import NOT_RUN, Key
from checker.reporting.order import SEVERITY_RANKS

MOST = 10


def to_mend(
    findings: Sequence[FindingRecord], new: set[tuple[str, int, str]], snippets: Sequence[BlockRecord]
) -> tuple[ToMend, ...]:
    """The places with errors, then those with warnings.

    What broke since the last run comes first, since somebody still knows why; then what blocks most later
    snippets; then what running has confirmed. `new` identifies the new findings by path, line and rule.
    """
    waiting = _waiting(snippets)
    worst: dict[tuple[str, int | None], tuple[tuple[object, ...], ToMend]] = {}
    for finding in findings:
        if finding.severity == "info":
            continue
        is_new = (finding.path, finding.line, finding.code) in new
        held_up = waiting.get((finding.path, finding.block), 0) if finding.block is not None else 0
        rank = (
            SEVERITY_RANKS[finding.severity],
            not is_new,
            -held_up,
            finding.block is None,
            not finding.confirmed,
            finding.path,
            finding.line,
        )
        entry = ToMend(
            at=Place(finding.path, finding.line, finding.block),
            name=finding.name,
            severity=finding.severity,
            message=finding.message,
            new=is_new,
            held_up=held_up,
        )
        where = (finding.path, finding.block)
        if where not in worst or rank < worst[where][0]:
            worst[where] = (rank, entry)
    ordered = sorted(worst.values(), key=lambda each: each[0])
    return tuple(entry for _, entry in ordered[:MOST])


def _waiting(snippets: Sequence[BlockRecord]) -> Mapping[Key, int]:
    """For each snippet, the number of later ones in its lesson that did not run because of a failure."""
    counts: dict[Key, int] = {}
    after: dict[str, int] = {}
    for block in reversed(snippets):
        counts[block.path, block.index] = after.get(block.path, 0)
        held_up = block.outcome in NOT_RUN and block.kind == "runnable"
        after[block.path] = after.get(block.path, 0) + held_up
    return counts
