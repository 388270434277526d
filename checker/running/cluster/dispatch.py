"""Which lessons go to which worker, and what is done when a worker is lost.

A lesson waits, or is in flight at one worker, or is done: its result is taken once, whoever sends it. What a
lost worker had in flight is sent again in halves; a lesson with which alone several were lost is to blame.
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

# As many workers as Dask lets one task take with it (`distributed.scheduler.allowed-failures`).
_ALLOWED_FAILURES = 3
_BATCH_SECONDS = 3.0
_MOST_LESSONS = 200
# While a batch runs, the next is there already.
_AHEAD = 2
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.5


class _Batch(NamedTuple):
    """Lessons that are sent together; a `suspect` was in flight when a worker was lost, `failures` times."""

    lessons: tuple[Sent, ...]
    suspect: bool = False
    failures: int = 0


class _Flight(NamedTuple):
    """What was sent to a worker; without a batch it was asked to make itself ready."""

    worker: Worker
    batch: _Batch | None


class Dispatch:
    """A batch of lessons, as the pipeline knows it, that runs on the workers of a pool."""

    def __init__(self, pool: Pool, relative: Callable[[str], str], say: Callable[[str], None]) -> None:
        self._pool = pool
        self._relative = relative
        self._roster = Roster(say)
        self._numbers = itertools.count()
        self._flights: dict[int, _Flight] = {}
        self._todo: deque[Sent] = deque()
        self._suspects: deque[_Batch] = deque()
        self._open: dict[str, LessonJob] = {}  # not done yet, by path
        self._done: deque[Done] = deque()
        self._lesson_seconds = 1.0  # as it was lately
        self._looked = 0.0
        self._idle_since: float | None = None

    @property
    def tier(self) -> str:
        """The isolation that holds all lessons."""
        return self._roster.tier

    def begin(self) -> None:
        """Ask every worker what it has, and wait. Raises SandboxError when none can run anything."""
        self._look()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._flights and time.monotonic() < deadline:
            self._take(_LOOK_SECONDS)
            self._look()
        self._roster.settle()

    def add(self, job: LessonJob) -> None:
        """Run a lesson as soon as a worker is free; does not wait."""
        # A path that is no text cannot be sent as it is.
        path = _as_text(job.path)
        self._open[path] = job
        self._todo.append(Sent(replace(job, path=path), _as_text(self._relative(job.path))))
        self._look()
        self._take(0.0)
        self._send()

    def results(self) -> Iterator[Done]:
        """Each lesson that was added, once, in the order in which they are done.

        Raises SandboxError when nothing can be run safely, and when no worker is left.
        """
        while self._open or self._done:
            while self._done:
                yield self._done.popleft()
            self._send()
            self._take(_LOOK_SECONDS)
            self._look()
            self._refuse_to_wait_for_nobody()

    def _look(self) -> None:
        """Who has come, and who has gone? Asked now and then."""
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
        """Give every worker what it has room for."""
        able = self._roster.able()
        for worker in able:
            while (self._suspects or self._todo) and self._has_room(worker):
                self._run(worker, self._suspects.popleft() if self._suspects else self._next(worker, able))

    def _has_room(self, worker: Worker) -> bool:
        flights = [each.batch for each in self._flights.values() if each.worker.id == worker.id]
        if any(batch is None or batch.suspect for batch in flights):
            return False
        # A suspect flies alone, so that it is known who is to blame.
        return len(flights) < (1 if self._suspects else _AHEAD)

    def _next(self, worker: Worker, able: list[Worker]) -> _Batch:
        """So many lessons as are worth a few seconds, and towards the end fewer, so that all end together."""
        some = round(_BATCH_SECONDS * worker.threads / self._lesson_seconds)
        share = -(-len(self._todo) // (_AHEAD * len(able)))
        count = min(len(self._todo), max(1, min(some, share, _MOST_LESSONS)))
        return _Batch(tuple(self._todo.popleft() for _ in range(count)))

    def _run(self, worker: Worker, batch: _Batch) -> None:
        number = next(self._numbers)
        self._flights[number] = _Flight(worker, batch)
        self._pool.run(number, worker, batch.lessons)

    def _take(self, seconds: float) -> None:
        """Take what has happened."""
        for event in self._pool.events(seconds):
            # What was given up on meanwhile is told of all the same.
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
        """A lesson is done; what comes of it later is dropped."""
        if (job := self._open.pop(path, None)) is not None:
            self._done.append((job, outcomes))

    def _lost(self, flight: _Flight, error: str) -> None:
        """Nothing comes back any more: of a batch, find out whether it is to blame."""
        batch = flight.batch
        if batch is None:
            # Lost together with its worker, or that one cannot make itself ready.
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
        """Workers that start again take a while, and no longer."""
        if not self._open or self._roster.able():
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = time.monotonic()
        elif time.monotonic() > self._idle_since + _PATIENCE_SECONDS:
            raise self._roster.nobody()


def _as_text(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()
