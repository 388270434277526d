"""Resource limits that the kernel enforces for each process, or for all processes of a lesson's user."""

import math
import os
import resource

_OPEN_FILES = 1024
# Each thread reserves this much for its stack and uses little of it: address space is not memory.
_STACK = 8 << 20
# Kept back, so that the harness can still report that memory ran out.
_RESERVE = 64 << 20


def limit_lesson(*, processes: int | None, seconds: float, disk: int) -> None:
    """Set the limits that all processes of the lesson inherit; `processes` counts all of the user's.

    Must be called inside the lesson's user namespace, where there is one.
    """
    if processes is not None:
        _limit(resource.RLIMIT_NPROC, processes + 1)  # the first process of the sandbox is ours
    # Only a program with several busy threads needs more processor time than wall time. One more second to
    # report it.
    _limit(resource.RLIMIT_CPU, math.ceil(seconds), math.ceil(seconds) + 1)
    _limit(resource.RLIMIT_FSIZE, disk)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    # With 0 the kernel still passes a core dump to the host's handler, if there is one; with 1 it does not.
    _limit(resource.RLIMIT_CORE, 1)
    _limit(resource.RLIMIT_MSGQUEUE, 0)
    _limit(resource.RLIMIT_STACK, _STACK)


def limit_memory(memory: int, processes: int) -> None:
    """Let the calling process reserve `memory` bytes more than it has.

    One large allocation is refused at once, with MemoryError. The actual use of all processes together is
    watched from outside.
    """
    with open("/proc/self/statm", "rb", buffering=0) as file:
        pages = int(file.read().split()[0])
    wanted = pages * os.sysconf("SC_PAGE_SIZE") + memory + processes * _STACK
    _limit(resource.RLIMIT_AS, wanted, wanted + _RESERVE)


def release_reserve() -> None:
    """After a MemoryError, let this process have the little that is needed to report it."""
    _, ceiling = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, unless this process already has a lower one."""
    _, ceiling = resource.getrlimit(which)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))
