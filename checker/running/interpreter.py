"""The interpreter that snippets run in: the checker's own, or one that is named."""

import os
import site
import sys
from collections.abc import Mapping
from importlib.machinery import EXTENSION_SUFFIXES

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.errors import ConfigError

# The worker needs exact positions in tracebacks, which came with 3.11.
OLDEST = (3, 11)

_ANSWER_SECONDS = 60.0  # a cold start from a slow disk
# HOME leads to the user's packages; some interpreters need the loader's path to start.
_HANDED_ON = ("HOME", "LD_LIBRARY_PATH")
# Written so that older interpreters understand it, too.
_QUESTION = """
import json, site, sys
from importlib.machinery import EXTENSION_SUFFIXES
folders = site.getsitepackages() + ([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])
print(json.dumps({
    "executable": sys.executable,
    "version": sys.version_info[:3],
    "base_prefix": sys.base_prefix,
    "folders": folders,
    "standard": sorted(getattr(sys, "stdlib_module_names", ())),
    "extensions": EXTENSION_SUFFIXES,
}))
"""


class Interpreter(Struct, frozen=True):
    """A Python interpreter, and what can be learned about it without importing packages.

    `folders` are those it finds packages in, `standard` the names of its standard modules, `extensions` the
    suffixes of its compiled modules. All paths are absolute.
    """

    executable: str
    version: tuple[int, int, int]
    base_prefix: str
    folders: tuple[str, ...]
    standard: frozenset[str]
    extensions: tuple[str, ...]

    @property
    def version_text(self) -> str:
        """The version as people write it, such as 3.13.1."""
        return ".".join(map(str, self.version))

    def library_path(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The part of the loader's path that this interpreter needs; some in CI cannot start without it."""
        prefix = self.base_prefix + os.sep
        entries = environment.get("LD_LIBRARY_PATH", "").split(os.pathsep)
        own = [entry for entry in entries if entry.startswith(prefix)]
        return {"LD_LIBRARY_PATH": os.pathsep.join(own)} if own else {}


def own_interpreter() -> Interpreter:
    """The interpreter that the checker runs in."""
    return Interpreter(
        sys.executable,
        sys.version_info[:3],
        sys.base_prefix,
        tuple(site_folders()),
        sys.stdlib_module_names,
        tuple(EXTENSION_SUFFIXES),
    )


def find_interpreter(python: str) -> Interpreter:
    """The interpreter with the program `python`, an absolute path; it is started once to ask it.

    Raises ConfigError when it cannot be started or is older than Python 3.11.
    """
    answer = _ask(python)
    if answer.version < OLDEST:
        found = ".".join(map(str, answer.version))
        raise ConfigError(f"{python} is Python {found}, and snippets need 3.11 or later")
    folders = tuple(each for each in answer.folders if os.path.isdir(each))
    return replace(answer, executable=python, folders=folders)


def _ask(python: str) -> Interpreter:
    # Imported here: only another interpreter has to be started.
    import subprocess

    try:
        done = subprocess.run(
            [python, "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_SECONDS,
            cwd="/",
            env={name: os.environ[name] for name in _HANDED_ON if name in os.environ},
            check=False,
        )
        return msgspec.json.decode(done.stdout, type=Interpreter)
    except OSError as error:
        why = f"does not start: {error.strerror}"
    except subprocess.TimeoutExpired:
        why = f"did not answer in {_ANSWER_SECONDS:g} s"
    except msgspec.DecodeError:
        why = "is no Python: " + (_last_line(done.stderr) or "it gave no answer")
    raise ConfigError(f"the interpreter for snippets, {python}, {why}")


def _last_line(complaint: bytes) -> str:
    return complaint.decode(errors="replace").strip().rpartition("\n")[2]


def site_folders() -> list[str]:
    """The package folders of the checker's own interpreter, including the user's when it is enabled.

    The current folder and PYTHONPATH are left out: a session uses neither.
    """
    folders = site.getsitepackages()
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return [folder for folder in folders if os.path.isdir(folder)]
