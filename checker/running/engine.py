"""The local engine: runs lessons in sandboxes on this machine, several at a time."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from types import MappingProxyType, TracebackType
from typing import Self

from checker.errors import ConfigError, SandboxError
from checker.model import Outcome
from checker.running.following import without_followers
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob, Limits
from checker.running.lab import Lab
from checker.running.lacking import excused
from checker.running.launch import Sandboxing
from checker.running.lessons import Given, run_lesson
from checker.running.rerun import compare, second_run
from checker.running.sandbox.remedies import require_linux
from checker.running.services.layout import laid_out
from checker.running.sql.outcomes import settled, settled_client
from checker.running.zygotes import LostError, Zygotes, warm_packages

_MOST_WORKERS = 4
_ATTEMPTS = 5
_NO_LAB = Lab()
Done = tuple[LessonJob, tuple[Outcome, ...]]
_Done = tuple[LessonJob, tuple[Outcome, ...] | BaseException]


class Engine:
    """Runs lessons; a context manager that ends all of its processes.

    `env` is added to the environment of the snippets. Every lesson's working folder starts as a copy of the
    folder `fixtures`. `workers` lessons run at a time: by default one for each processor, up to 4.
    `interpreter` runs the snippets; None is the checker's own. `tier` is the isolation that `probing.probe`
    found. `lab` holds the services of the lessons; `relative` turns a lesson's path into the one that the
    lab's faults use. Raises SandboxError where there is no isolation at all, and ConfigError when `fixtures`
    is not a folder.
    """

    def __init__(  # noqa: PLR0913 each by its name
        self,
        limits: Limits,
        *,
        env: Mapping[str, str] = MappingProxyType({}),
        fixtures: str | None = None,
        workers: int | None = None,
        interpreter: Interpreter | None = None,
        tier: str = "namespaces",
        lab: Lab = _NO_LAB,
        relative: Callable[[str], str] = str,
    ) -> None:
        require_linux()
        if fixtures is not None and not os.path.isdir(fixtures):
            raise ConfigError(f"fixtures: {fixtures} is not a folder")
        self._limits = limits
        self._tier = tier
        self._env = dict(env)
        self._fixtures = None if fixtures is None else os.path.realpath(fixtures)
        self._workers = workers or min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
        self._lab, self._relative = lab, relative
        self._zygotes = Zygotes(Sandboxing(tier, limits.disk, self._fixtures, laid_out(lab)), interpreter)
        self._todo: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._todo.put(None)
        # Ending the zygotes ends every sandbox, so each thread loses its lesson at once.
        self._zygotes.close()
        for thread in self._threads:
            thread.join()

    def run(self, jobs: Iterable[LessonJob]) -> Iterator[Done]:
        """Each lesson with one outcome for every cell, in the order in which they finish.

        Raises SandboxError when nothing can be run safely.
        """
        batch = self.batch()
        for job in jobs:
            batch.add(job)
        return batch.results()

    def batch(self) -> "Batch":
        """A batch to which lessons can be added while others run."""
        return Batch(self._put)

    def warm(self, packages: tuple[str, ...]) -> None:
        """Start a zygote for these packages, for the lesson that is added next."""
        self._order(partial(self._warm, packages))

    def _put(self, job: LessonJob, done: "SimpleQueue[_Done]") -> None:
        self._order(partial(self._run_into, done, job))

    def _order(self, order: Callable[[], None]) -> None:
        self._todo.put(order)
        if len(self._threads) < self._workers:
            thread = threading.Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (order := self._todo.get()) is not None:
            order()

    def _warm(self, packages: tuple[str, ...]) -> None:
        with suppress(LostError, SandboxError):  # reported when a lesson needs it
            self._zygotes.get(packages)

    def _run_into(self, done: "SimpleQueue[_Done]", job: LessonJob) -> None:
        try:
            done.put((job, self._run(job)))
        except BaseException as error:  # noqa: BLE001 handed to the thread that asked
            done.put((job, error))

    def _run(self, job: LessonJob) -> tuple[Outcome, ...]:
        """Run a lesson, and run what fails in it once more."""
        if not any(session.cells for session in job.sessions):
            return ()
        outcomes = self._run_once(job)
        if any(each.signal == signal.SIGKILL for each in outcomes):
            # The kill may have come from outside. A lesson that kills itself does so again.
            outcomes = self._run_once(job)
        if self._lab.leads_out(job.services):
            return outcomes  # a second run would find what the first one changed at the broker
        again = second_run(job, outcomes)
        return outcomes if again is None else compare(job, outcomes, self._run_once(again))

    def _run_once(self, job: LessonJob) -> tuple[Outcome, ...]:
        """Run a lesson, and run it again when one of our own processes is killed under it."""
        warm = warm_packages(job)
        for _ in range(_ATTEMPTS):
            try:
                lab = self._lab.of_lesson(self._relative(job.path))
                given = Given(self._env, self._fixtures, lab)
                outcomes = run_lesson(self._zygotes.get(warm), job, self._limits, given)
                return _explained(job, outcomes, self._tier)
            except LostError:
                continue
        reason = "its sandbox was ended from outside, again and again"
        return tuple(
            Outcome(cell.block, "crashed", reason) for session in job.sessions for cell in session.cells
        )


class Batch:
    """Lessons that an engine runs while others are added."""

    def __init__(self, put: Callable[[LessonJob, "SimpleQueue[_Done]"], None]) -> None:
        self._put = put
        self._done: SimpleQueue[_Done] = SimpleQueue()
        self._running = 0

    def add(self, job: LessonJob) -> None:
        """Run a lesson as soon as a worker is free; does not wait."""
        self._put(job, self._done)
        self._running += 1

    def results(self) -> Iterator[Done]:
        """Each lesson that was added, with one outcome for every cell, in the order in which they finish.

        Raises SandboxError when nothing can be run safely.
        """
        while self._running:
            job, result = self._done.get()
            if isinstance(result, BaseException):
                raise result
            self._running -= 1
            yield job, result


def _explained(job: LessonJob, outcomes: Iterable[Outcome], tier: str) -> tuple[Outcome, ...]:
    """Outcomes with failures excused that are due to the tier, to the lab or to an earlier block."""
    sql = {cell.block for session in job.sessions for cell in session.cells if cell.statements}
    explained = [
        settled(each) if each.block in sql else settled_client(excused(each, tier)) for each in outcomes
    ]
    return without_followers(job, explained)
