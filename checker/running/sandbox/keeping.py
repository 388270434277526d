"""The work of a lesson's first process where no PID namespace ends the lesson's processes with it.

It adopts every process of the lesson whose parent ends, so that none is lost, and ends all of them.
"""

import os
import signal
import stat
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import NamedTuple, NoReturn

from checker.running.sandbox import libc, rulesets, seccomp
from checker.running.sandbox.limits import limit_lesson
from checker.running.sandbox.members import children, descendants
from checker.running.sandbox.tier import Confinement
from checker.running.sandbox.view import View

# User ids that no system assigns: below those of systemd, above those of people.
_FIRST_USER, _USERS = 40_000, 20_000
_PAUSE = 0.005
_FRESH_SECONDS = 1.0
# Processes that others may start as the same user in the meantime, so that they do not count against the
# lesson.
_ROOM = 32
_ORPHAN_SECONDS = 5.0


class Reader(NamedTuple):
    """The user that a lesson runs as: one of its own, or None for the checker's user.

    `capability` is one that it keeps: root's own interpreter often is below /root, which no other user may
    enter. Landlock still decides which files can be opened there.
    """

    user: int | None
    capability: int | None = None


def fork(inside: Callable[[], NoReturn]) -> int:
    """Run `inside` in a child process; returns its pidfd. The caller must have one thread."""
    waits, releases = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(releases)
        os.read(waits, 1)  # a child that ends at once would be reaped before its pidfd is open
        inside()
    os.close(waits)
    try:
        return os.pidfd_open(pid)
    finally:
        os.close(releases)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    libc.prctl("adopt orphans", libc.PR_SET_CHILD_SUBREAPER, 1)


def keep_only(*descriptors: int) -> None:
    """Close all descriptors except these and the null device on 0, 1 and 2."""
    first = 3
    for each in sorted(descriptors):
        os.closerange(first, each)
        first = each + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


class Machine(NamedTuple):
    """What a zygote knows about the machine; looking anew for every lesson would take milliseconds.

    `users` are those that had processes, `tasks` is the number of processes and threads of our own user.
    """

    users: frozenset[int]
    tasks: int
    seen: float

    @classmethod
    def look(cls, before: "Machine | None" = None) -> "Machine":
        """Look at the machine, unless `before` is less than a second old."""
        now = time.monotonic()
        if before is not None and now - before.seen < _FRESH_SECONDS:
            return before
        if os.geteuid() == 0:
            return cls(frozenset(_users()), 0, now)
        return cls(frozenset(), _tasks_of(os.getuid()), now)


def choose_reader(view: View, taken: Collection[int]) -> Reader:
    """The user that a lesson can run as here: one that is not `taken`, where we may choose one."""
    if os.geteuid() != 0:
        return Reader(None)
    numbers = (_FIRST_USER + (os.getpid() + each) % _USERS for each in range(_USERS))
    user = next((each for each in numbers if each not in taken and is_mapped(each)), None)
    if user is None or all(_is_open(path) for path in view.paths):
        return Reader(user)
    held = libc.capabilities()
    wanted = (libc.CAP_DAC_READ_SEARCH, libc.CAP_DAC_OVERRIDE)
    capability = next((each for each in wanted if held & 1 << each), None)
    return Reader(None if capability is None else user, capability)


def is_mapped(user: int) -> bool:
    """Whether this user exists here: a rootless container may have only root."""
    with open("/proc/self/uid_map") as file:
        ranges = [tuple(map(int, line.split())) for line in file]
    return any(first <= user < first + count for first, _, count in ranges)


def _is_open(path: str) -> bool:
    """Whether anybody may read what is at this real path."""
    above, _, _ = path.rpartition("/")
    while above:
        if not os.stat(above).st_mode & stat.S_IXOTH:
            return False
        above, _, _ = above.rpartition("/")
    return bool(os.stat(path).st_mode & stat.S_IROTH)


def give_up(reader: Reader, machine: Machine, confinement: Confinement, zygote: int) -> bool:
    """Become `reader` without privileges, with limits and filters, and confine signals to this process tree.

    `zygote` is a process outside of the tree. Returns whether `end_all` may signal everything that it can
    reach: only when that is proven to be ours.
    """
    processes = confinement.processes
    if reader.user is None:
        processes += machine.tasks + _ROOM
        libc.drop_capabilities()
    else:
        _become(reader.user, reader.capability)
    libc.prctl("give up new privileges", libc.PR_SET_NO_NEW_PRIVS, 1)
    adopt_orphans()
    limit_lesson(processes=processes, seconds=confinement.seconds, disk=confinement.disk)
    rulesets.restrict_signals()
    libc.install_filter(seccomp.program(segments=confinement.layout.segments))
    libc.prctl("hide the first process", libc.PR_SET_DUMPABLE, 0)
    return not _reaches(zygote)


def end_all(*, at_once: bool) -> None:
    """End every descendant of this process; `at_once` is what `give_up` returned."""
    while has_children():
        if at_once:
            # One call signals everything we may signal; none of the processes can start another meanwhile.
            with suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            end_descendants()
        time.sleep(_PAUSE)


def end_orphans(kept: Collection[int]) -> None:
    """End what this process has adopted: everything that does not descend from its children `kept`."""
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while time.monotonic() < deadline:
        orphans = [pid for pid in children("/proc", os.getpid()) if pid not in kept]
        for orphan in orphans:
            for pid in (orphan, *descendants("/proc", orphan)):
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        if not orphans:
            return
        time.sleep(_PAUSE)


def pid_of(pidfd: int) -> int:
    """The process id of a pidfd in this namespace; -1 when the process is gone."""
    with open(f"/proc/self/fdinfo/{pidfd}") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))


def end_descendants() -> None:
    """End the current descendants of this process."""
    for pid in descendants("/proc", os.getpid()):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def has_children() -> bool:
    """Whether this process has children or adopted orphans; those that have ended are reaped."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _become(user: int, capability: int | None) -> None:
    if libc.capabilities() & 1 << libc.CAP_SETPCAP:
        libc.bound_capabilities(kept=capability)
    os.setgroups([])
    os.setresgid(user, user, user)
    libc.prctl("keep capabilities for a moment", libc.PR_SET_KEEPCAPS, 1)
    os.setresuid(user, user, user)
    if capability is None:
        libc.drop_capabilities()
    else:
        libc.keep_capability(capability)


def _reaches(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return False
    except ProcessLookupError:
        return True  # nothing is proven
    return True


def _users() -> Iterator[int]:
    for name in _processes():
        with suppress(FileNotFoundError):
            yield os.stat(f"/proc/{name}").st_uid


def _processes() -> list[str]:
    return [name for name in os.listdir("/proc") if name.isdigit()]


def _tasks_of(user: int) -> int:
    """The number of processes and threads of this user, which count against the lesson's limit."""
    count = 0
    for name in _processes():
        with suppress(FileNotFoundError, ProcessLookupError):
            if os.stat(f"/proc/{name}").st_uid == user:
                count += len(os.listdir(f"/proc/{name}/task"))
    return count
