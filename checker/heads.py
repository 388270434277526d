"""The heads of lessons, by their text, and of those that are only the surroundings of what is checked.

Most edits leave the head as it was, and to import a parser of YAML takes longer than to read a lesson. A file
that looks as it did is not even opened: with one lesson to check, its course must not cost more.
"""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from checker.cache import Cache, digest
from checker.model import Frontmatter, Lesson, Problem, Span
from checker.reading.document import Head
from checker.reading.lesson import head_of, read_head, read_heads

# FAT counts in two seconds, and what is mounted over a network in as much as its server likes.
_MOMENT = 3_000_000_000  # nanoseconds


class _Kept(Struct, frozen=True, array_like=True):
    """A lesson of which only the head is read, and what its file looked like."""

    looks: tuple[int, ...]
    text: str
    frontmatter: bytes


_Head = tuple[Frontmatter, tuple[Problem, ...]]


class Heads:
    """What `read_head` makes of heads; `context` is what that depends on beside their text."""

    def __init__(self, cache: Cache, context: bytes) -> None:
        self._cache = cache
        self._context = context
        self._new: dict[bytes, bytes] = {}

    def read(self, text: str, head: Head, span: Callable[[int, int], Span]) -> _Head:
        """See `read_head`: of a text only what ends with the head counts."""
        path = os.fsencode(span(head.start, head.end).path)
        key = digest(self._context, b"head", path, text[: head.end].encode("utf-8", "surrogatepass"))
        kept = self._cache.get([key]).get(key)
        if kept is not None:
            with suppress(msgspec.DecodeError):
                known: _Head = msgspec.msgpack.decode(kept, type=_Head)
                return known
        made = read_head(text, head, span)
        if (encoded := _lasting(made, _Head)) is not None:
            self._new[key] = encoded
        return made

    def flush(self) -> None:
        """Keep what is new."""
        self._cache.put(self._new)
        self._new = {}


def recall_heads(
    cache: Cache, context: bytes, files: Iterable[tuple[str, str]], heads: Heads
) -> tuple[Lesson, ...]:
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
        found += read_heads([(path, root)], heads.read)
        encoded = _lasting(found[-1].frontmatter, Frontmatter | None)
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


def _lasting(made: Any, kind: Any) -> bytes | None:
    """What comes back as it was: frontmatter may hold what has no such form, such as a date."""
    try:
        encoded = msgspec.msgpack.encode(made)
        return encoded if msgspec.msgpack.decode(encoded, type=kind) == made else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def _frontmatter(kept: bytes) -> Frontmatter | None:
    return msgspec.msgpack.decode(kept, type=Frontmatter | None)


def _decode(kept: bytes | None) -> dict[str, _Kept]:
    try:
        return {} if kept is None else msgspec.msgpack.decode(kept, type=dict[str, _Kept])
    except msgspec.DecodeError:
        return {}
