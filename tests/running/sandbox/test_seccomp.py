"""The filter, decided by a small interpreter of BPF for both processor families."""

import errno
import os
from types import SimpleNamespace

import pytest

from checker.running.sandbox import libc, seccomp
from tests.running.sandbox.kernel import decide

ALLOWED = 0x7FFF0000
KILLED = 0x80000000


def program(*, segments: bool = False) -> bytes:
    """Made anew: the filter itself is made once, for the machine that there is."""
    return seccomp.program.__wrapped__(segments=segments)


def refused(number: int) -> int:
    return 0x00050000 | number


@pytest.fixture(params=["x86_64", "aarch64"])
def family(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine=request.param))
    return str(request.param)


# x86_64 and aarch64: what ordinary programs do.
ORDINARY = {
    "read": (0, 63),
    "openat": (257, 56),
    "mmap": (9, 222),
    "execve": (59, 221),
    "futex": (202, 98),
    "kill": (62, 129),
    "prctl": (157, 167),
    "getrandom": (318, 278),
    "pidfd_open": (434, 434),
    "rseq": (334, 293),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_calls_are_allowed(family: str, name: str) -> None:
    number = ORDINARY[name][family == "aarch64"]
    assert decide(program(), libc.FAMILIES[family].audit_arch, number) == ALLOWED


def test_every_denied_call_is_refused(family: str) -> None:
    made, arch = program(), libc.FAMILIES[family].audit_arch
    numbers = [each[family == "aarch64"] for each in seccomp._DENIED.values()]
    answers = {decide(made, arch, number) for number in numbers if number is not None}
    assert answers == {refused(errno.EPERM)}


def test_no_number_stands_twice(family: str) -> None:
    numbers = [each[family == "aarch64"] for each in (*seccomp._DENIED.values(), *seccomp._CHECKED.values())]
    present = [number for number in numbers if number is not None]
    assert len(set(present)) == len(present)


ARGUMENTS = [
    ("clone", (0x01200011,), ALLOWED),
    ("clone", (0x003D0F00,), ALLOWED),
    ("clone", (0x10000011,), refused(errno.EPERM)),
    ("clone", (0x00020011,), refused(errno.EPERM)),
    ("clone", (0x40000000,), refused(errno.EPERM)),
    ("socket", (1, 1, 0), ALLOWED),
    ("socket", (2, 1, 6), ALLOWED),
    ("socket", (10, 2, 0), ALLOWED),
    ("socket", (16, 3, 0), ALLOWED),
    ("socket", (16, 3, 9), refused(errno.EAFNOSUPPORT)),
    ("socket", (17, 3, 0), refused(errno.EAFNOSUPPORT)),
    ("socket", (38, 5, 0), refused(errno.EAFNOSUPPORT)),
    ("socket", (40, 1, 0), refused(errno.EAFNOSUPPORT)),
    ("ioctl", (0, 0x5401), ALLOWED),
    ("ioctl", (0, 0x5412), refused(errno.EPERM)),
    # The kernel looks at the low half only, and so does the filter.
    ("ioctl", (0, 0x1_0000_5412), refused(errno.EPERM)),
    ("ioctl", (0, 0x541C), refused(errno.EPERM)),
    ("personality", (0xFFFFFFFF,), ALLOWED),
    ("personality", (0,), ALLOWED),
    ("personality", (0x0040000,), refused(errno.EPERM)),
]


@pytest.mark.parametrize(("name", "arguments", "answer"), ARGUMENTS)
def test_arguments_decide(family: str, name: str, arguments: tuple[int, ...], answer: int) -> None:
    number = seccomp._CHECKED[name][family == "aarch64"]
    assert decide(program(), libc.FAMILIES[family].audit_arch, number, *arguments) == answer


@pytest.mark.parametrize("name", seccomp._SEGMENTS)
def test_segments_are_only_for_who_needs_one(family: str, name: str) -> None:
    number, arch = seccomp._SEGMENTS[name][family == "aarch64"], libc.FAMILIES[family].audit_arch
    assert decide(program(), arch, number) == refused(errno.EPERM)
    assert decide(program(segments=True), arch, number) == ALLOWED


SIZES = {
    "a header": ((0, 56, 0o3600), ALLOWED),
    "a page": ((0, 4096, 0o3600), ALLOWED),
    "more": ((0, 4097, 0o3600), refused(errno.EPERM)),
    "much more": ((0, 1 << 32, 0o3600), refused(errno.EPERM)),
    "a huge page": ((0, 56, 0o3600 | 0o4000), refused(errno.EPERM)),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_segment_is_no_larger_than_a_page(family: str, name: str) -> None:
    number, arch = seccomp._SHMGET[family == "aarch64"], libc.FAMILIES[family].audit_arch
    arguments, answer = SIZES[name]
    assert decide(program(segments=True), arch, number, *arguments) == answer
    assert decide(program(), arch, number, *arguments) == refused(errno.EPERM)


@pytest.mark.parametrize("number", [435, 463, 0x3FFFFFFF, 0x40000000 + 39, 0xFFFFFFFF])
def test_what_is_newer_or_of_another_numbering_does_not_exist(family: str, number: int) -> None:
    assert decide(program(), libc.FAMILIES[family].audit_arch, number) == refused(errno.ENOSYS)


@pytest.mark.usefixtures("family")
def test_another_architecture_s_calls_end_the_process() -> None:
    i386 = 0x40000003
    assert decide(program(), i386, 20) == KILLED


def test_a_processor_whose_numbers_are_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine="riscv64"))
    with pytest.raises(OSError, match="riscv64"):
        libc.numbers()
