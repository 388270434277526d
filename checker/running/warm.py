"""Engines that outlive a run, so that repeated checks start interpreters only once."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from checker.cache import digest
from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import LessonJob
from checker.running.lab import Lab
from checker.running.remembering import Batch, Done, Surroundings, digest_of

# One for each interpreter that a course is compared in, and some more.
_MOST = 4


class _Kept:
    """An engine, and the last outcomes of the lessons that it ran, by path."""

    def __init__(self, engine: Engine, lab: Lab) -> None:
        self.engine = engine.__enter__()
        self.lab = lab
        self.done: dict[str, Done] = {}

    def close(self) -> None:
        self.engine.__exit__(None, None, None)


class Warm:
    """Keeps engines by what they were started with; a context manager that ends them all."""

    def __init__(self) -> None:
        self._kept: dict[bytes, _Kept] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._kept:
            self._kept.popitem()[1].close()

    def batch(self, surroundings: Surroundings, make: Callable[[], Engine]) -> Batch:
        """A batch that runs changed lessons in an engine like the one that `make` would make."""
        key = b""
        with suppress(OSError):  # the engine reports fixtures that cannot be read
            key = digest(digest_of(surroundings), surroundings.lab.encoded())
        kept = self._kept.pop(key, None) or _Kept(make(), surroundings.lab)
        self._kept[key] = kept
        while len(self._kept) > _MOST:
            self._kept.pop(next(iter(self._kept))).close()
        return _Changed(kept)


class _Changed:
    """A batch that runs only lessons which changed since they last ran.

    Unlike the cache, it also keeps outcomes that may differ the next time, for as long as somebody works on
    another lesson.
    """

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept
        self._batch = kept.engine.batch()
        self._same: deque[Done] = deque()

    def add(self, job: LessonJob) -> None:
        """See Batch."""
        job_before, outcomes = self._kept.done.get(job.path, (None, ()))
        if job_before == job:
            self._same.append((job, outcomes))
        else:
            self._batch.add(job)

    def results(self) -> Iterator[Done]:
        """The unchanged lessons first, then the others as they finish."""
        yield from self._take_same()
        for job, outcomes in self._batch.results():
            self._keep(job, outcomes)
            yield job, outcomes
            yield from self._take_same()

    def _take_same(self) -> Iterator[Done]:
        while self._same:
            yield self._same.popleft()

    def _keep(self, job: LessonJob, outcomes: tuple[Outcome, ...]) -> None:
        if not self._kept.lab.leads_out(job.services):
            self._kept.done[job.path] = (job, outcomes)
