"""The interpreter that snippets run in: the checker's own, or one that somebody names."""

import os
import site
import sys
from collections.abc import Mapping
from importlib.machinery import EXTENSION_SUFFIXES

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.errors import ConfigError

# The worker is written for it: exact places in tracebacks came with 3.11.
OLDEST = (3, 11)

_ANSWER_SECONDS = 60.0  # a cold start from a slow disk
# Without the user's folder of packages it cannot be found, without the loader's path some do not start.
_HANDED_ON = ("HOME", "LD_LIBRARY_PATH")
# In words that an older interpreter, too, understands.
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
    """A Python, and what can be told about it without importing any package.

    `folders` are those that it finds packages in, `standard` the names of the modules that come with it,
    `extensions` the endings of its compiled modules. All paths are absolute.
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
        """What of the loader's path belongs to it: some cannot start without, in CI above all."""
        prefix = self.base_prefix + os.sep
        entries = environment.get("LD_LIBRARY_PATH", "").split(os.pathsep)
        own = [entry for entry in entries if entry.startswith(prefix)]
        return {"LD_LIBRARY_PATH": os.pathsep.join(own)} if own else {}


def own_interpreter() -> Interpreter:
    """The one that the checker itself runs in."""
    return Interpreter(
        sys.executable,
        sys.version_info[:3],
        sys.base_prefix,
        tuple(site_folders()),
        sys.stdlib_module_names,
        tuple(EXTENSION_SUFFIXES),
    )


def find_interpreter(python: str) -> Interpreter:
    """The interpreter whose program is `python`, an absolute path; it is started once and asked.

    Raises ConfigError when it cannot be started or is older than Python 3.11.
    """
    answer = _ask(python)
    if answer.version < OLDEST:
        found = ".".join(map(str, answer.version))
        raise ConfigError(f"{python} is Python {found}, and snippets need 3.11 or later")
    folders = tuple(each for each in answer.folders if os.path.isdir(each))
    return replace(answer, executable=python, folders=folders)


def _ask(python: str) -> Interpreter:
    # The checker itself is asked nothing: only another interpreter pays for the import.
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
    """Where the checker's own interpreter finds packages; the user's folder is one when it is in use.

    Not the current folder and not PYTHONPATH: a session sees neither.
    """
    folders = site.getsitepackages()
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return [folder for folder in folders if os.path.isdir(folder)]
