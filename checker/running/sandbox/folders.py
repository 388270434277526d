"""Removes what a lesson has written: trees of any depth, with any permissions."""

import os
from contextlib import suppress
from itertools import count


def remove_tree(folder: str) -> None:
    """Remove a folder and everything in it, if it exists; no other process may still write to it."""
    with suppress(FileNotFoundError):
        empty(folder)
        os.rmdir(folder)


def empty(folder: str) -> None:
    """Remove everything in a folder. Links are removed, never followed.

    A tree can be deeper than any path may be long, and deeper than recursion allows. Folders inside a folder
    are therefore moved up until none of them contains another.
    """
    names = count()
    while folders := _remove_files(folder):
        for each in folders:
            inner = os.path.join(folder, each)
            for name in _remove_files(inner):
                os.rename(os.path.join(inner, name), _unused(folder, names))
            os.rmdir(inner)


def _remove_files(folder: str) -> list[str]:
    """Remove everything that is not a folder; returns the names of the folders."""
    os.chmod(folder, 0o700)
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)  # moving a folder requires write permission on it
                folders.append(entry.name)
            else:
                os.unlink(entry.path)
    return folders


def _unused(folder: str, names: "count[int]") -> str:
    while os.path.lexists(path := os.path.join(folder, f".removed-{next(names)}")):
        pass
    return path
