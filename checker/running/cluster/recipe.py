"""The data exchanged between the client of a cluster and its workers, encoded by msgspec."""

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
    """Versions that outcomes depend on and that must be equal on every machine.

    `sources` is the digest of the checker's own code: two states of the code may have the same version.
    """

    coursecheck: str
    sources: str
    python: str
    machine: str
    packages: dict[str, str]
    postgresql: str = ""
    java: str = ""

    def differences(self, here: "Versions") -> tuple[str, ...]:
        """How this machine differs from the client, in words; at most a few packages are named."""
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
    """What a worker needs to make its engine.

    `python` is the interpreter for snippets; None is the worker's own. `sandbox` is the tier asked for,
    `required` the tiers that it must be as strong as. `fixtures` and `jars` are names of parcels.
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
        """A digest that is equal for equal engines, whoever asks for them."""
        return digest(msgspec.json.encode(self, order="deterministic")).hex()


class Standing(Struct, frozen=True):
    """What a worker offers: its tier, or why it can run nothing and what would help."""

    tier: str | None = None
    reason: str = ""
    remedy: str = ""


class Sent(Struct, frozen=True):
    """A lesson to run, and its path as the faults of the lab name it."""

    job: LessonJob
    relative: str


class Answer(Struct, frozen=True):
    """The result of a batch: the outcomes of each lesson by path.

    `seconds` is how long the batch took. `error` says why nothing could be run safely, with its remedy. An
    `unready` worker has dropped the engine in favour of other courses and needs the recipe again.
    """

    outcomes: dict[str, tuple[Outcome, ...]] = {}
    seconds: float = 0.0
    error: str = ""
    remedy: str = ""
    unready: bool = False


def versions(interpreter: Interpreter, lab: Lab) -> Versions:
    """The versions of this machine, including the programs of services that the lab found on it."""
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
