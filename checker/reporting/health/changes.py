"""New, known and fixed findings since the previous run, matched by content."""

from collections import defaultdict
from collections.abc import Sequence

from checker.reporting.document import FindingRecord
from checker.reporting.health.model import Changes, FoundThere, Place
from checker.reporting.health.snapshot import SeenFinding, Snapshot
from checker.reporting.matching import unmatched


def changes(findings: Sequence[FindingRecord], before: Snapshot | None) -> Changes:
    """The differences from the previous run; `findings` are without intended ones."""
    if before is None:
        return Changes(None)
    new = unmatched(findings, before.findings)
    fixed = unmatched(before.findings, findings)
    return Changes(
        since=before.run,
        new=tuple(found_there(each, new=True) for each in new),
        known=len(findings) - len(new),
        fixed=tuple(found_there(each, new=False) for each in fixed),
    )


def new_errors_by_path(found: Changes) -> dict[str, int]:
    """The number of new errors, by lesson."""
    counts: dict[str, int] = defaultdict(int)
    for each in found.new:
        counts[each.at.path] += each.severity == "error"
    return counts


def found_there(finding: FindingRecord | SeenFinding, *, new: bool) -> FoundThere:
    """A finding as the report names it."""
    return FoundThere(
        at=Place(finding.path, finding.line, finding.block),
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        message=finding.message,
        new=new,
    )
