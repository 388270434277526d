"""Assembles seccomp filters, which test a system call's number and arguments and return a verdict."""

import errno
import struct

ALLOW, KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOSYS = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
EAFNOSUPPORT = _ERRNO | errno.EAFNOSUPPORT
# "Machine is not on the network": no other system call that a lesson makes returns this error.
ENONET = _ERRNO | errno.ENONET

_LOAD, _RETURN = 0x20, 0x06
EQUAL, GREATER, GREATER_EQUAL, ANY_BIT = 0x15, 0x25, 0x35, 0x45
# Offsets in struct seccomp_data; the low half of an argument comes first on the supported architectures.
NUMBER, ARCH, _FIRST_ARGUMENT = 0, 4, 16
_AND = 0x54


def _instruction(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value & 0xFFFFFFFF)


def load(offset: int) -> bytes:
    """Load the word at this offset."""
    return _instruction(_LOAD, offset)


def argument(index: int, *, high: bool = False) -> bytes:
    """Load the low half of an argument, or its high half."""
    return load(_FIRST_ARGUMENT + 8 * index + 4 * high)


def masked(mask: int) -> bytes:
    """Keep only these bits of the loaded word."""
    return _instruction(_AND, mask)


def answer(verdict: int) -> bytes:
    """Return the verdict: the end of the program, or of the rules for one call."""
    return _instruction(_RETURN, verdict)


def when(test: int, value: int, verdict: int) -> bytes:
    """Return the verdict if the test holds for the loaded word."""
    return _instruction(test, value, 0, 1) + answer(verdict)


def unless(test: int, value: int, verdict: int) -> bytes:
    """Return the verdict if the test does not hold."""
    return _instruction(test, value, 1, 0) + answer(verdict)


def only(number: int, rules: bytes) -> bytes:
    """Apply the rules to this system call; what they do not refuse is allowed."""
    body = rules + answer(ALLOW)
    return _instruction(EQUAL, number, 0, len(body) // 8) + body
