"""What is new since the run before, what is known, what is fixed: findings matched by their content."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from checker.reporting.document import FindingRecord
from checker.reporting.health.model import Changes, FoundThere, Place
from checker.reporting.health.snapshot import SeenFinding, Snapshot


class Printed(Protocol):
    """What has a fingerprint and stands in a lesson."""

    @property
    def fingerprint(self) -> str:
        """The rule and the lines."""

    @property
    def path(self) -> str:
        """The lesson."""


There = TypeVar("There", bound=Printed)


def unmatched(these: Sequence[There], known: Iterable[Printed]) -> list[There]:
    """Those of `these` that are not among `known`.

    A finding is first matched with the one in a lesson of its own name. What is left may have come from a
    lesson that was renamed, so names do not count then. Each known finding stands for one.
    """
    by_place: Counter[tuple[str, str]] = Counter()
    anywhere: Counter[str] = Counter()
    for each in known:
        by_place[each.path, each.fingerprint] += 1
        anywhere[each.fingerprint] += 1
    elsewhere = []
    for each in these:
        if by_place[each.path, each.fingerprint]:
            by_place[each.path, each.fingerprint] -= 1
            anywhere[each.fingerprint] -= 1
        else:
            elsewhere.append(each)
    new = []
    for each in elsewhere:
        if anywhere[each.fingerprint]:
            anywhere[each.fingerprint] -= 1
        else:
            new.append(each)
    return new


def changes(findings: Sequence[FindingRecord], before: Snapshot | None) -> Changes:
    """What differs from the run before; `findings` are those that are not shown wrong on purpose."""
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
    """How many of the new findings are errors, by lesson."""
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
