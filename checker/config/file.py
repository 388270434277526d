"""Finding and reading the file that holds the configuration, and the files that it names."""

import os
import stat
from collections.abc import Callable
from os.path import normpath, realpath, relpath
from pathlib import Path
from typing import Any

from checker.errors import ConfigError
from checker.patterns import regex

FILE_NAME = "coursecheck.toml"
PROJECT_NAME = "pyproject.toml"

_BYTES_MAX = 1 << 20

# tomllib says where only at the end of its message.
_TOML_PLACE = regex(r" \(at line (\d+), column (\d+)\)$")


def absolute(path: str) -> Path:
    """The path from the root, without `..`: what stands above `../other` is not what stands above here."""
    return Path(normpath(Path(path).absolute()))


def find_config(start: str) -> str | None:
    """The nearest configuration from the file or folder `start` upwards, as seen from the current folder.

    A `pyproject.toml` counts when it has `[tool.coursecheck]`; beside a `coursecheck.toml` it is not read.
    """
    first = absolute(start)
    for folder in (first, *first.parents):
        own, project = folder / FILE_NAME, folder / PROJECT_NAME
        if _is_there(own):
            return relpath(own)
        if _is_there(project) and _own_table(relpath(project)) is not None:
            return relpath(project)
    return None


def read_table(path: str) -> object:
    """What the file says about the course; what is not TOML is a ConfigError with line and column."""
    if Path(path).name != PROJECT_NAME:
        return _parse(path, read_text(path))
    table = _own_table(path)
    if table is None:
        raise ConfigError(f"{path}: there is no [tool.coursecheck] in it")
    return table


def resolve_inside(folder: str, name: str, key: str, exists: Callable[[Path], bool]) -> str:
    """The absolute path of a file or folder that the key `key` of the configuration names.

    A configuration may come from a stranger: it reaches nothing outside its own folder, through links
    neither. What is outside or not there is a ConfigError.
    """
    if "\0" in name:
        raise ConfigError(f"{key}: {name!r} is no path")
    found = Path(realpath(Path(folder, name)))  # resolve() raises when links lead in a circle
    if not found.is_relative_to(realpath(folder)):
        raise ConfigError(
            f"{key}: {name!r} is outside the configuration's folder", "Move it into the folder."
        )
    if not exists(found):
        raise ConfigError(f"{key}: there is no {name!r}", f"Paths count from {folder}.")
    return str(found)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:  # exists() raises when the folder may not be looked into
        return False
    return True


def _own_table(project: str) -> object | None:
    text = read_text(project)
    if "coursecheck" not in text:  # somebody else's: nothing to say about its mistakes
        return None
    tools = _parse(project, text).get("tool")
    return tools.get("coursecheck") if isinstance(tools, dict) else None


def read_inside(folder: str, name: str, key: str, most: int) -> str:
    """The text of a file that the key `key` names, of at most so many bytes; else a ConfigError says why."""
    path = resolve_inside(folder, name, key, Path.exists)
    return _decode(name, _read_bytes(path, name, most))


def read_text(path: str) -> str:
    """The text of a file that describes the course; what is no regular file of text is a ConfigError."""
    return _decode(path, _read_bytes(path, path, _BYTES_MAX))


def _read_bytes(path: str, shown: str, most: int) -> bytes:
    try:
        # Without O_NONBLOCK a FIFO of this name would hang the run.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ConfigError(f"{shown}: not a regular file")
            content = file.read(most + 1)
    except OSError as error:
        raise ConfigError(f"{shown}: {error.strerror}") from None
    if len(content) > most:
        raise ConfigError(f"{shown}: larger than {most >> 20} MiB")
    return content


def _decode(shown: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown}:{line}: not UTF-8 text") from None


def _parse(path: str, text: str) -> dict[str, Any]:
    # Most courses have no configuration: only those that do pay for the import.
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.search(message)
        at = f"{path}:{place[1]}:{place[2]}" if place else path
        raise ConfigError(f"{at}: not TOML: {_TOML_PLACE.sub('', message)}") from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deep") from None
