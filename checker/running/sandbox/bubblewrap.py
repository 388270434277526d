"""The `bubblewrap` tier: for distributions where only bubblewrap may make namespaces.

The zygote runs in a sandbox made by bubblewrap, with the same file tree as in the `namespaces` tier. Lessons
run in it one at a time. Landlock and the seccomp filter keep each away from the zygote and from what it may
not write. When a lesson ends, all its processes are ended and its files removed.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NoReturn

from checker.running.sandbox import fencing, keeping, libc, rulesets, seccomp
from checker.running.sandbox.fixtures import copy_fixtures
from checker.running.sandbox.folders import remove_tree
from checker.running.sandbox.root import DEVICES, HOME, WORK
from checker.running.sandbox.tier import NOTHING, Confinement, Place, Tier
from checker.running.sandbox.view import View

TIER = Tier(
    "bubblewrap",
    (
        "reads no file but its own, the interpreter with its packages, and the system's programs in /usr",
        "writes no file but its own, which are in memory and gone afterwards",
        "sees no process but its own and those that keep it; signals, traces and reads its own only",
        "reaches no network, no socket and no shared memory but its own; it has a loopback of its own",
        "finds no environment variable, open descriptor or terminal of the checker's",
        "has no privilege and cannot get any, not even inside a namespace of its own",
        "reaches no kernel interface on the deny list (mounts, bpf, io_uring, keys, userfaultfd, …)",
        "uses no more wall time, processor time, memory, processes, disk, files and output than its limits",
        "leaves nothing behind: its first process adopts and ends all others, and removes its files",
        "cannot change what the checker or another lesson sees, nor the lesson after it",
    ),
    ("hide the processes that keep it, and what is mounted where",),
    shares_zygote=False,
)

# The lesson's disk; its home, /tmp and /dev/shm are links into it. An interpreter in a user's home is bound
# into it read-only.
DISK = "/home"
TMP, SHM = f"{DISK}/.tmp", f"{DISK}/.shm"
FIXTURES = "/run/fixtures"


def own_folder(path: str) -> str:
    """Where a folder that the lesson finds at `path` is on the lesson's disk."""
    return f"{DISK}/.own{path.replace('/', '.')}"


_SYSTEM = ("/dev", "/etc", "/proc")


class Bubblewrap:
    """The tier in a zygote; the first process and the sessions of each lesson have a copy of its state."""

    TIER = TIER

    def __init__(self) -> None:
        self._zygote = os.getpid()
        self._view = View((), ())
        self._layout = NOTHING
        self._reader = keeping.Reader(None)
        self._machine = keeping.Machine.look()
        self._may_end_at_once = False
        seccomp.program()  # found once here instead of in every lesson

    def start(self, inside: Callable[[], NoReturn]) -> int:
        """See Isolation."""
        self._machine = keeping.Machine.look(self._machine)
        return keeping.fork(inside)

    def enter(self, confinement: Confinement) -> Place:
        """See Isolation."""
        rulesets.version()
        self._view = confinement.view
        self._reader = keeping.choose_reader(self._view, self._machine.users)
        self._layout = confinement.layout
        self._make_disk(confinement.fixtures)
        self._may_end_at_once = keeping.give_up(self._reader, self._machine, confinement, self._zygote)
        return Place(os.getpid(), DISK, own_disk=True, counts=True)

    def enter_session(self) -> None:
        """See Isolation."""
        rulesets.restrict_files(self._rules(), tcp=True)
        if rulesets.version() < rulesets.SCOPES_SINCE:
            libc.install_filter(fencing.fence_signals(os.getpid()))

    def is_spent(self) -> bool:
        """See Isolation: a closed connection holds its port for a minute, and shared memory stays."""
        return any(_has_entries(table) for table in ("/proc/net/tcp", "/proc/net/tcp6", "/proc/sysvipc/shm"))

    def end_all(self) -> None:
        """See Isolation."""
        keeping.end_all(at_once=self._may_end_at_once)

    def leave(self) -> None:
        """See Isolation."""
        for each in self._own():
            with suppress(PermissionError):  # root may own the disk itself; its contents are gone
                remove_tree(each)

    def _make_disk(self, fixtures: str | None) -> None:
        os.umask(0o022)
        for each in self._own():  # the previous lesson may have been ended from outside
            remove_tree(each)
        os.chmod(DISK, 0o755)  # noqa: S103 Landlock says who writes in it
        for path in (HOME, WORK, TMP, SHM, *self._own()[3:]):
            mode = 0o1777 if path in (TMP, SHM) else 0o755
            os.mkdir(path)
            os.chmod(path, mode)  # regardless of the umask
            if self._reader.user is not None:
                os.chown(path, self._reader.user, self._reader.user)
        if fixtures is not None:
            copy_fixtures(FIXTURES, WORK, self._reader.user)
        os.chdir(WORK)

    def _rules(self) -> Iterator[tuple[str, int]]:
        yield "/", rulesets.LIST
        for path in (*self._view.paths, *_SYSTEM):
            yield path, rulesets.READ
        for name in DEVICES:
            yield f"/dev/{name}", rulesets.WRITE_DEVICE
        for _, path in self._layout.shown:
            yield path, rulesets.READ
        for path in self._own():
            yield path, rulesets.OWN

    def _own(self) -> tuple[str, ...]:
        return (HOME, TMP, SHM, *map(own_folder, self._layout.folders))


def _has_entries(table: str) -> bool:
    with open(table, encoding="ascii") as file:
        return len(file.readlines()) > 1  # the first line is the header
