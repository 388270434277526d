"""The order in which findings deserve attention, for reports that have no room for all of them."""

from collections.abc import Iterable
from typing import Final

from checker.model import Severity
from checker.reporting.document import FindingRecord

SEVERITY_RANKS: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


def worst_first(findings: Iterable[FindingRecord]) -> list[FindingRecord]:
    """What fails the run first, then by severity; what is known or shown wrong on purpose last.

    Equals keep the order of their places.
    """
    return sorted(findings, key=_rank)


def counts_as_failure(finding: FindingRecord) -> bool:
    """Whether a finding is one that nobody has accepted: not shown wrong on purpose, not in the baseline."""
    return not (finding.intended or finding.known)


def _rank(finding: FindingRecord) -> tuple[bool, bool, int, bool]:
    return (finding.intended, finding.known, SEVERITY_RANKS[finding.severity], not finding.confirmed)
