"""Resource limits that the kernel holds for each process, or for all processes of a lesson's user."""

import math
import os
import resource

_OPEN_FILES = 1024
# Each thread reserves this much for its stack and most never touch it: room that is not memory.
_STACK = 8 << 20
# What is kept back, so that the harness can still say that memory ran out.
_RESERVE = 64 << 20


def limit_lesson(*, processes: int | None, seconds: float, disk: int) -> None:
    """Limit what all processes of the lesson inherit; `processes` counts all of the user's.

    It must happen inside the lesson's user namespace, where there is one.
    """
    if processes is not None:
        _limit(resource.RLIMIT_NPROC, processes + 1)  # the first process of the sandbox is ours
    # Nobody needs more processor time than wall time but a program with busy threads; a second to say so.
    _limit(resource.RLIMIT_CPU, math.ceil(seconds), math.ceil(seconds) + 1)
    _limit(resource.RLIMIT_FSIZE, disk)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    # With 0 the kernel still hands a core dump to the host's handler, where there is one; with 1 it does not.
    _limit(resource.RLIMIT_CORE, 1)
    _limit(resource.RLIMIT_MSGQUEUE, 0)
    _limit(resource.RLIMIT_STACK, _STACK)


def limit_memory(memory: int, processes: int) -> None:
    """Let the calling process reserve `memory` bytes more than it has.

    This refuses one large allocation at once, as MemoryError. What is really used, by all processes
    together, is watched from outside.
    """
    with open("/proc/self/statm", "rb", buffering=0) as file:
        pages = int(file.read().split()[0])
    wanted = pages * os.sysconf("SC_PAGE_SIZE") + memory + processes * _STACK
    _limit(resource.RLIMIT_AS, wanted, wanted + _RESERVE)


def release_reserve() -> None:
    """After a MemoryError: let this process have the little that is needed to report it."""
    _, ceiling = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, or leave a lower one that this process already has."""
    _, ceiling = resource.getrlimit(which)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))
