"""Moves lessons of a large course from memory to a temporary file until they are needed.

The newest stay in memory, so a course of ordinary size never touches the disk. The file has no name and
disappears with the process.
"""

import os
import weakref
from array import array
from collections.abc import Sequence
from typing import IO, Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from checker.model import Block, Lesson, Markup, Prose

Thing = TypeVar("Thing")

# Lessons that stay in memory. A hundred, with their analyses, take about 50 MB.
AT_HAND = 256
# Why a value cannot be moved to the file: it cannot be encoded, or the disk is full.
_FAILURES = (TypeError, ValueError, OverflowError, RecursionError, OSError)


class SpillFile(Generic[Thing]):
    """Values of one type by name; the newest are in memory, the others in a file.

    `kind` is the type that msgspec decodes. A value that cannot be moved stays in memory.
    """

    def __init__(self, kind: Any, at_hand: int | None = None) -> None:
        self._encoder, self._decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(kind)
        self._most = AT_HAND if at_hand is None else at_hand
        self._at_hand: dict[str, Thing] = {}
        self._stays: dict[str, Thing] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0
        self._last: tuple[str, Thing] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._at_hand or name in self._places or name in self._stays

    def put(self, name: str, thing: Thing) -> None:
        """Keep a value under a name, replacing an earlier one."""
        self._last = None
        self._places.pop(name, None)
        self._stays.pop(name, None)
        self._at_hand.pop(name, None)
        self._at_hand[name] = thing
        if len(self._at_hand) > self._most:
            oldest = next(iter(self._at_hand))
            self._put_away(oldest, self._at_hand.pop(oldest))

    def get(self, name: str) -> Thing:
        """The value that is kept under a name. Raises KeyError when there is none."""
        for here in (self._at_hand, self._stays):
            if name in here:
                return here[name]
        # Callers that read one part of a value usually read the next part soon after.
        if self._last is None or self._last[0] != name:
            assert self._file is not None or name not in self._places
            offset, length = self._places[name]
            self._last = name, self._decoder.decode(self._read(offset, length))
        return self._last[1]

    def _put_away(self, name: str, thing: Thing) -> None:
        try:
            encoded = self._encoder.encode(thing)
            self._write(encoded)
        except _FAILURES:
            self._stays[name] = thing
        else:
            self._places[name] = self._end - len(encoded), len(encoded)

    def _write(self, data: bytes) -> None:
        if self._file is None:
            # Imported here because only a large course needs it.
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="coursecheck-", buffering=0)  # noqa: SIM115 as long as this
            weakref.finalize(self, self._file.close)
        written = 0
        while written < len(data):
            written += os.pwrite(self._file.fileno(), data[written:], self._end + written)
        self._end += written

    def _read(self, offset: int, length: int) -> bytes:
        assert self._file is not None
        return os.pread(self._file.fileno(), length, offset)


class _Body(Struct, frozen=True, array_like=True):
    """The parts of a lesson that take most of its memory, with prose in the form of `Prose`."""

    text: str
    blocks: tuple[Block, ...]
    prose: tuple[Prose, ...]
    markup: tuple[Markup, ...]


class SpilledLesson(Lesson, frozen=True, dict=True):
    """A lesson whose text, and whatever grows with it, is in a spill file."""

    @property  # type: ignore[misc]
    def text(self) -> str:
        """See Lesson."""
        return self._body.text

    @property  # type: ignore[misc]
    def blocks(self) -> tuple[Block, ...]:
        """See Lesson."""
        return self._body.blocks

    @property  # type: ignore[misc]
    def prose(self) -> Sequence[Prose]:
        """See Lesson."""
        return self._body.prose

    @property  # type: ignore[misc]
    def markup(self) -> tuple[Markup, ...]:
        """See Lesson."""
        return self._body.markup

    @property
    def _body(self) -> _Body:
        body: _Body = self.__dict__["spill_file"].get(self.path)
        return body


class Lessons:
    """The lessons of a run; the newest are kept whole."""

    def __init__(self) -> None:
        self._bodies: SpillFile[_Body] = SpillFile(_Body, 0)
        self._most = AT_HAND
        self._whole: dict[str, None] = {}
        self._lessons: dict[str, Lesson] = {}

    def add(self, lesson: Lesson) -> None:
        """Keep a lesson."""
        self._lessons[lesson.path] = lesson
        self._whole[lesson.path] = None
        if len(self._whole) > self._most:
            oldest = next(iter(self._whole))
            del self._whole[oldest]
            self._lessons[oldest] = self._spilled(self._lessons[oldest])

    def of(self, path: str) -> Lesson:
        """The lesson at a path."""
        return self._lessons[path]

    def sorted(self) -> list[Lesson]:
        """All lessons, in the order of their paths."""
        return [self._lessons[path] for path in sorted(self._lessons)]

    def __len__(self) -> int:
        return len(self._lessons)

    def _spilled(self, lesson: Lesson) -> Lesson:
        if isinstance(lesson, SpilledLesson):
            return lesson
        self._bodies.put(lesson.path, _Body(lesson.text, lesson.blocks, tuple(lesson.prose), lesson.markup))
        spilled = SpilledLesson(
            lesson.path,
            "",
            # As a tuple the numbers take ten times the memory.
            array("I", lesson.line_starts),  # type: ignore[arg-type]
            lesson.frontmatter,
            (),
            (),
            lesson.directives,
            lesson.problems,
            lesson.refusal,
        )
        spilled.__dict__["spill_file"] = self._bodies
        return spilled
