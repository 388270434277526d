"""What an engine is given to run: the cells of one lesson."""

from msgspec import Struct

# The first line of a setup that is in another file; no lesson has so many lines.
ELSEWHERE = 1 << 24


class CellJob(Struct, frozen=True):
    """One block to run.

    `first_line` is the lesson's line of the first line of `source`, so that tracebacks point into the lesson.
    `timeout` is wall time in seconds. `interrupt` is the number of seconds after which a KeyboardInterrupt
    ends an endless cell, or None. `setup` is hidden code that runs before the cell; its first line is at
    `setup_line`, which is `ELSEWHERE` or more when it is in another file. `console` echoes every expression,
    as `>>>` does, instead of only the last. `watch` holds lines of the lesson for which the session reports
    whether their statements ran to the end. `may_fail` is true when the lesson expects an exception. `trace`
    asks for what each statement leaves, `figures` for what the cell draws. `tell` holds the indexes of
    top-level statements whose values are to be reported. `drained` sends the KeyboardInterrupt as soon as the
    topics that the cell reads are drained, if that is before `interrupt`. `statements` holds the start and
    end offsets of each statement of an SQL cell in `source`; it is empty for Python.
    """

    block: int
    source: str
    first_line: int
    timeout: float
    interrupt: float | None = None
    setup: str = ""
    setup_line: int = 0
    console: bool = False
    may_fail: bool = False
    watch: tuple[int, ...] = ()
    trace: bool = False
    figures: bool = False
    tell: tuple[int, ...] = ()
    drained: bool = False
    statements: tuple[tuple[int, int], ...] = ()


class SessionJob(Struct, frozen=True):
    """The cells that share one namespace, in order, and the names of the services that they need."""

    name: str
    cells: tuple[CellJob, ...]
    services: tuple[str, ...] = ()


class LessonJob(Struct, frozen=True):
    """One lesson to run: one sandbox, one working folder, one interpreter for each session in turn."""

    path: str
    sessions: tuple[SessionJob, ...]

    @property
    def services(self) -> frozenset[str]:
        """The services that any of its sessions needs."""
        return frozenset(each for session in self.sessions for each in session.services)


class Limits(Struct, frozen=True):
    """What a lesson may use: seconds of wall time, bytes, and counts."""

    cell_seconds: float = 10.0
    session_seconds: float = 60.0
    memory: int = 1 << 30  # of all its processes together
    processes: int = 128  # and threads
    disk: int = 256 << 20
    files: int = 10_000
    output: int = 1 << 20  # of one block; the rest is dropped, with a note
