"""The heads of lessons that are only the surroundings of those that are checked.

A file that looks as it did is not even opened: with one lesson to check, its course must not cost more.
"""

import os
import time
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from checker.cache import Cache, digest
from checker.model import Frontmatter, Lesson
from checker.reading.lesson import head_of, read_heads

# FAT counts in two seconds, and what is mounted over a network in as much as its server likes.
_MOMENT = 3_000_000_000  # nanoseconds


class _Kept(Struct, frozen=True, array_like=True):
    """A lesson of which only the head is read, and what its file looked like."""

    looks: tuple[int, ...]
    text: str
    frontmatter: bytes


def recall_heads(cache: Cache, context: bytes, files: Iterable[tuple[str, str]]) -> tuple[Lesson, ...]:
    """What `read_heads` reads of these files; `context` is what that depends on beside them."""
    key = digest(context, b"heads")
    kept = _decode(cache.get([key]).get(key))
    new: dict[str, _Kept] = {}
    found = []
    for path, root in files:
        looks = _looks(path)
        known = kept.get(path)
        if known is not None and known.looks == looks:
            found.append(head_of(path, known.text, _frontmatter(known.frontmatter)))
            continue
        found += read_heads([(path, root)])
        encoded = _lasting(found[-1].frontmatter)
        if looks is not None and encoded is not None:
            new[path] = _Kept(looks, found[-1].text, encoded)
    if new:
        left = {path: each for path, each in kept.items() if os.path.lexists(path)}
        cache.put({key: msgspec.msgpack.encode(left | new)})
    return tuple(found)


def _looks(path: str) -> tuple[int, ...] | None:
    """What tells a file from itself with other text, as git does it; None where that is not certain.

    A file that has just been written may be written again within what its file system takes for one moment.
    """
    try:
        path.encode()  # a name that is no text could not be kept
        status = os.stat(path)
    except (OSError, UnicodeEncodeError):
        return None
    if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _MOMENT:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _lasting(frontmatter: Frontmatter | None) -> bytes | None:
    """What comes back as it was: it may hold what has no such form, such as a date."""
    try:
        encoded = msgspec.msgpack.encode(frontmatter)
        return encoded if _frontmatter(encoded) == frontmatter else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def _frontmatter(kept: bytes) -> Frontmatter | None:
    return msgspec.msgpack.decode(kept, type=Frontmatter | None)


def _decode(kept: bytes | None) -> dict[str, _Kept]:
    try:
        return {} if kept is None else msgspec.msgpack.decode(kept, type=dict[str, _Kept])
    except msgspec.DecodeError:
        return {}
