"""Runs the lessons of a course while the next ones are being read.

The sandbox is probed and the interpreter for snippets started while the first lesson that may have something
to run is being read. Without such a lesson nothing is started.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from checker.config import Config
from checker.patterns import regex
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob

if TYPE_CHECKING:
    from checker.running.cluster.dispatch import Dispatch
    from checker.running.engine import Engine
    from checker.running.lab import Lab
    from checker.running.remembering import Batch, Done, Surroundings
    from checker.running.warm import Warm

# A fence of Python. A false match only costs the time to start the interpreter.
_PYTHON = regex(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?\.?i?py", re.MULTILINE | re.IGNORECASE)


class Wanted(Struct, frozen=True):
    """How lessons are to be run.

    `sandbox` is the tier to use and `require_tier` the weakest that is accepted. `cache` is the folder in
    which outcomes are remembered; None remembers nothing. `jobs` lessons run at a time. `warm` keeps the
    engine for the next run. `cluster` is the address of a cluster, or `local`, whose workers run the lessons;
    `say` is told of workers that run nothing.
    """

    config: Config
    interpreter: Interpreter
    sandbox: str | None
    require_tier: str | None
    cache: str | None
    jobs: int | None = None
    warm: "Warm | None" = None
    cluster: str | None = None
    say: Callable[[str], None] = print


class Runner:
    """Runs lessons as they are added; a context manager that ends everything it started.

    `tier` is the isolation in use; None while there is nothing to run.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.tier: str | None = None
        self._wanted = wanted
        self._resources = ExitStack()
        self._start: _Start | None = None
        self._batch: Batch | None = None
        self._done: Iterator[Done] = iter(())
        self._waiting = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.__exit__(kind, error, trace)

    def close(self) -> None:
        """End everything that is running, at once."""
        self._resources.close()

    def expect(self, text: str) -> None:
        """Prepare for a lesson with this text, of which nothing is known yet; does not wait."""
        elsewhere = self._wanted.warm is not None or self._wanted.cluster is not None
        if self._start is None and not elsewhere and _PYTHON.search(text):
            self._start = self._resources.enter_context(_Start(self._wanted, text))

    def add(self, job: LessonJob) -> None:
        """Run a lesson as soon as there is a free worker; does not wait.

        Raises SandboxError when there is no isolation, or none as strong as required.
        """
        if self._batch is None:
            self._batch = self._open()
            self._done = self._batch.results()
        self._batch.add(job)
        self._waiting += 1

    def results(self, leave: int = 0) -> "Iterator[Done]":
        """Each finished lesson with one outcome for every cell, in the order in which they finish.

        Stops when only `leave` lessons are still running, so that others can be added. Raises SandboxError
        when nothing can be run safely, or when the required isolation is not available even though nothing
        was added.
        """
        while self._waiting > leave:
            done = next(self._done)
            self._waiting -= 1
            yield done
        if self._batch is None and not leave and (self._wanted.require_tier or self._wanted.config.run.tier):
            if self._wanted.cluster is None:
                self.tier = _probe(self._wanted)
            else:
                self._open()

    def _open(self) -> "Batch":
        from checker.running.remembering import Remembered, remembering

        warm = self._wanted.warm
        if self._wanted.cluster is not None:
            dispatch = self._resources.enter_context(_cluster(self._wanted, self._wanted.cluster))
            batch: Batch = dispatch
            surroundings = _surroundings(self._wanted, dispatch.tier)
        elif self._start is not None:
            engine, surroundings = self._start.wait()
            batch = engine.batch()
        else:
            surroundings, make = _engine(self._wanted, _probe(self._wanted))
            batch = warm.batch(surroundings, make) if warm else self._resources.enter_context(make()).batch()
        self.tier = surroundings.tier
        memory = self._resources.enter_context(remembering(self._wanted.cache, surroundings))
        return Remembered(memory, batch)


class _Start:
    """Probes the sandbox and starts the engine in a thread; `wait` raises what failed there.

    `text` is the first lesson: the interpreter that it will need is started at once.
    """

    def __init__(self, wanted: Wanted, text: str) -> None:
        self._wanted = wanted
        self._text = text
        self._made: tuple[Engine, Surroundings] | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join()
        if self._made is not None:
            self._made[0].__exit__(kind, error, trace)

    def wait(self) -> "tuple[Engine, Surroundings]":
        """The engine and the surroundings of its lessons. Raises what was raised in the thread."""
        self._thread.join()
        if self._made is None:
            assert self._error is not None
            raise self._error
        return self._made

    def _run(self) -> None:
        try:
            surroundings, make = _engine(self._wanted, _probe(self._wanted))
            self._made = make(), surroundings
        except BaseException as error:  # noqa: BLE001 handed to the thread that waits
            self._error = error
        else:
            from checker.running.zygotes import packages_in

            self._made[0].warm(packages_in([self._text]))


def outline(config: Config) -> "Lab":
    """The services of the lab, as far as a plan needs to know them."""
    from checker.running.lab import Lab

    if not config.services.are_any:
        return Lab()
    # Imported here because most courses have no services.
    from checker.running.services.equipment import equipped
    from checker.seeding.lab import outline_lab

    return equipped(outline_lab(config))


def _probe(wanted: Wanted) -> str:
    # Imported here: without a sandbox no engine is needed.
    from checker.running.probing import probe

    return probe(wanted.sandbox, wanted.require_tier, wanted.config.run.tier)


def _engine(wanted: Wanted, tier: str) -> "tuple[Surroundings, Callable[[], Engine]]":
    """The surroundings of lessons in this tier, and a function that makes an engine for them."""
    from checker.running.engine import Engine

    found = _surroundings(wanted, tier)
    make = partial(
        Engine,
        found.limits,
        env=found.env,
        fixtures=found.fixtures,
        workers=wanted.jobs or wanted.config.run.workers,
        interpreter=found.interpreter,
        tier=tier,
        lab=found.lab,
        relative=wanted.config.relative,
    )
    return found, make


def _cluster(wanted: Wanted, address: str) -> "AbstractContextManager[Dispatch]":
    """The workers of a cluster that lessons are sent to."""
    from checker.running.cluster.opening import Asked, opened

    settings = wanted.config.run
    required = tuple(each for each in (wanted.require_tier, settings.tier) if each is not None)
    asked = Asked(address, wanted.jobs or settings.workers, wanted.sandbox, required, wanted.say)
    return opened(asked, _surroundings(wanted, ""), wanted.config.relative)


def _surroundings(wanted: Wanted, tier: str) -> "Surroundings":
    from checker.running.remembering import Surroundings

    settings = wanted.config.run
    limits, lab = settings.job_limits(), _lab(wanted.config)
    return Surroundings(tier, wanted.interpreter, limits, settings.env, settings.fixtures, lab)


def _lab(config: Config) -> "Lab":
    from checker.running.lab import Lab

    if not config.services.are_any:
        return Lab(folders=config.run.folders)
    from checker.running.services.equipment import equipped
    from checker.seeding.lab import find_lab

    return equipped(find_lab(config))
