"""The `landlock` tier: for containers where no namespaces are available. Lessons share the machine's own.

Files are restricted by Landlock; the network, and changes to files without opening them, by a seccomp filter;
signals by Landlock's scopes or by the filter. When the checker is root, each lesson gets its own user.
Otherwise it has the checker's user, and the filter refuses what the kernel would separate by user.
"""

import os
from collections.abc import Callable, Iterator
from typing import NoReturn

from checker.running.sandbox import fencing, keeping, libc, rulesets, seccomp
from checker.running.sandbox.fixtures import copy_fixtures
from checker.running.sandbox.folders import remove_tree
from checker.running.sandbox.root import DEVICES
from checker.running.sandbox.tier import Confinement, Place, Tier
from checker.running.sandbox.view import View

TIER = Tier(
    "landlock",
    (
        "reads no file but its own, the interpreter with its packages, and the system's programs in /usr",
        "writes no file but its own, in a private folder that is removed afterwards",
        "signals, traces or reads the memory of no process but its own",
        "opens no socket at all, and no shared memory",
        "finds no environment variable, open descriptor or terminal of the checker's",
        "has no privilege and cannot get any, not even inside a namespace of its own",
        "reaches no kernel interface on the deny list (mounts, bpf, io_uring, keys, userfaultfd, …)",
        "uses no more wall time, processor time, memory, processes, disk, files and output than its limits",
        "leaves nothing behind: its first process adopts and ends all others, and removes its files",
        "cannot change what the checker or another lesson sees, nor the lesson after it",
    ),
    (
        "hide whether a file is there, its size and its owner: a path can be asked about, not opened",
        "hide that other processes are there, and the host's name",
        "give a lesson a network: not even a server of its own on the loopback",
        "give a lesson the usual /tmp and /dev/shm: TMPDIR is set, and named semaphores are refused",
        "let a lesson change the mode or the times of its own files, unless the checker is root",
        "hold the limits on disk, and of the checker's own user on processes, at once: it looks every few ms",
    ),
)


# What programs look up about themselves and the machine; it says nothing about other processes.
_OWN_PROCESS = ("fd", "limits", "maps", "smaps", "stat", "statm", "status", "task")
_MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/proc/filesystems", "/proc/version")


class Landlock:
    """The tier in a zygote; the first process and the sessions of each lesson have a copy of its state."""

    TIER = TIER

    def __init__(self) -> None:
        self._zygote = os.getpid()
        self._view = View((), ())
        self._folder = ""
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
        self._view, self._folder = confinement.view, confinement.folder
        self._reader = keeping.choose_reader(self._view, self._machine.users)
        self._make_folder(confinement.fixtures)
        self._may_end_at_once = keeping.give_up(self._reader, self._machine, confinement, self._zygote)
        return Place(os.getpid(), self._folder, own_disk=False, counts=self._reader.user is not None)

    def enter_session(self) -> None:
        """See Isolation."""
        rulesets.restrict_files(self._rules(), tcp=False)
        if rulesets.version() < rulesets.SCOPES_SINCE:
            libc.install_filter(fencing.fence_signals(os.getpid()))
        libc.install_filter(fencing.fence(own_user=self._owns_its_files_only()))

    def is_spent(self) -> bool:
        """See Isolation: lessons share nothing."""
        return False

    def end_all(self) -> None:
        """See Isolation."""
        keeping.end_all(at_once=self._may_end_at_once)

    def leave(self) -> None:
        """See Isolation."""
        remove_tree(self._folder)

    def _make_folder(self, fixtures: str | None) -> None:
        os.umask(0o022)
        home, work, tmp = make_folder(self._folder, self._reader.user)
        if fixtures is not None:
            copy_fixtures(fixtures, work, self._reader.user)
        os.environ.update(HOME=home, TMPDIR=tmp)
        os.chdir(work)

    def _owns_its_files_only(self) -> bool:
        return self._reader.user is not None and self._reader.capability != libc.CAP_DAC_OVERRIDE

    def _rules(self) -> Iterator[tuple[str, int]]:
        for path in self._view.paths:
            yield path, rulesets.READ
        for name in DEVICES:
            yield f"/dev/{name}", rulesets.WRITE_DEVICE
        for name in _OWN_PROCESS:
            yield f"/proc/self/{name}", rulesets.READ
        for path in _MACHINE:
            yield path, rulesets.READ
        yield self._folder, rulesets.OWN


def make_folder(folder: str, owner: int | None) -> tuple[str, str, str]:
    """Make a lesson's folder, which must not exist yet; returns its home, working folder and TMPDIR."""
    home, tmp = f"{folder}/reader", f"{folder}/temporary"
    work = f"{home}/lesson"
    os.mkdir(folder, 0o700)
    for each in (home, tmp, work):
        os.mkdir(each, 0o700)
    if owner is not None:
        for each in (home, tmp, work, folder):
            os.chown(each, owner, owner)
    return home, work, tmp
