"""A lesson as it is kept: without its text, which is in its file, and with its prose put away."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import overload

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.model import Frontmatter, Lesson, Prose
from checker.recalling.heads import packed
from checker.recalling.packing import take_out

# A passage's level, start and end, and its text where that is another than the file's.
_Passage = tuple[int, int, int, str | None]


class _Kept(Struct, frozen=True, array_like=True):
    """A lesson as it is kept: its text is in its file, and its prose is seldom asked for."""

    lesson: Lesson
    prose: bytes


class KeptProse(Sequence[Prose]):
    """The prose of a lesson, put together when somebody asks for it: it is most of what there is to keep."""

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


def encoded_lesson(lesson: Lesson) -> bytes | None:
    """A lesson for `kept_lesson`; None for what would not come back as it was, as NaN in frontmatter."""
    head = packed(lesson.frontmatter)
    encoded = msgspec.msgpack.encode(head)
    if msgspec.msgpack.decode(encoded, type=Frontmatter | None, ext_hook=take_out) != lesson.frontmatter:
        return None
    prose = msgspec.msgpack.encode(_passages(lesson))
    return msgspec.msgpack.encode(_Kept(replace(lesson, text="", prose=(), frontmatter=head), prose))


def kept_lesson(encoded: bytes | None, text: str) -> Lesson | None:
    """The lesson that was read from a text; None when it was not kept, or in another form."""
    if encoded is not None:
        with suppress(msgspec.DecodeError):
            kept = msgspec.msgpack.decode(encoded, type=_Kept, ext_hook=take_out)
            return replace(kept.lesson, text=text, prose=KeptProse(kept.prose, text))
    return None


def _passages(lesson: Lesson) -> list[_Passage]:
    text = lesson.text
    return [
        (each.level, each.start, each.end, None if each.text == text[each.start : each.end] else each.text)
        for each in lesson.prose
    ]
