"""System calls that Python has no function for, through the C library.

Every function raises OSError with the failed step as its filename, so that a refusal can be explained.
"""

import ctypes
import os
from functools import cache
from typing import NamedTuple

# PyDLL keeps the GIL during a call: `clone` must return in the child with the lock held.
_libc = ctypes.PyDLL(None, use_errno=True)
_libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
MNT_DETACH = 2
# mount_setattr(2) has its own names for these flags.
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER = 1, 4, 22, 36
PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 8, 24, 38, 47
PR_CAP_AMBIENT_RAISE, PR_CAP_AMBIENT_CLEAR_ALL = 2, 4
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SETPCAP = 1, 2, 8
_CAPABILITY_VERSION_3 = 0x20080522
_UNUSED = (0, 0, 0, 0)  # prctl(2) requires unused arguments to be 0


class Numbers(NamedTuple):
    """What differs between processor architectures: system call numbers and the audit name."""

    audit_arch: int
    clone: int
    pivot_root: int


_MOUNT_SETATTR = 442  # from here on every architecture has the same numbers

FAMILIES = {
    "x86_64": Numbers(audit_arch=0xC000003E, clone=56, pivot_root=155),
    "aarch64": Numbers(audit_arch=0xC00000B7, clone=220, pivot_root=41),
}


def numbers() -> Numbers:
    """The numbers of this machine. Raises OSError for an architecture that is not supported."""
    machine = os.uname().machine
    if machine not in FAMILIES:
        raise OSError(0, f"system call numbers of {machine} are not known", "choose the numbers")
    return FAMILIES[machine]


def _check(result: int, step: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), step)
    return result


def clone(flags: int) -> int:
    """Fork into new namespaces; returns 0 in the child and the child's process id in the parent.

    Calls the same hooks as os.fork(), so that the interpreter state stays consistent.
    """
    hooks = ctypes.pythonapi
    hooks.PyOS_BeforeFork()
    sigchld = 17
    pid = int(_libc.syscall(numbers().clone, ctypes.c_ulong(flags | sigchld), None, None, None, None))
    if pid == 0:
        hooks.PyOS_AfterFork_Child()
    else:
        hooks.PyOS_AfterFork_Parent()
    return _check(pid, "create namespaces")


def call(step: str, number: int, *arguments: object) -> int:
    """Call a system call by number; `arguments` are integers or ctypes values."""
    return _check(int(_libc.syscall(number, *arguments)), step)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount `source` at `target`; an empty `kind` or `options` is NULL."""
    result = _libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _check(result, f"mount {target}")


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def restrict(path: str, attributes: int, *, recursive: bool = False) -> None:
    """Add attributes to the mount at `path` and, when `recursive`, to all mounts below it."""
    wanted = _MountAttributes(set=attributes)
    result = _libc.syscall(
        _MOUNT_SETATTR,
        _AT_FDCWD,
        path.encode(),
        _AT_RECURSIVE if recursive else 0,
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )
    _check(result, f"restrict {path}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root of this mount namespace and move the old root to `old`, which is below it."""
    _check(_libc.syscall(numbers().pivot_root, new.encode(), old.encode()), "change the root")


def detach(path: str) -> None:
    """Unmount `path` and everything below it."""
    _check(_libc.umount2(path.encode(), MNT_DETACH), f"detach {path}")


def prctl(step: str, option: int, *arguments: int) -> None:
    """Change a property of this process: an option and up to four arguments."""
    _check(_libc.prctl(option, *arguments, *_UNUSED[len(arguments) :]), step)


def bound_capabilities(kept: int | None = None) -> None:
    """Drop all capabilities but `kept` from the bounding set; this itself requires a capability."""
    prctl("clear ambient capabilities", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(last_capability() + 1):
        if capability != kept:
            prctl("bound capabilities", PR_CAPBSET_DROP, capability)


@cache
def last_capability() -> int:
    """The highest capability that this kernel has."""
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        return int(file.read())


def drop_capabilities() -> None:
    """Give up every capability."""
    _set_capabilities(0)


def keep_capability(capability: int) -> None:
    """Give up every capability but one, which executed programs inherit."""
    _set_capabilities(1 << capability)
    prctl("hand a capability on", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def capabilities() -> int:
    """The capabilities of this process, as a bit set."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1], 16) for line in file if line.startswith("CapEff:"))


def _set_capabilities(wanted: int) -> None:
    """Set all capability sets; all our capabilities have numbers below 32, so the other half is empty."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(wanted, wanted, wanted, 0, 0, 0)
    _check(_libc.capset(header, effective_permitted_inheritable), "set capabilities")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install_filter(program: bytes) -> None:
    """Install a seccomp filter: `program` is a sequence of 8-byte BPF instructions."""
    instructions = ctypes.create_string_buffer(program, len(program))
    wanted = _Program(len(program) // 8, ctypes.addressof(instructions))
    mode_filter = 2
    prctl("filter system calls", PR_SET_SECCOMP, mode_filter, ctypes.addressof(wanted))
