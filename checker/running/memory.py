"""How much memory the processes of a sandbox use, seen from outside."""

import os

_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_used(processes: int, limit: int) -> int:
    """Bytes that all processes of a sandbox use together; exact only when it is about the limit.

    `processes` is a descriptor of the sandbox's own /proc, which lists its processes and no others. What is
    resident is cheap to read and never less than a process's share, so as long as its sum is below the limit
    nobody needs to ask for the shares, for which the kernel walks all pages.
    """
    try:
        present = [name for name in os.listdir(processes) if name.isdigit()]
    except OSError:  # the sandbox has ended
        return 0
    resident = {name: _resident(processes, name) for name in present}
    if sum(resident.values()) <= limit:
        return sum(resident.values())
    return sum(_share(processes, name, instead=bytes_) for name, bytes_ in resident.items())


def _resident(processes: int, name: str) -> int:
    fields = _read(processes, f"{name}/statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _share(processes: int, name: str, instead: int) -> int:
    """The proportional share (PSS). A process that hides itself is counted with all that it has."""
    for line in _read(processes, f"{name}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    return instead


def _read(processes: int, path: str) -> str:
    """A file of a process; empty when the process is gone or may not be asked."""
    try:
        descriptor = os.open(path, os.O_RDONLY, dir_fd=processes)
        with open(descriptor) as file:
            return file.read()
    except OSError:
        return ""
