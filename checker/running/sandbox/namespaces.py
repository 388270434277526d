"""The `namespaces` tier: a lesson gets its own instance of every Linux namespace.

One clone makes the user, process, mount, network, IPC, host name and cgroup namespaces. Inside, the process
builds its own file tree, gives up all privileges for good, and is process 1: when it ends, the kernel ends
everything in there.
"""

import os
import struct
from collections.abc import Callable
from contextlib import ExitStack
from fcntl import ioctl
from socket import AF_INET, SOCK_DGRAM, sethostname, socket
from typing import NoReturn

from checker.running.sandbox import keeping, libc, seccomp
from checker.running.sandbox.limits import limit_lesson
from checker.running.sandbox.root import HOME, Disk, build_root
from checker.running.sandbox.tier import Confinement, Place, Tier

TIER = Tier(
    "namespaces",
    (
        "reads no file but its own, the interpreter with its packages, and the system's programs in /usr",
        "writes no file but its own, which are in memory and gone afterwards",
        "sees no process, and signals, traces or reads the memory of none, but its own",
        "reaches no network, no socket and no shared memory but its own; it has a loopback of its own",
        "finds no environment variable, open descriptor or terminal of the checker's",
        "has no privilege and cannot get any, not even inside a namespace of its own",
        "reaches no kernel interface on the deny list (mounts, bpf, io_uring, keys, userfaultfd, …)",
        "uses no more wall time, processor time, memory, processes, disk, files and output than its limits",
        "leaves nothing behind: with its first process the kernel ends all others and frees its files",
        "cannot change what the checker or another lesson sees, nor the lesson after it",
    ),
)

# User, PID, mount, network, IPC, UTS and cgroup.
_ALL = 0x10000000 | 0x20000000 | 0x00020000 | 0x40000000 | 0x08000000 | 0x04000000 | 0x02000000
_READER = 1000  # the lesson's user and group, as seen from inside
_NOBODY = 65534  # the same, as seen from outside, when the checker runs as root
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_INTERFACE = "16sh22x"  # struct ifreq: name, flags, rest of a union
_SIGKILL = 9


class Namespaces:
    """The tier; everything of a lesson ends with its first process, so it keeps no state."""

    TIER = TIER

    def __init__(self) -> None:
        # Found once here instead of in every lesson.
        seccomp.program()
        libc.last_capability()

    def start(self, inside: Callable[[], NoReturn]) -> int:
        """See Isolation."""
        return start(inside)

    def enter(self, confinement: Confinement) -> Place:
        """See Isolation."""
        enter(confinement)
        return Place(1, HOME, own_disk=True, counts=True)

    def enter_session(self) -> None:
        """See Isolation: the first process has given up everything already."""

    def is_spent(self) -> bool:
        """See Isolation: lessons share nothing."""
        return False

    def end_all(self) -> None:
        """See Isolation."""
        keeping.end_all(at_once=True)  # nothing but the lesson can be reached from in here

    def leave(self) -> None:
        """See Isolation: the kernel frees them."""


def start(inside: Callable[[], NoReturn]) -> int:
    """Run `inside` as process 1 of new namespaces; returns its pidfd. The caller must have one thread."""
    waits, releases = os.pipe()
    pid = libc.clone(_ALL)
    if pid == 0:
        os.close(releases)
        mapped = os.read(waits, 1)
        if not mapped:  # the parent is gone, or could not map our user
            os._exit(1)
        inside()
    os.close(waits)
    with ExitStack() as on_failure:
        on_failure.callback(os.close, releases)
        process = os.pidfd_open(pid)
        on_failure.callback(os.close, process)
        _map_identities(pid)
        os.write(releases, b"1")
        on_failure.pop_all()
    os.close(releases)
    return process


def enter(confinement: Confinement) -> None:
    """Confine process 1 and all its descendants for good."""
    sethostname("lesson")
    _raise_loopback()
    disk = Disk(confinement.disk, confinement.files, _READER, confinement.fixtures, confinement.layout)
    build_root(confinement.view, disk)
    libc.bound_capabilities()
    if os.getuid() != _READER:
        _become_reader()
    # Changing the user clears this setting, so it comes last. When the zygote ends, so does everything in
    # here.
    libc.prctl("end with the zygote", libc.PR_SET_PDEATHSIG, _SIGKILL)
    libc.drop_capabilities()
    libc.prctl("give up new privileges", libc.PR_SET_NO_NEW_PRIVS, 1)
    limit_lesson(processes=confinement.processes, seconds=confinement.seconds, disk=confinement.disk)
    libc.install_filter(seccomp.program(segments=confinement.layout.segments))
    # Process 1 shares its user with the lesson, which must not read or write its memory.
    libc.prctl("hide process 1", libc.PR_SET_DUMPABLE, 0)


def _map_identities(pid: int) -> None:
    """Map the users inside to users outside.

    The kernel does not count processes of the real root against RLIMIT_NPROC, so when the checker runs as
    root the lesson becomes nobody. Root is mapped as well, because only root may read everything that is
    bound.
    """
    if os.geteuid() == 0 and keeping.is_mapped(_NOBODY):
        lines = f"0 0 1\n{_READER} {_NOBODY} 1\n"
        _write(f"/proc/{pid}/uid_map", lines)
        _write(f"/proc/{pid}/gid_map", lines)
        return
    _write(f"/proc/{pid}/uid_map", f"{_READER} {os.geteuid()} 1\n")
    _write(f"/proc/{pid}/setgroups", "deny")
    _write(f"/proc/{pid}/gid_map", f"{_READER} {os.getegid()} 1\n")


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w") as file:
            file.write(text)
    except OSError as error:
        raise OSError(error.errno, error.strerror, "map the user") from error


def _become_reader() -> None:
    os.setgroups([])
    os.setresgid(_READER, _READER, _READER)
    os.setresuid(_READER, _READER, _READER)


def _raise_loopback() -> None:
    with socket(AF_INET, SOCK_DGRAM) as control:
        before = ioctl(control, _SIOCGIFFLAGS, struct.pack(_INTERFACE, b"lo", 0))
        _, flags = struct.unpack(_INTERFACE, before)
        ioctl(control, _SIOCSIFFLAGS, struct.pack(_INTERFACE, b"lo", flags | _IFF_UP))
