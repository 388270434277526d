"""What files came to that are only the surroundings of what is checked, kept by what the files look like.

A file that looks as it did is not even opened: with one lesson to check, its course must not cost more.
All of it is one entry of the cache, since whoever asks for one asks for all.
"""

import os
import time
from functools import cached_property

import msgspec
from msgspec import Struct

from checker.cache import Cache

# FAT counts in two seconds, and what is mounted over a network in as much as its server likes.
_MOMENT = 3_000_000_000  # nanoseconds


class _Kept(Struct, frozen=True, array_like=True):
    """What a file came to, and what it looked like."""

    looks: tuple[int, ...]
    made: bytes


class Untouched:
    """What was made of files, as bytes; `key` stands for what made them, and all that it depends on."""

    def __init__(self, cache: Cache, key: bytes) -> None:
        self._cache = cache
        self._key = key
        self._looks: dict[str, tuple[int, ...] | None] = {}
        self._new: dict[str, _Kept] = {}

    def get(self, path: str) -> bytes | None:
        """What the file came to, None when it is not known or the file looks otherwise now."""
        looks = self._looks[path] = looks_of(path)
        known = self._known.get(path)
        return known.made if known is not None and known.looks == looks else None

    def put(self, path: str, made: bytes) -> None:
        """Keep what the file came to that was asked for, as it looked then."""
        looks = self._looks[path]
        if looks is not None:
            self.keep(path, looks, made)

    def keep(self, path: str, looks: tuple[int, ...], made: bytes) -> None:
        """Keep what a file came to that looked like this."""
        self._new[path] = _Kept(looks, made)

    def flush(self) -> None:
        """Keep what is new, and forget files that are gone."""
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
    """What tells a file from itself with other text, as git does it; None where that is not certain.

    A file that has just been written may be written again within what its file system takes for one moment.
    So `at`, in nanoseconds, by default now, must be later than when it was written.
    """
    try:
        path.encode()  # a name that is no text could not be kept
        status = os.stat(path)
    except (OSError, UnicodeEncodeError):
        return None
    if (time.time_ns() if at is None else at) - max(status.st_mtime_ns, status.st_ctime_ns) < _MOMENT:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
