"""Folders that are expensive to make: made once and kept for later runs."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from checker.errors import CheckerError

_READY = "ready"


def make_once(kept: Path, fill: Callable[[Path], None]) -> Path:
    """The folder `kept`, which `fill` makes unless an earlier run has made it.

    It is made beside its place and then moved there. An interrupted run never leaves a folder that looks
    complete, and two runs may make it at the same time. Raises CheckerError when the folder cannot be moved,
    and whatever `fill` raises.
    """
    if (kept / _READY).exists():
        return kept
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unready = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.rmtree(unready, ignore_errors=True)
    try:
        fill(unready)
        (unready / _READY).touch()
        _move(unready, kept)
    finally:
        shutil.rmtree(unready, ignore_errors=True)
    return kept


def _move(unready: Path, kept: Path) -> None:
    try:
        unready.rename(kept)
    except OSError as error:  # another run was faster, or the folder is not ours
        if not (kept / _READY).exists():
            raise CheckerError(f"{kept} cannot be moved to its place: {error.strerror}") from None
