"""Results for files around the checked lessons, by the files' size, times and the like.

An unchanged file is not even opened: checking one lesson must not cost as much as its course. All results are
one cache entry, since whoever needs one needs all.
"""

import os
import time
from functools import cached_property

import msgspec
from msgspec import Struct

from checker.cache import Cache

# FAT's times have a resolution of two seconds, and network file systems choose their own.
_MOMENT = 3_000_000_000  # nanoseconds


class _Kept(Struct, frozen=True, array_like=True):
    """The result for a file, and the file's state at that time."""

    looks: tuple[int, ...]
    made: bytes


class Untouched:
    """Results for files, as bytes; `key` identifies the function, and everything it depends on."""

    def __init__(self, cache: Cache, key: bytes) -> None:
        self._cache = cache
        self._key = key
        self._looks: dict[str, tuple[int, ...] | None] = {}
        self._new: dict[str, _Kept] = {}

    def get(self, path: str) -> bytes | None:
        """The result for the file, None when it is unknown or the file has changed."""
        looks = self._looks[path] = looks_of(path)
        known = self._known.get(path)
        return known.made if known is not None and known.looks == looks else None

    def put(self, path: str, made: bytes) -> None:
        """Store the result for a file in the state in which it was asked for."""
        looks = self._looks[path]
        if looks is not None:
            self.keep(path, looks, made)

    def keep(self, path: str, looks: tuple[int, ...], made: bytes) -> None:
        """Store the result for a file in this state."""
        self._new[path] = _Kept(looks, made)

    def flush(self) -> None:
        """Store new results, and forget removed files."""
        if self._new:
            left = {path: each for path, each in self._known.items() if os.path.lexists(path)}
            self._known = left | self._new
            self._new = {}
            self._cache.put({self._key: msgspec.msgpack.encode(self._known)})

    @cached_property
    def _known(self) -> dict[str, _Kept]:
        kept = self._cache.get([self._key]).get(self._key)
        try:
            return {} if kept is None else msgspec.msgpack.decode(kept, type=dict[str, _Kept])
        except msgspec.DecodeError:
            return {}


def looks_of(path: str, at: int | None = None) -> tuple[int, ...] | None:
    """The state of a file as git would compare it; None when a later change might go unnoticed.

    A file that was just written may be written again within the time resolution of its file system. So `at`,
    in nanoseconds, by default now, must be later than the last write by that much.
    """
    try:
        path.encode()  # a name that is not valid text could not be stored
        status = os.stat(path)
    except (OSError, UnicodeEncodeError):
        return None
    if (time.time_ns() if at is None else at) - max(status.st_mtime_ns, status.st_ctime_ns) < _MOMENT:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
