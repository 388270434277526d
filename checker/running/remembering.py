"""Remembers the outcomes of lessons, so that unchanged code is not run again in the same environment.

The outcome of a block depends on all code that ran before it in its lesson, not on the text around it. The
key therefore holds no line numbers, and outcomes are moved to the lines where the code is now.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import checker
from checker.cache import Cache, digest
from checker.model import Frame, Later, Outcome, RunError, RunWarning
from checker.running.environment import installed
from checker.running.interpreter import Interpreter
from checker.running.job import CellJob, LessonJob, Limits
from checker.running.lab import Lab
from checker.running.verdicts import DRAINED

# Other outcomes were caused by us, or may differ the next time.
_LASTING = {"passed", "failed"}
# Code that asks for its own position prints something else when it moves.
_ASKS_WHERE = ("lineno", "_getframe", "currentframe", "getsource")
_SOURCES = Path(__file__).parent

Done = tuple[LessonJob, tuple[Outcome, ...]]
_Lines = tuple[tuple[int, int], ...]  # for each cell: the first line of its code and of its setup


class Batch(Protocol):
    """Runs lessons as they are added."""

    def add(self, job: LessonJob) -> None:
        """Run this lesson, too; does not wait for it."""

    def results(self) -> Iterator[Done]:
        """Each lesson with its outcomes, in the order in which they finish.

        The caller may add lessons between two results.
        """


class _Entry(Struct, frozen=True):
    """What is remembered of a lesson; if `fixed`, it is valid only for exactly these lines."""

    lines: _Lines
    fixed: bool
    outcomes: tuple[Outcome, ...]


class Memory:
    """Remembered outcomes; `context` is everything they depend on besides the code."""

    def __init__(self, cache: Cache, context: bytes, lab: Lab) -> None:
        self._cache = cache
        self._context = context
        self._lab = lab

    def recall(self, job: LessonJob) -> tuple[Outcome, ...] | None:
        """The outcomes of a lesson, if known; never of one that used a real broker."""
        if self._lab.leads_out(job.services):
            return None
        key = self._key(job)
        return _recall(self._cache.get([key]).get(key), job)

    def keep(self, job: LessonJob, outcomes: tuple[Outcome, ...]) -> None:
        """Remember the outcomes of a lesson, if they would be the same again."""
        if all(_lasts(each) for each in outcomes) and not self._lab.leads_out(job.services):
            with suppress(UnicodeEncodeError):  # a path in a traceback is not valid text
                self._cache.put({self._key(job): _entry(job, outcomes)})

    def _key(self, job: LessonJob) -> bytes:
        cells = [[_without_lines(cell) for cell in session.cells] for session in job.sessions]
        lab = self._lab.only(job.services).encoded() if job.services else b""
        try:
            code = msgspec.msgpack.encode((job.path, cells))
        except UnicodeEncodeError:  # a path that is not valid text
            code = _bytes((job.path, cells))
        return digest(self._context, code, lab)


def _lasts(outcome: Outcome) -> bool:
    return outcome.again is None and (outcome.kind in _LASTING or outcome.reason == DRAINED)


class Remembered:
    """A batch that runs only lessons whose outcomes are not remembered."""

    def __init__(self, memory: Memory, batch: Batch) -> None:
        self._memory = memory
        self._batch = batch
        self._known: deque[Done] = deque()

    def add(self, job: LessonJob) -> None:
        """See Batch."""
        outcomes = self._memory.recall(job)
        if outcomes is None:
            self._batch.add(job)
        else:
            self._known.append((job, outcomes))

    def results(self) -> Iterator[Done]:
        """The remembered lessons first, then the others as they finish."""
        yield from self._take_known()
        for job, outcomes in self._batch.results():
            self._memory.keep(job, outcomes)
            yield job, outcomes
            # More lessons may have been added since.
            yield from self._take_known()

    def _take_known(self) -> Iterator[Done]:
        while self._known:
            yield self._known.popleft()


def _without_lines(cell: CellJob) -> CellJob:
    """The cell without its position in the lesson."""
    watch = tuple(line - cell.first_line for line in cell.watch)
    return replace(cell, block=0, first_line=0, setup_line=0, watch=watch)


class Surroundings(NamedTuple):
    """Everything that outcomes depend on besides the code; `fixtures` is a folder.

    Only lessons that use a service depend on the `lab`.
    """

    tier: str
    interpreter: Interpreter
    limits: Limits
    env: Mapping[str, str]
    fixtures: str | None
    lab: Lab


@contextmanager
def remembering(folder: str | None, surroundings: Surroundings) -> Iterator[Memory]:
    """A memory in the cache of this folder; without a folder it stays empty."""
    path = None if folder is None else Path(folder)
    try:
        context = b"" if path is None else digest_of(surroundings)
    except OSError:  # the engine reports fixtures that cannot be read
        path, context = None, b""
    with Cache(path) as cache:
        yield Memory(cache, context, surroundings.lab)


def digest_of(surroundings: Surroundings) -> bytes:
    """A digest of the surroundings, the interpreter's packages and the contents of the fixtures."""
    interpreter, uname = surroundings.interpreter, os.uname()
    known = (
        checker.__version__,
        surroundings.tier,
        interpreter.executable,
        interpreter.version,
        [installed(folder) for folder in interpreter.folders],
        [uname.release, uname.machine],
        surroundings.limits,
        sorted(surroundings.env.items()),
    )
    files = b"" if surroundings.fixtures is None else _tree(Path(surroundings.fixtures), "*")
    return digest(_bytes(known), _tree(_SOURCES, "*.py"), files)


