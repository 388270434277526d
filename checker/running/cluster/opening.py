"""Prepares what a cluster needs for a run: how lessons run, and the files that they find."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from checker.errors import ConfigError
from checker.running.cluster.connecting import connected
from checker.running.cluster.dispatch import Dispatch
from checker.running.cluster.parcel import name, pack
from checker.running.cluster.recipe import Recipe, versions
from checker.running.remembering import Surroundings


class Asked(NamedTuple):
    """A cluster to run on: its address, or `local` with `workers` to be started.

    `sandbox` is the tier asked for and `required` the tiers that it must be as strong as. Messages go to
    `say`.
    """

    address: str
    workers: int | None
    sandbox: str | None
    required: tuple[str, ...]
    say: Callable[[str], None]


@contextmanager
def opened(asked: Asked, found: Surroundings, relative: Callable[[str], str]) -> Iterator[Dispatch]:
    """A dispatch whose lessons find the same surroundings as here, in the tier of the workers.

    Raises UsageError without Dask, ConfigError when files of the course cannot be read, CheckerError when
    there is no such cluster, and SandboxError when none of its workers can run lessons.
    """
    spark, parcels = found.lab.spark, dict[str, bytes]()
    fixtures = _packed(found.fixtures, "fixtures", parcels)
    jars = _packed(spark.jars if spark else None, "jars", parcels)
    recipe = Recipe(
        versions(found.interpreter, found.lab),
        None if found.interpreter.executable == sys.executable else found.interpreter.executable,
        found.limits,
        dict(found.env),
        # Paths of this machine mean nothing to another one.
        found.lab if spark is None else replace(found.lab, spark=replace(spark, jars=None)),
        asked.sandbox,
        asked.required,
        fixtures,
        jars,
    )
    workers = asked.workers or len(os.sched_getaffinity(0))
    with connected(asked.address, workers, recipe, parcels) as pool:
        dispatch = Dispatch(pool, relative, asked.say)
        dispatch.begin()
        yield dispatch


def _packed(folder: str | None, what: str, parcels: dict[str, bytes]) -> str | None:
    """Add a folder to the parcels; returns the parcel's name."""
    if folder is None:
        return None
    try:
        packed = pack(folder)
    except OSError as error:
        raise ConfigError(f"{what}: {folder} cannot be read: {error}") from error
    parcels[name(packed)] = packed
    return name(packed)
