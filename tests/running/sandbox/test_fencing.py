"""The filter for sessions in the machine's own namespaces, decided for both processor families."""

import errno
import os
from types import SimpleNamespace

import pytest

from checker.running.sandbox import fencing, libc, rulesets
from tests.running.sandbox.kernel import decide

ALLOWED = 0x7FFF0000
NO_NETWORK = 0x00050000 | errno.ENONET
REFUSED = 0x00050000 | errno.EPERM


@pytest.fixture(params=["x86_64", "aarch64"], autouse=True)
def family(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=request.param))
    monkeypatch.setattr(rulesets, "version", lambda: 7)
    return str(request.param)


def answer(family: str, numbers: tuple[int, int], *arguments: int, own_user: bool = False) -> int:
    program = fencing.fence(own_user=own_user)
    return decide(program, libc.FAMILIES[family].audit_arch, numbers[family == "aarch64"], *arguments)


# Name, numbers, arguments.
ORDINARY = [
    ("read", (0, 63), ()),
    ("openat", (257, 56), ()),
    ("sendmsg", (46, 211), ()),
    ("socketpair", (53, 199), (1, 1, 0)),
    ("socketpair-close-on-exec", (53, 199), (1, 1 | 0o2000000, 0)),
    ("socketpair-seqpacket", (53, 199), (1, 5, 0)),
    ("kill", (62, 129), (99, 9)),
    ("setrlimit", (302, 261), (0, 9)),
    ("sched_setaffinity", (203, 122), (0, 8)),
    ("nice", (141, 140), (0, 0, 5)),
    ("ioprio_set", (251, 30), (1, 0)),
    ("truncate", (76, 45), ()),
    ("fcntl", (72, 25), (3, 8, 99)),
]
SEALED = [
    ("socket", (41, 198), (1, 1, 0), NO_NETWORK),
    ("tcp", (41, 198), (2, 1, 6), NO_NETWORK),
    ("connect", (42, 203), (), NO_NETWORK),
    ("bind", (49, 200), (), NO_NETWORK),
    ("listen", (50, 201), (), NO_NETWORK),
    ("socketpair-datagram", (53, 199), (1, 2, 0), NO_NETWORK),
    ("socketpair-datagram-close-on-exec", (53, 199), (1, 2 | 0o2000000, 0), NO_NETWORK),
    ("fchmodat2", (452, 452), (), REFUSED),
    ("utimensat", (280, 88), (), REFUSED),
    ("fchownat", (260, 54), (), REFUSED),
    ("setxattr", (188, 5), (), REFUSED),
    ("inotify_init1", (294, 26), (), REFUSED),
    ("mq_open", (240, 180), (), REFUSED),
    ("limits-of-another", (302, 261), (99, 9), REFUSED),
    ("processors-of-another", (203, 122), (99, 8), REFUSED),
    ("scheduler-of-another", (144, 119), (99,), REFUSED),
    ("nice-of-another", (141, 140), (0, 99, 5), REFUSED),
    ("nice-of-a-group", (141, 140), (1, 0, 5), REFUSED),
    ("nice-of-a-user", (141, 140), (2, 0, 5), REFUSED),
    ("io-of-another", (251, 30), (1, 99), REFUSED),
    ("io-of-a-user", (251, 30), (3, 0), REFUSED),
]


@pytest.mark.parametrize(("numbers", "arguments"), [each[1:] for each in ORDINARY])
def test_what_a_lesson_needs_is_allowed(
    family: str, numbers: tuple[int, int], arguments: tuple[int, ...]
) -> None:
    assert answer(family, numbers, *arguments) == ALLOWED


@pytest.mark.parametrize(("numbers", "arguments", "expected"), [each[1:] for each in SEALED])
def test_what_reaches_others_is_refused(
    family: str, numbers: tuple[int, int], arguments: tuple[int, ...], expected: int
) -> None:
    assert answer(family, numbers, *arguments) == expected


def test_who_owns_no_file_but_its_own_may_change_their_mode_and_not_their_owner(family: str) -> None:
    assert answer(family, (452, 452), own_user=True) == ALLOWED
    assert answer(family, (280, 88), own_user=True) == ALLOWED
    assert answer(family, (260, 54), own_user=True) == REFUSED


def test_where_landlock_does_not_cover_it_truncating_is_refused(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulesets, "version", lambda: 2)
    assert answer(family, (76, 45)) == REFUSED


@pytest.mark.parametrize(
    ("numbers", "arguments", "expected"),
    [
        ((62, 129), (77, 15), ALLOWED),
        ((234, 131), (77, 78, 6), ALLOWED),
        ((72, 25), (3, 1), ALLOWED),
        ((16, 29), (3, 0x5401), ALLOWED),
        ((62, 129), (76, 15), REFUSED),
        ((62, 129), (0xFFFFFFFF, 15), REFUSED),
        ((234, 131), (76, 76, 6), REFUSED),
        ((200, 130), (77, 9), REFUSED),
        ((129, 138), (77, 9), REFUSED),
        ((424, 424), (3, 9), REFUSED),
        ((72, 25), (3, 8, 99), REFUSED),
        ((72, 25), (3, 10, 9), REFUSED),
        ((72, 25), (3, 15), REFUSED),
        ((16, 29), (3, 0x8901), REFUSED),
        ((16, 29), (3, 0x8902), REFUSED),
    ],
)
def test_where_landlock_does_not_hold_signals_a_process_reaches_itself_only(
    family: str, numbers: tuple[int, int], arguments: tuple[int, ...], expected: int
) -> None:
    program = fencing.fence_signals(77)
    number = numbers[family == "aarch64"]
    assert decide(program, libc.FAMILIES[family].audit_arch, number, *arguments) == expected
