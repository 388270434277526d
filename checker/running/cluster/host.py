"""Runs in a worker's process: keeps its engine warm between batches and between runs.

Lessons run in the engine's sandboxes and never in this process. All data is exchanged as bytes. A worker is
trusted as much as the client.
"""

import atexit
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
from msgspec.structs import replace

from checker.errors import CheckerError
from checker.model import Outcome
from checker.running.cluster.parcel import unpack
from checker.running.cluster.recipe import Answer, Recipe, Sent, Standing, versions
from checker.running.engine import Engine
from checker.running.interpreter import Interpreter, find_interpreter, own_interpreter
from checker.running.lab import Lab
from checker.running.probing import probe
from checker.running.services.equipment import equipped

# Courses come and go, and an engine holds interpreters that have imported pandas.
_MOST_ENGINES = 2
Parcels = dict[str, bytes]


def prepare(recipe: bytes, parcels: Parcels, threads: int) -> bytes:
    """Prepare this process for a recipe: unpack its files and probe the sandbox.

    Returns an encoded Standing.
    """
    return msgspec.msgpack.encode(_HOST.prepare(msgspec.json.decode(recipe, type=Recipe), parcels, threads))


def run(key: str, batch: bytes) -> bytes:
    """Run a list of Sent with the engine of the recipe with this key. Returns an encoded Answer."""
    return msgspec.msgpack.encode(_HOST.run(key, msgspec.msgpack.decode(batch, type=list[Sent])))


class _Kept:
    """An engine with its files; it starts its first process for its first lesson.

    `batches` counts the batches that it is running.
    """

    def __init__(self, recipe: Recipe, parcels: Parcels, threads: int) -> None:
        self.batches = 0
        self._relative: dict[str, str] = {}
        self._resources = ExitStack()
        with ExitStack() as opened:
            interpreter, lab = _interpreter(recipe), _lab(recipe.lab)
            differences = recipe.versions.differences(versions(interpreter, lab))
            if differences:
                raise CheckerError("; ".join(differences), "Install there what is installed here.")
            self.tier = probe(recipe.sandbox, *recipe.required)
            folders = {name: _put_down(opened, packed) for name, packed in parcels.items()}
            if lab.spark is not None and recipe.jars is not None:
                lab = replace(lab, spark=replace(lab.spark, jars=folders[recipe.jars]))
            self.engine = Engine(
                recipe.limits,
                env=recipe.env,
                fixtures=None if recipe.fixtures is None else folders[recipe.fixtures],
                workers=threads,
                interpreter=interpreter,
                tier=self.tier,
                lab=lab,
                relative=lambda path: self._relative.get(path, path),
            )
            opened.enter_context(self.engine)
            self._resources = opened.pop_all()

    def close(self) -> None:
        self._resources.close()

    def run(self, batch: list[Sent]) -> Answer:
        self._relative |= {each.job.path: each.relative for each in batch}
        began = time.monotonic()
        outcomes = dict(self._outcomes(batch))
        return Answer(outcomes, time.monotonic() - began)

    def _outcomes(self, batch: list[Sent]) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
        for job, outcomes in self.engine.run(each.job for each in batch):
            yield job.path, outcomes


class _Host:
    """The engines of a worker's process, the most recently used last."""

    def __init__(self) -> None:
        self._engines: dict[str, _Kept] = {}
        self._lock = threading.Lock()
        atexit.register(self.close)

    def prepare(self, recipe: Recipe, parcels: Parcels, threads: int) -> Standing:
        with self._lock:
            try:
                kept = self._engines.pop(recipe.key, None) or _Kept(recipe, parcels, threads)
            except CheckerError as error:
                return Standing(None, str(error), error.remedy)
            except (OSError, ValueError) as error:
                return Standing(None, f"the course's files cannot be put down there: {error}")
            self._engines[recipe.key] = kept
            # An engine that is running something is kept, also when it serves another client.
            idle = [key for key, each in self._engines.items() if not each.batches and each is not kept]
            for key in idle[: max(0, len(self._engines) - _MOST_ENGINES)]:
                self._engines.pop(key).close()
        return Standing(kept.tier)

    def run(self, key: str, batch: list[Sent]) -> Answer:
        with self._lock:
            kept = self._engines.get(key)
            if kept is None:
                return Answer(unready=True)
            kept.batches += 1
        try:
            return kept.run(batch)
        except CheckerError as error:
            return Answer(error=str(error), remedy=error.remedy)
        finally:
            with self._lock:
                kept.batches -= 1

    def close(self) -> None:
        while self._engines:
            self._engines.popitem()[1].close()


_HOST = _Host()


def _interpreter(recipe: Recipe) -> Interpreter:
    return own_interpreter() if recipe.python is None else find_interpreter(recipe.python)


def _lab(lab: Lab) -> Lab:
    """The lab with this machine's own programs instead of the client's."""
    found = equipped(lab)
    # Without such a program on the client, the lesson was planned without it.
    if lab.postgresql is not None and not lab.postgresql.version:
        found = replace(found, postgresql=lab.postgresql)
    if lab.spark is not None and not lab.spark.version:
        found = replace(found, spark=lab.spark)
    return found


def _put_down(opened: ExitStack, packed: bytes) -> str:
    folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="coursecheck-"))).resolve()
    inside = folder / "files"
    os.mkdir(inside)
    unpack(packed, str(inside))
    return str(inside)
