"""Landlock, as far as this kernel supports it: restricts files, TCP ports and signals.

What Landlock never covers is refused by `fencing`: sockets by path, UDP, and changes to the owner or mode of
a file.
"""

import ctypes
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from checker.running.sandbox import libc

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_ASK_VERSION = 1
_BELOW_PATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _MAKE_SOCK, _MAKE_FIFO, _MAKE_SYM = (
    1 << bit for bit in (4, 5, 7, 8, 9, 10, 12)
)
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = _EXECUTE | _READ_FILE | _READ_DIR
LIST = _READ_DIR
WRITE_DEVICE = _READ_FILE | _WRITE_FILE
# Everything but device nodes, which require privileges anyway.
OWN = (
    READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SOCK | _MAKE_FIFO
    | _MAKE_SYM | _REFER | _TRUNCATE
)  # fmt: skip
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
# The number of file access rights that each version handles; the last holds for later versions.
_FILE_ACCESSES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_ALL_TCP, _ALL_SCOPES = 3, 3  # binding and connecting; abstract sockets and signals
TRUNCATE_SINCE, _TCP_SINCE, SCOPES_SINCE = 3, 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The version of Landlock's interface. Raises OSError where Landlock is not available."""
    return libc.call("ask for Landlock", _CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)


def restrict_files(rules: Iterable[tuple[str, int]], *, tcp: bool) -> None:
    """Restrict this process and its children to these paths, each with its access rights, for good.

    `tcp` says whether they may use TCP. Where the version supports scopes, signals and abstract sockets are
    confined to them. Paths that do not exist are left out.
    """
    abi = version()
    handled = (1 << _FILE_ACCESSES.get(abi, _FILE_ACCESSES[5])) - 1
    wanted = _Ruleset(
        handled,
        _ALL_TCP if not tcp and abi >= _TCP_SINCE else 0,
        _ALL_SCOPES if abi >= SCOPES_SINCE else 0,
    )
    with _ruleset(wanted) as ruleset:
        for path, allowed in rules:
            _allow(ruleset, path, allowed & handled)
        _enforce(ruleset)


def restrict_signals() -> None:
    """Confine signals to this process and its children, where the version supports scopes."""
    if version() < SCOPES_SINCE:
        return
    with _ruleset(_Ruleset(_REFER, 0, _ALL_SCOPES)) as ruleset:
        # Moving files between folders is the one right that every ruleset denies unless it is granted.
        _allow(ruleset, "/", _REFER)
        _enforce(ruleset)


@contextmanager
def _ruleset(wanted: _Ruleset) -> Iterator[int]:
    size = ctypes.c_size_t(ctypes.sizeof(wanted))
    ruleset = libc.call("make a Landlock ruleset", _CREATE, ctypes.byref(wanted), size, 0)
    try:
        yield ruleset
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, allowed: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(f"/proc/self/fd/{parent}"):
            allowed &= _OF_A_FILE
        rule = _Rule(allowed, parent)
        libc.call(f"allow {path}", _ADD, ruleset, _BELOW_PATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _enforce(ruleset: int) -> None:
    libc.call("enforce Landlock", _RESTRICT, ruleset, 0)
