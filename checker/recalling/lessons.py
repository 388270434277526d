"""The stored form of a lesson: without its text, which is in its file, and with its prose encoded."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import overload

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.model import Lesson, Prose
from checker.recalling.heads import unpacked

# A passage's level, start and end, and its text when that differs from the file's.
_Passage = tuple[int, int, int, str | None]


class _Kept(Struct, frozen=True, array_like=True):
    """A stored lesson: its text is in its file, its head is packed, its prose is rarely needed."""

    lesson: Lesson
    head: bytes
    prose: bytes


class KeptProse(Sequence[Prose]):
    """The prose of a lesson, decoded on access: it is the largest part."""

    def __init__(self, kept: bytes, text: str) -> None:
        self._kept = kept
        self._text = text

    @cached_property
    def _all(self) -> tuple[Prose, ...]:
        whole = self._text
        kept = msgspec.msgpack.decode(self._kept, type=list[_Passage])
        return tuple(
            Prose(level, whole[start:end] if text is None else text, start, end)
            for level, start, end, text in kept
        )

    @overload
    def __getitem__(self, index: int) -> Prose: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Prose, ...]: ...
    def __getitem__(self, index: int | slice) -> Prose | tuple[Prose, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == (other._all if isinstance(other, KeptProse) else other)

    def __hash__(self) -> int:
        return hash(self._all)


def encoded_lesson(lesson: Lesson, head: bytes | None) -> bytes | None:
    """A lesson in the form of `kept_lesson`, with its packed frontmatter; None when it has none."""
    if head is None:
        return None
    bare = replace(lesson, text="", prose=(), frontmatter=None)
    return msgspec.msgpack.encode(_Kept(bare, head, msgspec.msgpack.encode(_passages(lesson))))


def kept_lesson(encoded: bytes | None, text: str) -> Lesson | None:
    """The lesson that was read from a text; None when it is not stored, or in another form."""
    if encoded is not None:
        with suppress(msgspec.DecodeError):
            kept = msgspec.msgpack.decode(encoded, type=_Kept)
            head = unpacked(kept.head)
            return replace(kept.lesson, text=text, frontmatter=head, prose=KeptProse(kept.prose, text))
    return None


def _passages(lesson: Lesson) -> list[_Passage]:
    text = lesson.text
    return [
        (each.level, each.start, each.end, None if each.text == text[each.start : each.end] else each.text)
        for each in lesson.prose
    ]
