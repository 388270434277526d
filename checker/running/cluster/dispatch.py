"""Sends lessons to workers, and sends them again when a worker is lost.

A lesson waits, or is in flight at one worker, or is done; its result is taken once, whoever sends it. The
batch of a lost worker is sent again in halves. A lesson is blamed when several workers were lost with it
alone.
"""

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from checker.errors import SandboxError
from checker.model import Outcome
from checker.running.cluster.pool import Event, Pool, Worker
from checker.running.cluster.recipe import Answer, Sent, Standing
from checker.running.cluster.roster import Roster
from checker.running.job import LessonJob
from checker.running.remembering import Done

# As many workers as Dask lets one task take down (`distributed.scheduler.allowed-failures`).
_ALLOWED_FAILURES = 3
_BATCH_SECONDS = 3.0
_MOST_LESSONS = 200
# The next batch is sent while one is running.
_AHEAD = 2
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.5


class _Batch(NamedTuple):
    """Lessons that are sent together.

    A `suspect` batch was in flight when a worker was lost, `failures` times so far.
    """

    lessons: tuple[Sent, ...]
    suspect: bool = False
    failures: int = 0


class _Flight(NamedTuple):
    """A task at a worker; without a batch, the worker was asked to prepare itself."""

    worker: Worker
    batch: _Batch | None


