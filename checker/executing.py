"""The lessons of a course are run while the next ones are being read.

Nothing is started before the first lesson that has something to run: not even a sandbox is tried.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from checker.config import Config
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob
from checker.running.lab import Lab
from checker.running.remembering import Batch, Done

if TYPE_CHECKING:
    from checker.running.warm import Warm


class Wanted(NamedTuple):
    """How lessons are to be run: in which tier, or one that is at least as strong as a required one.

    `cache` is the folder in which to remember what they did; None remembers nothing. `jobs` lessons run at a
    time, and `warm` keeps the engine that runs them for the next run.
    """

    config: Config
    interpreter: Interpreter
    sandbox: str | None
    require_tier: str | None
    cache: str | None
    jobs: int | None = None
    warm: "Warm | None" = None


class Runner:
    """Runs lessons as they are added; a context manager, after which nothing of them is left.

    `tier` is the isolation that holds them; None while there is nothing to run.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.tier: str | None = None
        self._wanted = wanted
        self._resources = ExitStack()
        self._batch: Batch | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.__exit__(kind, error, trace)

    def add(self, job: LessonJob) -> None:
        """Run a lesson as soon as there is room; does not wait.

        Raises SandboxError when there is no isolation, or none as strong as required.
        """
        if self._batch is None:
            self._batch = self._start(self._probe())
        self._batch.add(job)

    def results(self) -> Iterator[Done]:
        """Each lesson that was added with one outcome for every cell, in the order in which they are done.

        Raises SandboxError when nothing can be run safely, and when a required isolation is not to be had
        even though nothing was added.
        """
        if self._batch is not None:
            yield from self._batch.results()
        elif self._wanted.require_tier is not None or self._wanted.config.run.tier is not None:
            self._probe()

    def _probe(self) -> str:
        # Where there is no sandbox there need be no engine.
        from checker.running.sandbox import probe

        wanted = self._wanted
        self.tier = probe(wanted.sandbox, wanted.require_tier, wanted.config.run.tier)
        return self.tier

    def _start(self, tier: str) -> Batch:
        from checker.running.engine import Engine
        from checker.running.remembering import Remembered, Surroundings, remembering

        interpreter, settings = self._wanted.interpreter, self._wanted.config.run
        limits, lab = settings.job_limits(), self._lab()
        make = partial(
            Engine,
            limits,
            env=settings.env,
            fixtures=settings.fixtures,
            workers=self._wanted.jobs or settings.workers,
            interpreter=interpreter,
            tier=tier,
            lab=lab,
            relative=self._wanted.config.relative,
        )
        surroundings = Surroundings(tier, interpreter, limits, settings.env, settings.fixtures, lab)
        warm = self._wanted.warm
        batch = warm.batch(surroundings, make) if warm else self._resources.enter_context(make()).batch()
        memory = self._resources.enter_context(remembering(self._wanted.cache, surroundings))
        return Remembered(memory, batch)

    def _lab(self) -> Lab:
        config = self._wanted.config
        if not config.services.are_any:
            return Lab(folders=config.run.folders)
        from checker.running.services.equipment import equipped
        from checker.seeding.lab import find_lab

        return equipped(find_lab(config))