def _bytes(known: object) -> bytes:
    """Plain values as bytes; a path may not be valid text."""
    return repr(known).encode("utf-8", "backslashreplace")


def _tree(folder: Path, pattern: str) -> bytes:
    """A digest of the names, permissions and contents of files below a folder."""
    parts = []
    for path in sorted(folder.rglob(pattern)):
        name = os.fsencode(path.relative_to(folder))
        if path.is_symlink():
            parts += [b"link", name, os.fsencode(os.readlink(path))]
        elif path.is_file():
            parts += [b"file", name, path.stat().st_mode.to_bytes(4, "big"), path.read_bytes()]
        elif path.is_dir():
            parts += [b"folder", name]
    return digest(*parts)


def _lines(job: LessonJob) -> _Lines:
    return tuple((cell.first_line, cell.setup_line) for session in job.sessions for cell in session.cells)


def _entry(job: LessonJob, outcomes: tuple[Outcome, ...]) -> bytes:
    sources = [
        text for session in job.sessions for cell in session.cells for text in (cell.source, cell.setup)
    ]
    printed = [text for each in outcomes for text in (each.stdout, each.stderr)]
    name = os.path.basename(job.path)
    fixed = any(name in text for text in printed) or any(
        word in text for text in sources for word in _ASKS_WHERE
    )
    return msgspec.msgpack.encode(_Entry(_lines(job), fixed, outcomes))


def _recall(kept: bytes | None, job: LessonJob) -> tuple[Outcome, ...] | None:
    """The remembered outcomes, adapted to the lesson's current lines."""
    if kept is None:
        return None
    try:
        entry = msgspec.msgpack.decode(kept, type=_Entry)
    except msgspec.DecodeError:
        return None
    if entry.lines == _lines(job) and [each.block for each in entry.outcomes] == _blocks(job):
        return entry.outcomes
    if entry.fixed or len(entry.outcomes) != len(_blocks(job)):
        return None
    move = _Move(job, entry.lines)
    return tuple(move.outcome(each, block) for each, block in zip(entry.outcomes, _blocks(job), strict=True))


def _blocks(job: LessonJob) -> list[int]:
    return [cell.block for session in job.sessions for cell in session.cells]


class _Move:
    """Moves positions from the lines where a lesson's code was to those where it is now."""

    def __init__(self, job: LessonJob, before: _Lines) -> None:
        self._path = job.path
        self._shifts = []
        cells = (cell for session in job.sessions for cell in session.cells)
        for cell, (first_line, setup_line) in zip(cells, before, strict=True):
            for old, new, text in (
                (first_line, cell.first_line, cell.source),
                (setup_line, cell.setup_line, cell.setup),
            ):
                if text:
                    self._shifts.append((range(old, old + text.count("\n") + 1), new - old))

    def line(self, line: int) -> int:
        return next((line + shift for lines, shift in self._shifts if line in lines), line)

    def outcome(self, outcome: Outcome, block: int) -> Outcome:
        return replace(
            outcome,
            block=block,
            error=outcome.error and self._error(outcome.error),
            warnings=self._warnings(outcome.warnings),
            swallowed=tuple(
                replace(each, error=self._error(each.error), handler_line=self.line(each.handler_line))
                for each in outcome.swallowed
            ),
            completed=tuple(self.line(each) for each in outcome.completed),
            trace=tuple(replace(each, line=self.line(each.line)) for each in outcome.trace),
            later=Later(
                tuple(self._error(each) for each in outcome.later.errors),
                self._warnings(outcome.later.warnings),
            ),
        )

    def _warnings(self, warnings: Iterable[RunWarning]) -> tuple[RunWarning, ...]:
        return tuple(replace(each, line=self.line(each.line)) for each in warnings)

    def _error(self, error: RunError) -> RunError:
        return replace(
            error, line=self.line(error.line), traceback=tuple(self._frame(each) for each in error.traceback)
        )

    def _frame(self, frame: Frame) -> Frame:
        return replace(frame, line=self.line(frame.line)) if frame.path == self._path else frame
