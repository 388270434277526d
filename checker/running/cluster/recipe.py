"""What travels between the client of a cluster and its workers: plain data, encoded by msgspec."""

import hashlib
import os
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

import checker
from checker.cache import digest
from checker.model import Outcome
from checker.running.environment import distributions
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob, Limits
from checker.running.lab import Lab

_CHECKER = Path(checker.__file__).parent
_MOST_NAMED = 3


class Versions(Struct, frozen=True):
    """What outcomes depend on that has to be the same on every machine.

    `sources` is the digest of the checker's own code: two states of one version are not the same.
    """

    coursecheck: str
    sources: str
    python: str
    machine: str
    packages: dict[str, str]
    postgresql: str = ""
    java: str = ""

    def differences(self, here: "Versions") -> tuple[str, ...]:
        """In words, how this machine differs from what is wanted; at most a few packages are named."""
        found = [
            f"{name.replace('_', ' ')} {theirs or 'none'} where the client has {ours or 'none'}"
            for name in ("coursecheck", "python", "machine", "postgresql", "java")
            if (ours := getattr(self, name)) != (theirs := getattr(here, name))
        ]
        if self.coursecheck == here.coursecheck and self.sources != here.sources:
            found.append(f"another state of coursecheck {here.coursecheck}")
        every = sorted(self.packages.keys() | here.packages.keys())
        packages = [
            f"{name} {here.packages.get(name, 'none')} where the client has {self.packages.get(name, 'none')}"
            for name in every
            if self.packages.get(name) != here.packages.get(name)
        ]
        if len(packages) > _MOST_NAMED:
            packages[_MOST_NAMED:] = [f"{len(packages) - _MOST_NAMED} more packages"]
        return (*found, *packages)


class Recipe(Struct, frozen=True):
    """What a worker makes its engine of.

    `python` is the program of the interpreter for snippets; None is the worker's own. `sandbox` is the tier
    asked for, `required` those that it must be as strong as. `fixtures` and `jars` are the names of parcels.
    """

    versions: Versions
    python: str | None
    limits: Limits
    env: dict[str, str]
    lab: Lab
    sandbox: str | None
    required: tuple[str, ...]
    fixtures: str | None = None
    jars: str | None = None

    @property
    def key(self) -> str:
        """The same for the same engine, whoever asks for it."""
        return digest(msgspec.json.encode(self, order="deterministic")).hex()


class Standing(Struct, frozen=True):
    """What a worker says of itself: the tier that it has, or why it can run nothing, and what would help."""

    tier: str | None = None
    reason: str = ""
    remedy: str = ""


class Sent(Struct, frozen=True):
    """A lesson to run, and its path as the lab's faults name it."""

    job: LessonJob
    relative: str


class Answer(Struct, frozen=True):
    """What came of a batch: the outcomes of each lesson by its path.

    `seconds` is how long the batch took. `error` is why nothing could be run safely, with its remedy. A
    worker that is `unready`, having made room for other courses, has run nothing and wants the recipe again.
    """

    outcomes: dict[str, tuple[Outcome, ...]] = {}
    seconds: float = 0.0
    error: str = ""
    remedy: str = ""
    unready: bool = False


def versions(interpreter: Interpreter, lab: Lab) -> Versions:
    """Those of this machine, with the programs of services that this lab has found on it."""
    return Versions(
        checker.__version__,
        _sources(),
        interpreter.version_text,
        os.uname().machine,
        distributions(interpreter.folders),
        lab.postgresql.version if lab.postgresql else "",
        lab.spark.version if lab.spark else "",
    )


@cache
def _sources() -> str:
    whole = hashlib.blake2b(digest_size=16)
    for path in sorted(_CHECKER.rglob("*.py")):
        whole.update(digest(os.fsencode(path.relative_to(_CHECKER)), path.read_bytes()))
    return whole.hexdigest()
