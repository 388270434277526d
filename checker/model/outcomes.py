"""What is planned for the blocks of a lesson, and what happened to them."""

from typing import Literal

from msgspec import Struct

from checker.model.traces import Step, Told

Class = Literal[
    "skipped-by-author",
    "not-code",
    "counterexample",
    "fragment",
    "needs-package",
    "needs-service",
    "needs-data",
    "needs-input",
    "endless",
    "runnable",
    "other-language",
]
OutcomeKind = Literal[
    "passed",
    "failed",
    "expected-failure",
    "interrupted",
    "timed-out",
    "limit",
    "crashed",
    "skipped",
    "not-run",
]


class Need(Struct, frozen=True):
    """What a block wants that may not be here."""

    kind: Literal["package", "service", "data", "input"]
    name: str


class BlockPlan(Struct, frozen=True):
    """Will a block run, and if not, why not; `reason` is in words and empty only for what runs."""

    block: int
    kind: Class
    runs: bool
    reason: str
    needs: tuple[Need, ...] = ()


class Frame(Struct, frozen=True):
    """One line of a traceback."""

    path: str
    line: int
    function: str


class RunError(Struct, frozen=True):
    """The exception that ended a cell.

    `line` and `column` are the lesson's, 0 when it has no place there. `type` is dotted unless it is a
    builtin; `bases` are the names of the classes it derives from, likewise.
    """

    type: str
    message: str
    line: int
    column: int
    traceback: tuple[Frame, ...]
    bases: tuple[str, ...] = ()

    @property
    def missing_name(self) -> str:
        """The name that a NameError did not find, as Python's message quotes it; otherwise empty."""
        if self.type != "NameError":
            return ""
        _, _, rest = self.message.partition("'")
        return rest.partition("'")[0]


class RunWarning(Struct, frozen=True):
    """A warning that Python showed while a cell ran, at the lesson's line; 0 when it has no place there."""

    type: str
    message: str
    line: int

    @property
    def first_sentence(self) -> str:
        """The message up to its first full stop at the end of a line; libraries go on at length."""
        return " ".join(self.message.partition(".\n")[0].split())


class Swallowed(Struct, frozen=True):
    """An exception that shows a defect and that the lesson's own code ended: by what, and in which line."""

    error: RunError
    handler: str
    handler_line: int


class Later(Struct, frozen=True):
    """What the statements of a cell after the one that ended it raised and warned of, tried out of sight."""

    errors: tuple[RunError, ...] = ()
    warnings: tuple[RunWarning, ...] = ()


class Outcome(Struct, frozen=True):
    """What happened to a cell. `reason` is in words and never empty for what did not run to its end.

    `again` is what happened when the cell was run a second time, if that was something else.
    `completed` are those of the lesson's lines that were asked about whose statements ran to an end, `trace`
    is what its statements left, if that was asked for, and `figures` what it drew, as PNG. `told` is what
    those statements came to that the lesson says something about. `signal` is the number of the signal that
    ended the interpreter, 0 when none did.
    """

    block: int
    kind: OutcomeKind
    reason: str = ""
    seconds: float = 0.0
    stdout: str = ""
    stderr: str = ""
    error: RunError | None = None
    warnings: tuple[RunWarning, ...] = ()
    swallowed: tuple[Swallowed, ...] = ()
    again: "Outcome | None" = None
    completed: tuple[int, ...] = ()
    later: Later = Later()
    trace: tuple[Step, ...] = ()
    figures: tuple[bytes, ...] = ()
    told: tuple[Told, ...] = ()
    signal: int = 0
