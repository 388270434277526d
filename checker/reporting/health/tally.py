"""Sums for a lesson, a module, the course."""

from collections.abc import Iterable, Sequence

from checker.reporting.document import FindingRecord
from checker.reporting.health.model import State, Tally

FORMULA = "100 × (verified + ½ × unverified) ÷ (verified + unverified + broken)"


class Snippet:
    """The counted properties of one snippet; not part of the report, and cheap."""

    __slots__ = ("runnable", "state", "was_run")

    def __init__(self, state: State, *, runnable: bool, was_run: bool) -> None:
        self.state, self.runnable, self.was_run = state, runnable, was_run


def lesson_tally(blocks: int, snippets: Sequence[Snippet], findings: Iterable[FindingRecord]) -> Tally:
    """The tally of one lesson with this many blocks."""
    states = [each.state for each in snippets]
    counted = [each.severity for each in findings if not each.intended]
    verified, unverified, broken = (states.count(each) for each in ("verified", "unverified", "broken"))
    return Tally(
        lessons=1,
        blocks=blocks,
        snippets=len(snippets),
        runnable=sum(each.runnable for each in snippets),
        run=sum(each.was_run for each in snippets),
        verified=verified,
        unverified=unverified,
        broken=broken,
        excused=states.count("excused"),
        errors=counted.count("error"),
        warnings=counted.count("warning"),
        score=score(verified, unverified, broken),
    )


def total(tallies: Sequence[Tally]) -> Tally:
    """The sum of tallies; its score is that of the sum, not the mean of the scores."""
    names = [name for name in Tally.__struct_fields__ if name != "score"]
    sums = {name: sum(getattr(each, name) for each in tallies) for name in names}
    return Tally(**sums, score=score(sums["verified"], sums["unverified"], sums["broken"]))


def score(verified: int, unverified: int, broken: int) -> float | None:
    """FORMULA, to one decimal; None when there is nothing to judge."""
    judged = verified + unverified + broken
    return round(100 * (verified + unverified / 2) / judged, 1) if judged else None
