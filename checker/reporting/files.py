"""Writes reports to disk: completely or not at all."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from checker.errors import CheckerError


def write_report(path: str, text: str | Iterable[str]) -> None:
    """Write a report as UTF-8, atomically. Raises CheckerError, with the path, when that is not possible.

    It may come in pieces, of which only one needs to be in memory at a time.
    """
    target = Path(path)
    pieces = (text,) if isinstance(text, str) else text
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:  # a pipe or /dev/stdout is written to, never replaced
                file.writelines(map(str.encode, pieces))
        else:
            _replace(Path(os.path.realpath(path)), map(str.encode, pieces))
    except OSError as error:
        raise CheckerError(
            f"{path}: the report could not be written: {error.strerror}",
            "Name a file in a folder that exists and that you may write to.",
        ) from error


def write_new(texts: Mapping[str, str], *, force: bool = False) -> None:
    """Write new files and their folders. Raises CheckerError, before writing any, if one exists.

    With `force`, existing regular files are replaced.
    """
    for path in texts:
        if os.path.lexists(path) and not (force and os.path.isfile(path) and not os.path.islink(path)):
            raise CheckerError(
                f"{path} is there already",
                "Nothing was written. --force writes over it, --dry-run shows what.",
            )
    for path, text in texts.items():
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            _replace(Path(path), [text.encode()])
        except OSError as error:
            raise CheckerError(
                f"{path}: could not be written: {error.strerror}", "Choose a folder that you may write to."
            ) from error


def _replace(target: Path, content: Iterable[bytes]) -> None:
    # A name of our own, since the target's may already have the maximum length.
    temporary = target.parent / f".coursecheck-{os.urandom(8).hex()}.tmp"
    try:
        with temporary.open("xb") as file:
            file.writelines(content)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
