"""Run a command as a container of Docker's would, without Docker: `python -m tests.as_in_docker COMMAND…`.

Installs what Docker's default seccomp profile comes to without privileges, and gives up the capabilities
that its containers do not have. `--without-landlock` refuses Landlock as well, as its old profiles do.
"""

import ctypes
import os
import sys
from collections.abc import Sequence

from checker.running.sandbox import bpf, libc

# name: (x86_64, aarch64). Answered with EPERM, as everything is that is not on the profile's list.
REFUSED = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "syslog": (103, 116),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "open_by_handle_at": (304, 265), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    "fanotify_init": (300, 262),
    "quotactl": (179, 60), "reboot": (169, 142), "kexec_load": (246, 104), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "settimeofday": (164, 170), "move_pages": (279, 239), "lookup_dcookie": (212, 18),
}  # fmt: skip
LANDLOCK = (444, 445, 446)
CLONE, CLONE3 = (56, 220), 435
NEW_NAMESPACES = 0x7E020000
# CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT,
# MKNOD, AUDIT_WRITE and SETFCAP.
CAPABILITIES = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}
CAP_BSET_DROP, NO_NEW_PRIVS = 24, 38


def main(arguments: Sequence[str]) -> None:
    """Become the command."""
    without_landlock = arguments[0] == "--without-landlock"
    command = arguments[1:] if without_landlock else arguments
    drop_capabilities()
    if os.geteuid() != 0:
        libc.prctl("give up new privileges", NO_NEW_PRIVS, 1)
    libc.install_filter(program(without_landlock=without_landlock))
    if os.geteuid() == 0:
        limit_capabilities()
    os.execvp(command[0], list(command))


def drop_capabilities() -> None:
    """From the bounding set, so that root does not get them back with the command."""
    if os.geteuid() == 0:
        with open("/proc/sys/kernel/cap_last_cap") as file:
            last = int(file.read())
        for capability in set(range(last + 1)) - CAPABILITIES:
            libc.prctl("bound capabilities", CAP_BSET_DROP, capability)


def limit_capabilities() -> None:
    """From this process too: only now, because to install a filter takes one of them."""
    held = sum(1 << each for each in CAPABILITIES)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)(held, held, 0, 0, 0, 0)
    if ctypes.CDLL(None).capset(header, sets) != 0:
        sys.exit("capabilities cannot be limited")


def program(*, without_landlock: bool) -> bytes:
    """The filter."""
    column = list(libc.FAMILIES).index(os.uname().machine)
    refused = [each[column] for each in REFUSED.values()]
    unknown = [CLONE3, *(LANDLOCK if without_landlock else ())]
    return b"".join(
        (
            bpf.load(bpf.NUMBER),
            *(bpf.when(bpf.EQUAL, number, bpf.EPERM) for number in refused),
            *(bpf.when(bpf.EQUAL, number, bpf.ENOSYS) for number in unknown),
            bpf.only(CLONE[column], bpf.argument(0) + bpf.when(bpf.ANY_BIT, NEW_NAMESPACES, bpf.EPERM)),
            bpf.answer(bpf.ALLOW),
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
