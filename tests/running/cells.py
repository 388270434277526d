"""Jobs out of plain text, as the planner would make them."""

from collections.abc import Iterable
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, SessionJob

PATH = "lessons/first.mdx"


def cases(text: str) -> list[Any]:
    """Parameters out of text: lines `== NAME: WHAT IS EXPECTED`, each with a block of code below it."""
    found = []
    for part in text.split("\n== ")[1:]:
        head, _, source = part.partition("\n")
        name, _, expected = head.partition(": ")
        found.append(pytest.param(source.strip("\n"), expected, id=name))
    return found


def session(
    *sources: str,
    name: str = "",
    first_line: int = 10,
    timeout: float = 5.0,
    services: tuple[str, ...] = (),
    **more: Any,
) -> SessionJob:
    """Blocks one after the other, with five lines of prose and fences between them."""
    cells = []
    for block, source in enumerate(sources):
        cells.append(CellJob(block=block, source=source, first_line=first_line, timeout=timeout, **more))
        first_line += source.count("\n") + 6
    return SessionJob(name, tuple(cells), services)


def lesson(*sources: str, path: str = PATH, **more: Any) -> LessonJob:
    """A lesson of one session."""
    return LessonJob(path, (session(*sources, **more),))


def outcomes(engine: Engine, *jobs: LessonJob) -> list[Outcome]:
    """Those of all jobs, in the order of the jobs."""
    by_path = {job.path: result for job, result in engine.run(jobs)}
    return [outcome for job in jobs for outcome in by_path[job.path]]


def kinds(results: Iterable[Outcome]) -> list[str]:
    return [outcome.kind for outcome in results]
