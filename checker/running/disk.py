"""Measures how much a lesson has written, from outside of its sandbox."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

_BLOCK = 512  # the unit of st_blocks, whatever the file system's own


class Usage(NamedTuple):
    """Bytes on disk, and the number of files and folders."""

    size: int
    files: int


def of_file_system(folder: int) -> Usage:
    """The usage of a file system that only the lesson writes to; `folder` is a descriptor of its root."""
    held = os.fstatvfs(folder)
    return Usage((held.f_blocks - held.f_bfree) * held.f_frsize, held.f_files - held.f_ffree)


def of_folder(folder: int, processes: int, members: Iterable[int]) -> Usage:
    """The usage of a folder, with deleted files that the `members` of `processes` (a /proc) keep open.

    `folder` and `processes` are descriptors. A folder that cannot be read, because it is too deep or not
    permitted, counts only as itself.
    """
    sizes: dict[int, int] = {}
    for held in (*_below(f"/proc/self/fd/{folder}"), *_removed(folder, processes, members)):
        sizes[held.st_ino] = held.st_blocks * _BLOCK
    return Usage(sum(sizes.values()), len(sizes))


def _below(path: str) -> Iterator[os.stat_result]:
    waiting = [path]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with suppress(OSError):  # deleted in the meantime
                    yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)


def _removed(folder: int, processes: int, members: Iterable[int]) -> Iterator[os.stat_result]:
    """The regular files of the folder's file system that were deleted but are still open."""
    device = os.fstat(folder).st_dev
    for pid in members:
        for held in _open_files(processes, pid):
            if held.st_dev == device and held.st_nlink == 0 and stat.S_ISREG(held.st_mode):
                yield held


def _open_files(processes: int, pid: int) -> Iterator[os.stat_result]:
    """The files that a process has open; none when it has ended."""
    with suppress(OSError):
        descriptors = os.open(f"{pid}/fd", os.O_RDONLY | os.O_DIRECTORY, dir_fd=processes)
        try:
            for name in os.listdir(descriptors):
                with suppress(OSError):  # closed in the meantime
                    yield os.stat(name, dir_fd=descriptors)
        finally:
            os.close(descriptors)
