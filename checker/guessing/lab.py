"""The lab of a course: its compose file, the variables beside it, and the requirements of the lessons."""

import os
from collections.abc import Sequence
from os.path import dirname, isfile, join, relpath

from msgspec import Struct

from checker.config import Config
from checker.config.keys import LabKeys
from checker.errors import ConfigError
from checker.rules.lab.reading import Lab, lab_of

# Readers get what is in the repository; a `.env` is the author's own.
_ENV_FILES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "example.env",
    ".env",
)
_REQUIREMENTS = "requirements.txt"
_SKIPPED = frozenset({"node_modules", "dist", "build", "__pycache__", "site-packages"})


class LabGuess(Struct, frozen=True):
    """The keys, or why there are none; `others` are alternatives or additions."""

    keys: LabKeys | None
    lab: Lab | None = None
    others: tuple[str, ...] = ()
    reason: str = ""


def guess_lab(folder: str, composes: Sequence[str]) -> LabGuess:
    """The lab described by the compose files of a course, which are relative to its folder."""
    if not composes:
        return LabGuess(None)
    compose = composes[0]
    found = _requirements(folder, dirname(compose))
    keys = LabKeys(
        compose=compose,
        env=next((each for each in _beside(compose) if isfile(join(folder, each))), None),
        requirements=found[0] if len(found) == 1 else None,
    )
    others = (*composes[1:], *(found if len(found) > 1 else ()))
    try:
        lab = lab_of(Config(folder=folder, lab=keys))
    except ConfigError as error:
        return LabGuess(None, None, (compose, *others), str(error))
    return LabGuess(keys, lab, others)


def _beside(compose: str) -> list[str]:
    return [join(dirname(compose), each) for each in _ENV_FILES]


def _requirements(folder: str, lab: str) -> list[str]:
    """The requirements files in the lab's folder, at most two folders deep, else those of the course."""
    found = []
    for at, folders, names in os.walk(join(folder, lab)):
        depth = relpath(at, join(folder, lab)).count(os.sep)
        kept = [each for each in sorted(folders) if each not in _SKIPPED and each[0] != "."]
        folders[:] = kept if depth < 1 else []
        if _REQUIREMENTS in names:
            found.append(relpath(join(at, _REQUIREMENTS), folder).replace(os.sep, "/"))
    return found or ([_REQUIREMENTS] if isfile(join(folder, _REQUIREMENTS)) else [])
