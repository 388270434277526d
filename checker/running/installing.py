"""Installs the packages that a course names into an environment that is made once and kept.

Only wheels are installed, because building a package would run its code outside the sandbox. For the same
reason a requirement is a name with versions: no address, no folder, no option.
"""

import os
import subprocess
import tomllib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from checker.cache import digest
from checker.errors import ConfigError
from checker.patterns import regex
from checker.running.interpreter import Interpreter
from checker.running.made_once import make_once

_SECONDS = 1800.0
# PEP 508 without addresses: a name, extras, versions, a marker.
_REQUIREMENT = regex(
    r"[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[A-Za-z0-9._,\s-]*\])?"
    r"\s*(?:[<>=!~]=?=?\s*[0-9A-Za-z.*+!]+\s*(?:,\s*[<>=!~]=?=?\s*[0-9A-Za-z.*+!]+\s*)*)?(?:;[^@#]*)?"
)
_REMEDY = "Only names with versions are installed, such as pandas>=3: no addresses, folders or options."


def environment_for(named: Path, base: Interpreter, folder: Path) -> str:
    """The interpreter of an environment like `base` with the requirements of the file `named`.

    `named` is a requirements file or a pyproject.toml with `dependencies`. The environment is kept below
    `folder`. Raises ConfigError for requirements that are not allowed or cannot be installed.
    """
    wanted = requirements(named)
    key = digest(base.executable.encode(), repr(base.version).encode(), *(each.encode() for each in wanted))
    environment = folder / "environments" / key.hex()[:20]
    return str(make_once(environment, partial(_make, base, wanted)) / "bin" / "python")


def requirements(named: Path) -> list[str]:
    """The sorted requirements in a file, one a line.

    Raises ConfigError for a line that is not a requirement.
    """
    if named.name == "pyproject.toml":
        lines = list(enumerate(_dependencies(named), 1))
    else:
        lines = [(n, text.partition("#")[0].strip()) for n, text in enumerate(_text(named).splitlines(), 1)]
    for number, line in lines:
        if line and not _REQUIREMENT.fullmatch(line):
            raise ConfigError(f"{named}:{number}: {line!r} is not installed", _REMEDY)
    return sorted({line for _, line in lines if line})


def _dependencies(named: Path) -> list[str]:
    try:
        found = tomllib.loads(_text(named)).get("project", {}).get("dependencies", [])
    except (tomllib.TOMLDecodeError, AttributeError):
        raise ConfigError(f"{named}: not TOML with a table `project`") from None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ConfigError(f"{named}: project.dependencies is not a list of text")
    return [each.strip() for each in found]


def _text(named: Path) -> str:
    try:
        return named.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{named}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{named}: not UTF-8 text") from None


def _make(base: Interpreter, wanted: Sequence[str], environment: Path) -> None:
    _run([base.executable, "-m", "venv", str(environment)], "the environment for snippets cannot be made")
    if wanted:
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--only-binary=:all:"]
        quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
        _run([*pip, *quiet, *wanted], "the packages for snippets cannot be installed")


def _run(command: Sequence[str], what: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PIP_NO_BINARY"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"{what}: {error}") from None
    if done.returncode:
        lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines or ["no reason given"]
        # pip says that there is no such package when it has reached no index at all.
        unreachable = any("after connection broken by" in line for line in lines)
        remedy = "The package index could not be reached." if unreachable else ""
        raise ConfigError(f"{what}: {errors[-1].removeprefix('ERROR: ')}", remedy)
