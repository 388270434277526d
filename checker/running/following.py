"""Excuses blocks that miss a table or column which an earlier block failed to create.

Missing names of Python are handled by the plan and by the room `judging`; only the server knows what SQL
creates.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from checker.model import Outcome
from checker.patterns import regex
from checker.running.job import CellJob, LessonJob

_NOT_FOUND = regex(
    r"Object '(\w+)' not found"  # Flink
    r"|\[TABLE_OR_VIEW_NOT_FOUND\][^`]*`(?:\w+`\.`)*(\w+)`"  # Spark
    # PostgreSQL
    r"|(?P<column>)column \"?(?:\w+\.)?(\w+)\"?(?: of relation \"(?P<table>\w+)\")? does not exist"
)
_MAKES = regex(r"\b(?:ADD|CREATE|RENAME)\b", re.IGNORECASE)
_ENDED_WELL = ("passed", "interrupted", "expected-failure")


def without_followers(job: LessonJob, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes of a lesson's cells; those that miss what an earlier cell did not create are skipped."""
    cells = [cell for session in job.sessions for cell in session.cells]
    explained: list[Outcome] = []
    for outcome in outcomes:
        earlier = [
            cell for cell, before in zip(cells, explained, strict=False) if before.kind not in _ENDED_WELL
        ]
        explained.append(_explained(outcome, earlier))
    return tuple(explained)


def _explained(outcome: Outcome, earlier: Sequence[CellJob]) -> Outcome:
    """The outcome in the light of earlier cells that did not finish."""
    if outcome.kind != "failed" or outcome.error is None:
        return outcome
    found = _NOT_FOUND.search(outcome.error.message)
    if found is None:
        return outcome
    name = next(filter(None, found.groups()))
    for cell in earlier:
        if re.search(rf"\b{name}\b", cell.source) and _may_make(found, cell.source):
            line = cell.first_line - 1
            reason = f"needs `{name}` from the block at line {line}, which did not come to its end"
            return replace(outcome, kind="skipped", reason=reason, error=None)
    return outcome


def _may_make(missing: re.Match[str], source: str) -> bool:
    """Whether code that mentions a name may have been going to create what is missing."""
    if missing["column"] is None:
        return True
    if missing["table"] is None:
        return _MAKES.search(source) is not None
    table = rf"\b(?:ALTER|CREATE)\s+TABLE\s+(?:\w+\s+){{0,3}}(?:\"?\w+\"?\.)?\"?{missing['table']}\b"
    return re.search(table, source, re.IGNORECASE) is not None
