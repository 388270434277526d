"""Measures how much memory the processes of a sandbox use, from outside."""

import os
from collections.abc import Iterable

from checker.running.sandbox.members import read

_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_used(processes: int, members: Iterable[int], limit: int) -> int:
    """The bytes that the `members` use together; exact only near the limit.

    `processes` is a descriptor of the /proc that lists them. The resident size is cheap to read and an upper
    bound of a process's proportional share. Only when their sum reaches the limit are the shares read, for
    which the kernel walks all pages.
    """
    resident = {pid: _resident(processes, pid) for pid in members}
    if sum(resident.values()) <= limit:
        return sum(resident.values())
    return sum(_share(processes, pid, instead=bytes_) for pid, bytes_ in resident.items())


def _resident(processes: int, pid: int) -> int:
    fields = read(processes, f"{pid}/statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _share(processes: int, pid: int, instead: int) -> int:
    """The proportional set size (PSS); `instead` when the process does not show it."""
    for line in read(processes, f"{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    return instead
