"""The heads of lessons, by their text, and of those that are only the surroundings of what is checked.

Most edits leave the head as it was, and to import a parser of YAML takes longer than to read a lesson.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.cache import Cache, digest
from checker.model import Frontmatter, Lesson, Problem, Span
from checker.reading.document import Head
from checker.reading.lesson import head_of, read_head, read_head_of
from checker.recalling.packing import put_away, take_out
from checker.recalling.untouched import Untouched


class _Kept(Struct, frozen=True, array_like=True):
    """The text of a head with all above it, and its frontmatter."""

    text: str
    frontmatter: Frontmatter | None


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
                known: _Head = msgspec.msgpack.decode(kept, type=_Head, ext_hook=take_out)
                return known
        made = read_head(text, head, span)
        if (encoded := _lasting((packed(made[0]), made[1]), made, _Head)) is not None:
            self._new[key] = encoded
        return made

    def flush(self) -> None:
        """Keep what is new."""
        self._cache.put(self._new)
        self._new = {}


def recall_head(path: str, root: str, heads: Heads, untouched: Untouched) -> Lesson:
    """What `read_head_of` reads of this file; `untouched` is where it keeps what files came to."""
    if (kept := untouched.get(path)) is not None:
        with suppress(msgspec.DecodeError):
            known = msgspec.msgpack.decode(kept, type=_Kept, ext_hook=take_out)
            return head_of(path, known.text, known.frontmatter)
    lesson = read_head_of(path, root, heads.read)
    if (encoded := encoded_head(lesson)) is not None:
        untouched.put(path, encoded)
    return lesson


def encoded_head(lesson: Lesson) -> bytes | None:
    """The head of a lesson as `recall_head` looks for it, None when it would not come back as it was."""
    head = lesson.frontmatter
    whole = _Kept("" if head is None else lesson.text[: head.span.end], head)
    return _lasting(_Kept(whole.text, packed(head)), whole, _Kept)


def packed(frontmatter: Frontmatter | None) -> Frontmatter | None:
    """Frontmatter with its dates in the form in which they can be kept."""
    return frontmatter and replace(frontmatter, data=put_away(frontmatter.data))


def _lasting(form: Any, made: Any, kind: Any) -> bytes | None:
    """A form of something in bytes from which it comes back as it was: NaN, for one, has none."""
    try:
        encoded = msgspec.msgpack.encode(form)
        return encoded if msgspec.msgpack.decode(encoded, type=kind, ext_hook=take_out) == made else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
