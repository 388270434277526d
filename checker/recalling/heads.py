"""The heads of lessons, by their text, and of those that are only the surroundings of what is checked.

Most edits leave the head as it was, and to import a parser of YAML takes longer than to read a lesson.
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

# What decodes the bytes of `packed`.
_PACKED: msgspec.msgpack.Decoder[Frontmatter | None] = msgspec.msgpack.Decoder(
    Frontmatter | None, ext_hook=take_out
)


class _Read(Struct, frozen=True, array_like=True):
    """What `read_head` made of a head: its frontmatter as `packed` has it, and what is wrong with it."""

    frontmatter: bytes
    problems: tuple[Problem, ...]


class _Kept(Struct, frozen=True, array_like=True):
    """The text of a head with all above it, and its frontmatter as `packed` has it."""

    text: str
    frontmatter: bytes


class Heads:
    """What `read_head` makes of heads; `context` is what that depends on beside their text."""

    def __init__(self, cache: Cache, context: bytes) -> None:
        self._cache = cache
        self._context = context
        self._new: dict[bytes, bytes] = {}
        # One frontmatter is packed with its head, with its lesson and for its surroundings.
        self._last: tuple[Frontmatter | None, bytes | None] = None, packed(None)

    def read(
        self, text: str, head: Head, span: Callable[[int, int], Span]
    ) -> tuple[Frontmatter, tuple[Problem, ...]]:
        """See `read_head`: of a text only what ends with the head counts."""
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
            with suppress(UnicodeEncodeError):  # a message or a path that is no text
                self._new[key] = msgspec.msgpack.encode(_Read(form, made[1]))
        return made

    def packed(self, frontmatter: Frontmatter | None) -> bytes | None:
        """See `packed`; what it made last is at hand."""
        if self._last[0] is not frontmatter:
            self._last = frontmatter, packed(frontmatter)
        return self._last[1]

    def flush(self) -> None:
        """Keep what is new."""
        self._cache.put(self._new)
        self._new = {}


def recall_head(path: str, root: str, heads: Heads, untouched: Untouched) -> Lesson:
    """What `read_head_of` reads of this file; `untouched` is where it keeps what files came to."""
    if (kept := untouched.get(path)) is not None:
        with suppress(msgspec.DecodeError):
            known = msgspec.msgpack.decode(kept, type=_Kept)
            return head_of(path, known.text, unpacked(known.frontmatter))
    lesson = read_head_of(path, root, heads.read)
    if (encoded := encoded_head(lesson, heads.packed(lesson.frontmatter))) is not None:
        untouched.put(path, encoded)
    return lesson


def encoded_head(lesson: Lesson, form: bytes | None) -> bytes | None:
    """The head of a lesson as `recall_head` looks for it; `form` is its frontmatter where it was packed."""
    head = lesson.frontmatter
    text = "" if head is None else lesson.text[: head.span.end]
    return None if form is None else msgspec.msgpack.encode(_Kept(text, form))


def packed(frontmatter: Frontmatter | None) -> bytes | None:
    """Frontmatter in bytes from which it comes back as it was; None when there are none: NaN has none."""
    form = frontmatter and replace(frontmatter, data=put_away(frontmatter.data))
    try:
        encoded = msgspec.msgpack.encode(form)
        return encoded if unpacked(encoded) == frontmatter else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def unpacked(form: bytes) -> Frontmatter | None:
    """What was packed; DecodeError for what was not."""
    return _PACKED.decode(form)
