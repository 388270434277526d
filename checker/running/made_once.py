"""Folders that cost much to make: made once, kept, and found ready by every later run."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from checker.errors import CheckerError

_READY = "ready"


def make_once(kept: Path, fill: Callable[[Path], None]) -> Path:
    """`kept`, which `fill` has made beside its place if no earlier run has; its folder is made for it.

    What a run leaves half-way never looks ready, and of two runs at once either may be first. Raises
    CheckerError when the folder cannot be moved to its place, and whatever `fill` raises.
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
    except OSError as error:  # another run was faster, or it is not ours
        if not (kept / _READY).exists():
            raise CheckerError(f"{kept} cannot be moved to its place: {error.strerror}") from None
