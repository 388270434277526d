"""Plans for the blocks of a lesson, and the outcomes of running them."""

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
    """Something that a block needs and that may not be available."""

    kind: Literal["package", "service", "data", "input"]
    name: str


class BlockPlan(Struct, frozen=True):
    """Whether a block will run, and why not; `reason` is in words and empty only for blocks that run."""

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

    `line` and `column` are the lesson's, 0 when it has no position there. `type` is dotted unless it is a
    builtin; so are `bases`, the names of its base classes.
    """

    type: str
    message: str
    line: int
    column: int
    traceback: tuple[Frame, ...]
    bases: tuple[str, ...] = ()

    @property
    def missing_name(self) -> str:
        """The name that a NameError did not find, as quoted in Python's message; otherwise empty."""
        if self.type != "NameError":
            return ""
        _, _, rest = self.message.partition("'")
        return rest.partition("'")[0]


class RunWarning(Struct, frozen=True):
    """A warning shown while a cell ran, with the lesson's line; 0 when it has no position there."""

    type: str
    message: str
    line: int

    @property
    def first_sentence(self) -> str:
        """The message up to its first full stop at the end of a line."""
        return " ".join(self.message.partition(".\n")[0].split())


class Swallowed(Struct, frozen=True):
    """An exception that shows a defect and that the lesson's own code swallowed.

    What did so, and its line.
    """

    error: RunError
    handler: str
    handler_line: int


class Later(Struct, frozen=True):
    """What the statements after a cell's exception raised and warned of when they were tried separately."""

    errors: tuple[RunError, ...] = ()
    warnings: tuple[RunWarning, ...] = ()


class Outcome(Struct, frozen=True):
    """What happened to a cell. `reason` is in words and never empty for a cell that did not finish.

    `again` is the outcome of a second run, if it was different. `completed` are the watched lines whose
    statements ran to the end, `trace` is what each statement left, if asked for, and `figures` are the drawn
    figures as PNG. `told` holds the values of statements that the lesson makes claims about. `signal` is the
    number of the signal that ended the interpreter, 0 when none did.
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
