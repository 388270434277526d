"""A seccomp filter that refuses the system calls that no lesson needs.

The namespaces already take away most of their effects; this filter reduces the reachable surface of the
kernel. Calls newer than the list get ENOSYS, as on an old kernel.
"""

import os
from functools import cache

from checker.running.sandbox import bpf, libc

# name: (x86_64, aarch64); None where the architecture does not have it. From 424 on the numbers are equal.
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
    # Opening files by handle bypasses the mounts.
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # Memory that the limits do not see: anonymous files and System V.
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
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

# Memory that the limits do not see. The kernel gives a lesson no more than 4,096 segments of one page.
_SEGMENTS = {"shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197)}
_SHMGET = (29, 194)
_PAGE, _SHM_HUGETLB = 4096, 0x800

_CHECKED = {"clone": (56, 220), "socket": (41, 198), "ioctl": (16, 29), "personality": (135, 92)}
_CLONE3 = 435
_NEWEST = 462  # mseal, Linux 6.10
_X32 = 0x40000000  # the second set of numbers that an x86_64 kernel may accept

# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
_NEW_NAMESPACES = 0x7E020000
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK, _NETLINK_ROUTE = 1, 2, 10, 16, 0
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_PERSONALITY_QUERY = 0xFFFFFFFF


@cache
def program(*, segments: bool = False) -> bytes:
    """The filter for this machine, ready for `libc.install_filter`.

    `segments` allows System V segments of up to one page. PostgreSQL does not start without one, which tells
    it that no other server uses its data.
    """
    column = list(libc.FAMILIES).index(os.uname().machine)
    refused = _DENIED if segments else {**_DENIED, **_SEGMENTS, "shmget": _SHMGET}
    denied = [each[column] for each in refused.values()]
    clone, socket, ioctl, personality = (each[column] for each in _CHECKED.values())
    parts = [
        bpf.load(bpf.ARCH),
        bpf.unless(bpf.EQUAL, libc.numbers().audit_arch, bpf.KILL),
        bpf.load(bpf.NUMBER),
        bpf.when(bpf.GREATER_EQUAL, _X32, bpf.ENOSYS),
        bpf.when(bpf.GREATER, _NEWEST, bpf.ENOSYS),
        # Its flags are behind a pointer, which a filter cannot follow; the C library then uses clone.
        bpf.when(bpf.EQUAL, _CLONE3, bpf.ENOSYS),
        *(bpf.when(bpf.EQUAL, number, bpf.EPERM) for number in denied if number is not None),
        bpf.only(_SHMGET[column], _segment_rules()),
        bpf.only(clone, bpf.argument(0) + bpf.when(bpf.ANY_BIT, _NEW_NAMESPACES, bpf.EPERM)),
        bpf.only(socket, _socket_rules()),
        bpf.only(
            ioctl,
            bpf.argument(1)
            + bpf.when(bpf.EQUAL, _TIOCSTI, bpf.EPERM)
            + bpf.when(bpf.EQUAL, _TIOCLINUX, bpf.EPERM),
        ),
        bpf.only(
            personality,
            bpf.argument(0)
            + bpf.when(bpf.EQUAL, _PERSONALITY_QUERY, bpf.ALLOW)
            + bpf.unless(bpf.EQUAL, 0, bpf.EPERM),
        ),
        bpf.answer(bpf.ALLOW),
    ]
    return b"".join(parts)


def _segment_rules() -> bytes:
    """No more than a page: the size is the second argument, and has two halves."""
    return (
        bpf.argument(1, high=True)
        + bpf.unless(bpf.EQUAL, 0, bpf.EPERM)
        + bpf.argument(1)
        + bpf.when(bpf.GREATER, _PAGE, bpf.EPERM)
        + bpf.argument(2)
        + bpf.when(bpf.ANY_BIT, _SHM_HUGETLB, bpf.EPERM)
    )


def _socket_rules() -> bytes:
    """Allow only families that the network namespace confines: vsock, for one, reaches the host."""
    families = (_AF_UNIX, _AF_INET, _AF_INET6)
    return (
        bpf.argument(0)
        + b"".join(bpf.when(bpf.EQUAL, family, bpf.ALLOW) for family in families)
        + bpf.unless(bpf.EQUAL, _AF_NETLINK, bpf.EAFNOSUPPORT)
        + bpf.argument(2)
        + bpf.unless(bpf.EQUAL, _NETLINK_ROUTE, bpf.EAFNOSUPPORT)
    )
