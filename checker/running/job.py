"""What is handed to an engine: the cells of one lesson that are to be run."""

from msgspec import Struct

# The first line of a setup that stands in no lesson: none has so many.
ELSEWHERE = 1 << 24


class CellJob(Struct, frozen=True):
    """One block to run.

    `first_line` is the lesson's line of the first line of `source`, so that tracebacks point into the
    lesson. `timeout` is wall seconds. `interrupt` is the seconds after which a KeyboardInterrupt ends an
    endless cell as a reader would, or None. `setup` is hidden code that runs just before, whose first line
    stands at `setup_line`, from `ELSEWHERE` on when it stands in another file. `console` echoes every
    expression, as `>>>` does, not only the last. `watch` are lines of the lesson of which it is to be said
    whether their statements ran to an end. `may_fail` says that the lesson wants it to raise. `trace` asks
    for what each of its statements leaves, `figures` for what it draws. `tell` are the numbers, from 0, of
    the top-level statements that are to say what they came to. `drained` says that the Ctrl-C comes as soon
    as the topics that it reads are drained, if that is before `interrupt`. `statements` are where each
    statement of an SQL cell begins and ends in `source`, as offsets; a cell without is Python.
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
    """The cells that share one namespace, in order, and the services of the lab that they need, by name."""

    name: str
    cells: tuple[CellJob, ...]
    services: tuple[str, ...] = ()


class LessonJob(Struct, frozen=True):
    """One lesson to run: one sandbox, one working directory, one interpreter for each session in turn."""

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
    output: int = 1 << 20  # of one block; the rest is dropped and said
