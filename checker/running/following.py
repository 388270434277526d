"""What a block misses because an earlier one failed is that block's defect: tables in databases and engines.

For Python's own names the plan and the judging see to it; what SQL makes only its server knows.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from checker.model import Outcome
from checker.running.job import LessonJob

_NOT_FOUND = re.compile(
    r"Object '(\w+)' not found"  # Flink
    r"|\[TABLE_OR_VIEW_NOT_FOUND\][^`]*`(?:\w+`\.`)*(\w+)`"  # Spark
    r"|column \"?(?:\w+\.)?(\w+)\"?(?: of relation \"\w+\")? does not exist"  # PostgreSQL
)
_ENDED_WELL = ("passed", "interrupted", "expected-failure")


def without_followers(job: LessonJob, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes of a lesson's cells; skipped where they miss what an earlier cell did not make."""
    cells = [cell for session in job.sessions for cell in session.cells]
    explained: list[Outcome] = []
    for outcome in outcomes:
        name = _missing(outcome)
        earlier = next(
            (
                cell
                for cell, before in zip(cells, explained, strict=False)
                if name and before.kind not in _ENDED_WELL and re.search(rf"\b{name}\b", cell.source)
            ),
            None,
        )
        if earlier is not None:
            line = earlier.first_line - 1
            reason = f"needs `{name}` from the block at line {line}, which did not come to its end"
            outcome = replace(outcome, kind="skipped", reason=reason, error=None)  # noqa: PLW2901 it is another
        explained.append(outcome)
    return tuple(explained)


def _missing(outcome: Outcome) -> str:
    if outcome.kind != "failed" or outcome.error is None:
        return ""
    found = _NOT_FOUND.search(outcome.error.message)
    return next(filter(None, found.groups()), "") if found else ""
