"""Finds the descendants of a process in a /proc that also lists others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def descendants(processes: str | int, first: int) -> list[int]:
    """The descendants of `first`, without itself; `processes` is a /proc, as a path or an open folder.

    Processes that start or end in the meantime may be missing.
    """
    with _opened(processes) as folder:
        found = waiting = _children(folder, first)
        while waiting:
            waiting = [child for each in waiting for child in _children(folder, each)]
            found += waiting
        return found


def children(processes: str | int, parent: int) -> list[int]:
    """The processes whose parent is `parent`."""
    with _opened(processes) as folder:
        return _children(folder, parent)


@contextmanager
def _opened(processes: str | int) -> Iterator[int]:
    if isinstance(processes, int):
        yield processes
        return
    folder = os.open(processes, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield folder
    finally:
        os.close(folder)


def _children(folder: int, process: int) -> list[int]:
    tasks = f"{process}/task"
    return [
        int(child)
        for task in _names(folder, tasks)
        for child in read(folder, f"{tasks}/{task}/children").split()
    ]


def _names(folder: int, path: str) -> list[str]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
    except OSError:  # the process has ended
        return []
    try:
        return os.listdir(descriptor)
    except OSError:
        return []
    finally:
        os.close(descriptor)


def read(folder: int, path: str) -> str:
    """A file of a process; empty when the process is gone or the file may not be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY, dir_fd=folder)
        with open(descriptor, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
