"""Filter programs for seccomp: a system call is looked at by number and arguments, and gets an answer."""

import errno
import struct

ALLOW, KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOSYS = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
EAFNOSUPPORT = _ERRNO | errno.EAFNOSUPPORT
# "Machine is not on the network": no other call on a lesson's way answers so.
ENONET = _ERRNO | errno.ENONET

_LOAD, _RETURN = 0x20, 0x06
EQUAL, GREATER, GREATER_EQUAL, ANY_BIT = 0x15, 0x25, 0x35, 0x45
# Offsets in struct seccomp_data; an argument's low half comes first on the families that we know.
NUMBER, ARCH, _FIRST_ARGUMENT = 0, 4, 16
_AND = 0x54


def _instruction(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value & 0xFFFFFFFF)


def load(offset: int) -> bytes:
    """Look at the word at this offset."""
    return _instruction(_LOAD, offset)


def argument(index: int, *, high: bool = False) -> bytes:
    """Look at the low half of an argument, or at the high one."""
    return load(_FIRST_ARGUMENT + 8 * index + 4 * high)


def masked(mask: int) -> bytes:
    """Keep only these bits of what is looked at."""
    return _instruction(_AND, mask)


def answer(verdict: int) -> bytes:
    """The end of the program, or of the rules for one call."""
    return _instruction(_RETURN, verdict)


def when(test: int, value: int, verdict: int) -> bytes:
    """Answer if the test holds for what is looked at."""
    return _instruction(test, value, 0, 1) + answer(verdict)


def unless(test: int, value: int, verdict: int) -> bytes:
    """Answer if it does not."""
    return _instruction(test, value, 1, 0) + answer(verdict)


def only(number: int, rules: bytes) -> bytes:
    """For this system call the rules decide; what they do not refuse is allowed."""
    body = rules + answer(ALLOW)
    return _instruction(EQUAL, number, 0, len(body) // 8) + body
