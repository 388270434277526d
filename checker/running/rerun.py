"""Runs failed blocks a second time, to find those that fail only by chance."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.model import Outcome
from checker.running.job import CellJob, LessonJob, SessionJob

# A block that timed out has used up its time; twice that would cost much and tell little.
_FAILURES = {"failed", "limit", "crashed"}


def second_run(job: LessonJob, outcomes: Sequence[Outcome]) -> LessonJob | None:
    """The lesson up to its last unexpected failure, to run once more; None without such a failure."""
    failed = [
        number
        for number, (cell, outcome) in enumerate(zip(_cells(job), outcomes, strict=True))
        if outcome.kind in _FAILURES and not cell.may_fail
    ]
    return _up_to(job, failed[-1] + 1) if failed else None


def compare(job: LessonJob, first: Sequence[Outcome], again: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The first outcomes; a block that ended differently the second time has that outcome in `again`.

    `job` is the lesson, `again` the outcomes of its beginning. A name that is missing after a block that
    ended differently is not reported as a difference of its own.
    """
    compared: list[Outcome] = []
    for session in _sizes(job):
        differs = False
        for _ in range(session):
            one = first[len(compared)]
            other = again[len(compared)] if len(compared) < len(again) else one
            if _end(one) != _end(other) and not (differs and _follows(one, other)):
                one = replace(one, again=other)
                differs = True
            compared.append(one)
    return tuple(compared)


def _end(outcome: Outcome) -> tuple[object, ...]:
    """How a block ended. Messages are left out: they may contain addresses, times and the like."""
    error = outcome.error
    return (outcome.kind, error and (error.type, error.line))


def _follows(*ends: Outcome) -> bool:
    return any(each.kind == "not-run" or (each.error and each.error.type == "NameError") for each in ends)


def _cells(job: LessonJob) -> Iterator[CellJob]:
    return (cell for session in job.sessions for cell in session.cells)


def _sizes(job: LessonJob) -> list[int]:
    return [len(session.cells) for session in job.sessions]


def _up_to(job: LessonJob, count: int) -> LessonJob:
    sessions: list[SessionJob] = []
    for session in job.sessions:
        kept = session.cells[: max(0, count)]
        count -= len(session.cells)
        if kept:
            sessions.append(replace(session, cells=kept))
    return LessonJob(job.path, tuple(sessions))
