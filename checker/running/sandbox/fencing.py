"""Additional seccomp filters for sessions that share the machine's namespaces.

Landlock covers neither sockets by path nor UDP, nor changes to a file without opening it, nor limits and
priorities of other processes of the same user; before version 6 it does not cover signals.
"""

import os
from collections.abc import Iterable, Iterator

from checker.running.sandbox import bpf, libc, rulesets

_Calls = dict[str, tuple[int | None, int | None]]

# name: (x86_64, aarch64), as in `seccomp`.
_NETWORK: _Calls = {"socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201)}
_QUEUES: _Calls = {"mq_open": (240, 180), "mq_unlink": (241, 181)}
_WATCHES: _Calls = {
    "inotify_init": (253, None), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
}  # fmt: skip
_OWNERS: _Calls = {
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
}  # fmt: skip
# For files that the user owns: not needed for a lesson with its own user.
_MODES: _Calls = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
}  # fmt: skip
# prlimit64, sched_setaffinity, _setscheduler, _setparam and _setattr, and the argument that names a process.
_OF_OTHERS = (
    ((302, 261), 0), ((203, 122), 0), ((144, 119), 0), ((142, 118), 0), ((314, 274), 0),
)  # fmt: skip
_SETPRIORITY, _IOPRIO_SET = (141, 140), (251, 30)
_PRIO_PROCESS, _IOPRIO_WHO_PROCESS = 0, 1
_SOCKETPAIR = (53, 199)
_SOCK_TYPE_MASK, _SOCK_DGRAM = 0xF, 2
_TRUNCATE: _Calls = {"truncate": (76, 45)}

# The first argument is a process or a process group.
_SIGNALS_TO = ((62, 129), (234, 131))  # kill and tgkill
_SIGNALS: _Calls = {
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}  # fmt: skip
_FCNTL, _IOCTL = (72, 25), (16, 29)
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_FIOSETOWN, _SIOCSPGRP = 0x8901, 0x8902


def fence(*, own_user: bool) -> bytes:
    """The filter for a session in the machine's own namespaces.

    `own_user` is true when the session's user owns no files but the lesson's.
    """
    refused = {**_QUEUES, **_WATCHES, **_OWNERS}
    if not own_user:
        refused |= _MODES
    if rulesets.version() < rulesets.TRUNCATE_SINCE:
        refused |= _TRUNCATE
    column = _column()
    datagrams = bpf.masked(_SOCK_TYPE_MASK) + bpf.when(bpf.EQUAL, _SOCK_DGRAM, bpf.ENONET)
    return b"".join(
        (
            bpf.load(bpf.NUMBER),
            *_refuse(_NETWORK, bpf.ENONET),
            *_refuse(refused, bpf.EPERM),
            # A pair of datagram sockets can send to any socket by path.
            bpf.only(_SOCKETPAIR[column], bpf.argument(1) + datagrams),
            *(bpf.only(numbers[column], _must_be(index, 0)) for numbers, index in _OF_OTHERS),
            # Neither may it name a process group or a user.
            bpf.only(_SETPRIORITY[column], _must_be(0, _PRIO_PROCESS) + _must_be(1, 0)),
            bpf.only(_IOPRIO_SET[column], _must_be(0, _IOPRIO_WHO_PROCESS) + _must_be(1, 0)),
            bpf.answer(bpf.ALLOW),
        )
    )


def fence_signals(process: int) -> bytes:
    """The filter for kernels whose Landlock does not cover signals: `process` may only signal itself."""
    column = _column()
    owner = (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX)
    return b"".join(
        (
            bpf.load(bpf.NUMBER),
            *_refuse(_SIGNALS, bpf.EPERM),
            *(bpf.only(numbers[column], _must_be(0, process)) for numbers in _SIGNALS_TO),
            bpf.only(_FCNTL[column], bpf.argument(1) + _any_of(owner)),
            bpf.only(_IOCTL[column], bpf.argument(1) + _any_of((_FIOSETOWN, _SIOCSPGRP))),
            bpf.answer(bpf.ALLOW),
        )
    )


def _column() -> int:
    return list(libc.FAMILIES).index(os.uname().machine)


def _refuse(calls: _Calls, verdict: int) -> Iterator[bytes]:
    for numbers in calls.values():
        number = numbers[_column()]
        if number is not None:
            yield bpf.when(bpf.EQUAL, number, verdict)


def _must_be(index: int, value: int) -> bytes:
    return bpf.argument(index) + bpf.unless(bpf.EQUAL, value, bpf.EPERM)


def _any_of(values: Iterable[int]) -> bytes:
    return b"".join(bpf.when(bpf.EQUAL, value, bpf.EPERM) for value in values)
