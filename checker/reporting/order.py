"""The order of importance of findings, for reports without room for all of them."""

from collections.abc import Iterable
from typing import Final

from checker.model import Severity
from checker.reporting.document import FindingRecord

SEVERITY_RANKS: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


def worst_first(findings: Iterable[FindingRecord]) -> list[FindingRecord]:
    """Failures first, then by severity; known and intended findings last.

    Equal ones keep the order of their positions.
    """
    return sorted(findings, key=_rank)


def counts_as_failure(finding: FindingRecord) -> bool:
    """Whether a finding is neither intended nor in the baseline."""
    return not (finding.intended or finding.known)


def _rank(finding: FindingRecord) -> tuple[bool, bool, int, bool]:
    return (finding.intended, finding.known, SEVERITY_RANKS[finding.severity], not finding.confirmed)
