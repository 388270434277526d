"""The system calls that no lesson needs, as a seccomp filter.

The namespaces already take most of the effect of these away; what is refused here is the kernel's surface
behind them. Anything newer than the list is answered as an old kernel would, with ENOSYS.
"""

import errno
import os
import struct

from checker.running.sandbox import libc

# name: (x86_64, aarch64); None where the family does not have it. From 424 on the numbers are the same.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    # Mounts and roots.
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    # Other namespaces; `clone` with such flags is refused below.
    "unshare": (272, 97), "setns": (308, 268),
    # Other processes: memory, descriptors, control.
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    # Files by handle go round the mounts.
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # Memory that the limits do not see: anonymous files and System V.
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "semget": (64, 190), "semctl": (66, 191), "semop": (65, 193), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgctl": (71, 187), "msgsnd": (69, 189), "msgrcv": (70, 188),
    # Large, young or rarely used parts of the kernel.
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "syslog": (103, 116),
    "fanotify_init": (300, 262), "fanotify_mark": (301, 263), "lookup_dcookie": (212, 18),
    "move_pages": (279, 239), "migrate_pages": (256, 238), "mbind": (237, 235),
    "set_mempolicy": (238, 237), "set_mempolicy_home_node": (450, 450), "modify_ldt": (154, None),
    "iopl": (172, None), "ioperm": (173, None), "uselib": (134, None), "sysfs": (139, None),
    # The machine itself.
    "reboot": (169, 142), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162), "vhangup": (153, 58), "nfsservctl": (180, 42),
}  # fmt: skip

_CHECKED = {"clone": (56, 220), "socket": (41, 198), "ioctl": (16, 29), "personality": (135, 92)}
_CLONE3 = 435
_NEWEST = 462  # mseal, Linux 6.10
_X32 = 0x40000000  # the second set of numbers that an x86_64 kernel may answer to

# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
_NEW_NAMESPACES = 0x7E020000
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK, _NETLINK_ROUTE = 1, 2, 10, 16, 0
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_PERSONALITY_QUERY = 0xFFFFFFFF

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _RETURN = 0x20, 0x06
_JUMP_EQUAL, _JUMP_GREATER, _JUMP_GREATER_EQUAL, _JUMP_ANY_BIT = 0x15, 0x25, 0x35, 0x45
# Offsets in struct seccomp_data; an argument's low half comes first on both families.
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16

_EPERM = _ERRNO | errno.EPERM
_ENOSYS = _ERRNO | errno.ENOSYS
_EAFNOSUPPORT = _ERRNO | errno.EAFNOSUPPORT


def program() -> bytes:
    """The filter for this machine, ready for `libc.install_filter`."""
    column = list(libc.FAMILIES).index(os.uname().machine)
    denied = [each[column] for each in _DENIED.values()]
    clone, socket, ioctl, personality = (each[column] for each in _CHECKED.values())
    parts = [
        _load(_ARCH),
        _unless(_JUMP_EQUAL, libc.numbers().audit_arch, _KILL),
        _load(_NUMBER),
        _when(_JUMP_GREATER_EQUAL, _X32, _ENOSYS),
        _when(_JUMP_GREATER, _NEWEST, _ENOSYS),
        # Its flags are behind a pointer that a filter cannot follow; the C library then uses clone.
        _when(_JUMP_EQUAL, _CLONE3, _ENOSYS),
        *(_when(_JUMP_EQUAL, number, _EPERM) for number in denied if number is not None),
        _only(clone, _argument(0) + _when(_JUMP_ANY_BIT, _NEW_NAMESPACES, _EPERM)),
        _only(socket, _socket_rules()),
        _only(
            ioctl,
            _argument(1) + _when(_JUMP_EQUAL, _TIOCSTI, _EPERM) + _when(_JUMP_EQUAL, _TIOCLINUX, _EPERM),
        ),
        _only(
            personality,
            _argument(0) + _when(_JUMP_EQUAL, _PERSONALITY_QUERY, _ALLOW) + _unless(_JUMP_EQUAL, 0, _EPERM),
        ),
        _answer(_ALLOW),
    ]
    return b"".join(parts)


def _socket_rules() -> bytes:
    """Only families that the network namespace contains: vsock, for one, reaches the host regardless."""
    families = (_AF_UNIX, _AF_INET, _AF_INET6)
    return (
        _argument(0)
        + b"".join(_when(_JUMP_EQUAL, family, _ALLOW) for family in families)
        + _unless(_JUMP_EQUAL, _AF_NETLINK, _EAFNOSUPPORT)
        + _argument(2)
        + _unless(_JUMP_EQUAL, _NETLINK_ROUTE, _EAFNOSUPPORT)
    )


def _instruction(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)


def _load(offset: int) -> bytes:
    return _instruction(_LOAD, offset)


def _argument(index: int) -> bytes:
    return _load(_FIRST_ARGUMENT + 8 * index)


def _answer(verdict: int) -> bytes:
    return _instruction(_RETURN, verdict)


def _when(test: int, value: int, verdict: int) -> bytes:
    return _instruction(test, value, 0, 1) + _answer(verdict)


def _unless(test: int, value: int, verdict: int) -> bytes:
    return _instruction(test, value, 1, 0) + _answer(verdict)


def _only(number: int, rules: bytes) -> bytes:
    """For this system call the rules decide; what they do not refuse is allowed."""
    body = rules + _answer(_ALLOW)
    return _instruction(_JUMP_EQUAL, number, 0, len(body) // 8) + body