class Dispatch:
    """A batch of lessons, as the pipeline sees it, that runs on the workers of a pool."""

    def __init__(self, pool: Pool, relative: Callable[[str], str], say: Callable[[str], None]) -> None:
        self._pool = pool
        self._relative = relative
        self._roster = Roster(say)
        self._numbers = itertools.count()
        self._flights: dict[int, _Flight] = {}
        self._todo: deque[Sent] = deque()
        self._suspects: deque[_Batch] = deque()
        self._open: dict[str, LessonJob] = {}  # unfinished lessons by path
        self._done: deque[Done] = deque()
        self._lesson_seconds = 1.0  # recent average
        self._looked = 0.0
        self._idle_since: float | None = None

    @property
    def tier(self) -> str:
        """The isolation that all lessons run in."""
        return self._roster.tier

    def begin(self) -> None:
        """Ask every worker what it offers, and wait. Raises SandboxError when none can run anything."""
        self._look()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._flights and time.monotonic() < deadline:
            self._take(_LOOK_SECONDS)
            self._look()
        self._roster.settle()

    def add(self, job: LessonJob) -> None:
        """Run a lesson as soon as a worker is free; does not wait."""
        # A path that is not valid text cannot be sent as it is.
        path = _as_text(job.path)
        self._open[path] = job
        self._todo.append(Sent(replace(job, path=path), _as_text(self._relative(job.path))))
        self._look()
        self._take(0.0)
        self._send()

    def results(self) -> Iterator[Done]:
        """Each lesson that was added, once, in the order in which they finish.

        Raises SandboxError when nothing can be run safely or no worker is left.
        """
        while self._open or self._done:
            while self._done:
                yield self._done.popleft()
            self._send()
            self._take(_LOOK_SECONDS)
            self._look()
            self._refuse_to_wait_for_nobody()

    def _look(self) -> None:
        """Find out, every so often, which workers have come and gone."""
        now = time.monotonic()
        if now < self._looked + _LOOK_SECONDS:
            return
        self._looked = now
        come, gone = self._roster.update(self._pool.workers())
        for worker in come:
            self._prepare(worker)
        for worker in gone:
            for number in [each for each, flight in self._flights.items() if flight.worker.id == worker.id]:
                self._pool.drop(number)
                self._lost(self._flights.pop(number), "")

    def _prepare(self, worker: Worker) -> None:
        number = next(self._numbers)
        self._flights[number] = _Flight(worker, None)
        self._pool.prepare(number, worker)

    def _send(self) -> None:
        """Give every worker as much as it has room for."""
        able = self._roster.able()
        for worker in able:
            while (self._suspects or self._todo) and self._has_room(worker):
                self._run(worker, self._suspects.popleft() if self._suspects else self._next(worker, able))

    def _has_room(self, worker: Worker) -> bool:
        flights = [each.batch for each in self._flights.values() if each.worker.id == worker.id]
        if any(batch is None or batch.suspect for batch in flights):
            return False
        # A suspect batch is sent alone, so that it is clear what a lost worker is due to.
        return len(flights) < (1 if self._suspects else _AHEAD)

    def _next(self, worker: Worker, able: list[Worker]) -> _Batch:
        """Lessons worth a few seconds of work; fewer towards the end, so that all workers finish together."""
        some = round(_BATCH_SECONDS * worker.threads / self._lesson_seconds)
        share = -(-len(self._todo) // (_AHEAD * len(able)))
        count = min(len(self._todo), max(1, min(some, share, _MOST_LESSONS)))
        return _Batch(tuple(self._todo.popleft() for _ in range(count)))

    def _run(self, worker: Worker, batch: _Batch) -> None:
        number = next(self._numbers)
        self._flights[number] = _Flight(worker, batch)
        self._pool.run(number, worker, batch.lessons)

    def _take(self, seconds: float) -> None:
        """Take the events that have happened."""
        for event in self._pool.events(seconds):
            # Events may arrive for tasks that were given up.
            flight = self._flights.pop(event.number, None)
            if flight is not None:
                self._landed(flight, event)

    def _landed(self, flight: _Flight, event: Event) -> None:
        match event.answer:
            case Standing() as standing:
                self._roster.told(flight.worker, standing)
            case Answer(unready=True):
                self._todo.extendleft(reversed(flight.batch.lessons if flight.batch else ()))
                self._roster.unready(flight.worker)
                self._prepare(flight.worker)
            case Answer() as answer if answer.error:
                raise SandboxError(f"the worker {flight.worker.address}: {answer.error}", answer.remedy)
            case Answer() as answer:
                self._finish(flight, answer)
            case None:
                self._lost(flight, event.error)

    def _finish(self, flight: _Flight, answer: Answer) -> None:
        for path, outcomes in answer.outcomes.items():
            self._end(path, outcomes)
        if answer.outcomes:
            took = answer.seconds * flight.worker.threads / len(answer.outcomes)
            self._lesson_seconds = max(0.001, (self._lesson_seconds + took) / 2)

    def _end(self, path: str, outcomes: tuple[Outcome, ...]) -> None:
        """Finish a lesson; results that arrive for it later are dropped."""
        if (job := self._open.pop(path, None)) is not None:
            self._done.append((job, outcomes))

    def _lost(self, flight: _Flight, error: str) -> None:
        """Handle a task that gives no result; a batch is sent again to find out whether it is to blame."""
        batch = flight.batch
        if batch is None:
            # The task was lost together with its worker, or the worker cannot prepare itself.
            self._roster.told(flight.worker, Standing(None, error or "it was lost"))
            return
        lessons, middle = batch.lessons, len(batch.lessons) // 2
        if middle:
            self._suspects += [_Batch(lessons[:middle], True), _Batch(lessons[middle:], True)]
            return
        failures = batch.failures + batch.suspect
        if failures < _ALLOWED_FAILURES:
            self._suspects.append(_Batch(lessons, True, failures))
            return
        reason = f"{failures} workers of the cluster were lost while it ran there alone"
        job = lessons[0].job
        cells = [cell for session in job.sessions for cell in session.cells]
        self._end(job.path, tuple(Outcome(cell.block, "crashed", error or reason) for cell in cells))

    def _refuse_to_wait_for_nobody(self) -> None:
        """Raise SandboxError when no worker has been there for as long as a restart takes."""
        if not self._open or self._roster.able():
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = time.monotonic()
        elif time.monotonic() > self._idle_since + _PATIENCE_SECONDS:
            raise self._roster.nobody()


def _as_text(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()
