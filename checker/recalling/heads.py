"""Remembers the frontmatter of lessons by its text, and that of lessons around the checked ones.

Most edits do not change the head, and importing a YAML parser takes longer than reading a lesson.
"""

import os
from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.cache import Cache, digest
from checker.model import Frontmatter, Lesson, Problem, Span
from checker.reading.document import Head
from checker.reading.lesson import head_of, read_head, read_head_of
from checker.recalling.packing import put_away, take_out
from checker.recalling.untouched import Untouched

# Decodes the bytes of `packed`.
_PACKED: msgspec.msgpack.Decoder[Frontmatter | None] = msgspec.msgpack.Decoder(
    Frontmatter | None, ext_hook=take_out
)


class _Read(Struct, frozen=True, array_like=True):
    """The result of `read_head`: the packed frontmatter, and its problems."""

    frontmatter: bytes
    problems: tuple[Problem, ...]


class _Kept(Struct, frozen=True, array_like=True):
    """The text of a head and everything above it, and its packed frontmatter."""

    text: str
    frontmatter: bytes


class Heads:
    """The results of `read_head`; `context` is what they depend on besides the text."""

    def __init__(self, cache: Cache, context: bytes) -> None:
        self._cache = cache
        self._context = context
        self._new: dict[bytes, bytes] = {}
        # One frontmatter is packed for its head, for its lesson and for its surroundings.
        self._last: tuple[Frontmatter | None, bytes | None] = None, packed(None)

    def read(
        self, text: str, head: Head, span: Callable[[int, int], Span]
    ) -> tuple[Frontmatter, tuple[Problem, ...]]:
        """See `read_head`: only the text up to the end of the head counts."""
        path = os.fsencode(span(head.start, head.end).path)
        key = digest(self._context, b"head", path, text[: head.end].encode("utf-8", "surrogatepass"))
        kept = self._cache.get([key]).get(key)
        if kept is not None:
            with suppress(msgspec.DecodeError):
                known = msgspec.msgpack.decode(kept, type=_Read)
                if (frontmatter := unpacked(known.frontmatter)) is not None:
                    self._last = frontmatter, known.frontmatter
                    return frontmatter, known.problems
        made = read_head(text, head, span)
        if (form := self.packed(made[0])) is not None:
            with suppress(UnicodeEncodeError):  # a message or a path that is not valid text
                self._new[key] = msgspec.msgpack.encode(_Read(form, made[1]))
        return made

    def packed(self, frontmatter: Frontmatter | None) -> bytes | None:
        """See `packed`; the last result is kept."""
        if self._last[0] is not frontmatter:
            self._last = frontmatter, packed(frontmatter)
        return self._last[1]

    def flush(self) -> None:
        """Store new results."""
        self._cache.put(self._new)
        self._new = {}


def recall_head(path: str, root: str, heads: Heads, untouched: Untouched) -> Lesson:
    """The result of `read_head_of` for this file; `untouched` stores results by file."""
    if (kept := untouched.get(path)) is not None:
        with suppress(msgspec.DecodeError):
            known = msgspec.msgpack.decode(kept, type=_Kept)
            return head_of(path, known.text, unpacked(known.frontmatter))
    lesson = read_head_of(path, root, heads.read)
    if (encoded := encoded_head(lesson, heads.packed(lesson.frontmatter))) is not None:
        untouched.put(path, encoded)
    return lesson


def encoded_head(lesson: Lesson, form: bytes | None) -> bytes | None:
    """The head of a lesson in the form of `recall_head`; `form` is its frontmatter if already packed."""
    head = lesson.frontmatter
    text = "" if head is None else lesson.text[: head.span.end]
    return None if form is None else msgspec.msgpack.encode(_Kept(text, form))


def packed(frontmatter: Frontmatter | None) -> bytes | None:
    """Frontmatter as bytes that decode to the same data; None when that is impossible, as for NaN."""
    form = frontmatter and replace(frontmatter, data=put_away(frontmatter.data))
    try:
        encoded = msgspec.msgpack.encode(form)
        return encoded if unpacked(encoded) == frontmatter else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def unpacked(form: bytes) -> Frontmatter | None:
    """The data that was packed. Raises DecodeError for other bytes."""
    return _PACKED.decode(form)
