"""Turns what a session reported, or how it ended, into the outcome of a block."""

import signal
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Frame, Later, OutcomeKind, RunError, RunWarning, Swallowed
from checker.model.traces import Step, Told
from checker.running.job import ELSEWHERE, CellJob, Limits, SessionJob
from checker.running.messages import Explored, Failure, Refusal, Report

# How an endless loop ends that has seen everything; the same in every run.
INTERRUPTED = "it runs until Ctrl-C, which the checker sent"
DRAINED = "it runs until Ctrl-C, which the checker sent when its topics were drained"
# Exceptions that an unreachable broker does not cause.
_OWN_FAULTS = frozenset(
    ("NameError", "TypeError", "AttributeError", "ImportError", "SyntaxError", "LookupError")
)
_PNG = b"\x89PNG\r\n\x1a\n"


class Verdict(Struct, frozen=True):
    """How a block ended, before its output is added."""

    kind: OutcomeKind
    reason: str = ""
    error: RunError | None = None
    warnings: tuple[RunWarning, ...] = ()
    swallowed: tuple[Swallowed, ...] = ()
    completed: tuple[int, ...] = ()
    later: Later = Later()
    trace: tuple[Step, ...] = ()
    figures: tuple[bytes, ...] = ()
    told: tuple[Told, ...] = ()
    signal: int = 0

    @property
    def ends_session(self) -> bool:
        """Whether there is no reliable interpreter left to run the next cell in."""
        return self.kind in {"timed-out", "limit", "crashed"}


def verdict(report: Report, session: SessionJob, limits: Limits, *, interrupted: str) -> Verdict:
    """The verdict on a report; `interrupted` says why the cell was interrupted, if it was."""
    return replace(
        _ended(report, session, limits, interrupted=interrupted),
        swallowed=_swallowed(report, session),
        trace=tuple(each for each in report.trace if _text_at(each.line, session) is not None),
        figures=tuple(each for each in report.figures if each.startswith(_PNG)),
        told=report.told,
    )


def _ended(report: Report, session: SessionJob, limits: Limits, *, interrupted: str) -> Verdict:
    error = _run_error(report.error, session)
    warnings = _warnings(report.warnings, session)
    if report.lacks:
        return Verdict("skipped", report.lacks, None, warnings)
    if report.limit is not None:
        return Verdict("limit", f"{_limit_words(report.limit, limits)} ({_words(error)})", error, warnings)
    if interrupted and (error is None or error.type == "KeyboardInterrupt"):
        return Verdict("interrupted", interrupted, None, warnings)
    if report.error is not None and (at := _line_elsewhere(report.error, session)):
        reason = f"the setup from the configuration fails at line {at} ({_words(error)})"
        return Verdict("skipped", reason, None, warnings)
    if error is not None:
        later = _later(report.later, session)
        return Verdict("failed", _words(error), error, warnings, completed=report.completed, later=later)
    return Verdict("passed", "", None, warnings, completed=report.completed)


def _line_elsewhere(failure: Failure, session: SessionJob) -> int:
    """The line of a setup's own file at which an exception was raised; 0 when it was raised elsewhere."""
    at = failure.line - ELSEWHERE
    setups = (cell.setup for cell in session.cells if cell.setup_line == ELSEWHERE)
    return at + 1 if any(0 <= at <= setup.count("\n") for setup in setups) else 0


def _later(explored: Explored, session: SessionJob) -> Later:
    errors = (_run_error(each, session) for each in explored.errors)
    return Later(
        tuple(each for each in errors if each is not None and each.line),
        _warnings(explored.warnings, session),
    )


def _warnings(said: Iterable[tuple[str, str, int]], session: SessionJob) -> tuple[RunWarning, ...]:
    return tuple(
        RunWarning(kind, message, line if _text_at(line, session) is not None else 0)
        for kind, message, line in said
    )


def timed_out(seconds: float) -> Verdict:
    """The block was still running after its own `seconds`."""
    return Verdict("timed-out", f"it was still running after {seconds:g} s")


def session_timed_out(seconds: float) -> Verdict:
    """The block was still running after the session's `seconds`."""
    return Verdict("timed-out", f"the session's blocks together take more than {seconds:g} s")


def session_seconds(session: SessionJob, limits: Limits) -> float:
    """The seconds for a session: more than the limit when blocks have timeouts above theirs."""
    return limits.session_seconds + sum(
        max(0.0, cell.timeout - limits.cell_seconds) for cell in session.cells
    )


def over_limit(limit: Refusal, limits: Limits) -> Verdict:
    """All processes of the sandbox together exceeded a limit."""
    return Verdict("limit", _limit_words(limit, limits))


def without_broker(verdict: Verdict, address: str, why: str) -> Verdict:
    """The verdict on a cell while the real broker did not answer: a failure counts as skipped."""
    error = verdict.error
    is_own = error is not None and not _OWN_FAULTS.isdisjoint((error.type, *error.bases))
    if verdict.kind not in ("failed", "timed-out") or is_own:
        return verdict
    reason = f"it needs the broker at {address}, which does not answer ({why})"
    return replace(verdict, kind="skipped", reason=reason, error=None)


def ended_early(status: int) -> Verdict:
    """The interpreter ended before the block; `status` is its exit status, or minus a signal number."""
    if status == -signal.SIGXCPU:
        return Verdict("limit", "it used more processor time than its session may")
    if status < 0:
        return Verdict("crashed", f"the interpreter was ended by {_signal_name(-status)}", signal=-status)
    return Verdict(
        "crashed",
        f"the interpreter exited with status {status} before the block ended: the block called "
        "os._exit(), was replaced by another program, or closed file descriptors that are not its "
        "own",
    )


def meddled() -> Verdict:
    """Something other than the harness has written to the session's channel."""
    return Verdict("crashed", "it wrote to a file descriptor that belongs to the checker")


def not_run(ended: CellJob, how: Verdict) -> Verdict:
    """The block follows one that ended the session."""
    words = {"timed-out": "timed out", "limit": "went over a limit", "crashed": "crashed"}
    return Verdict(
        "not-run", f"the session ended when the block at line {ended.first_line} {words[how.kind]}"
    )


def _limit_words(limit: Refusal, limits: Limits) -> str:
    match limit:
        case "memory":
            return f"it needs more than {_size(limits.memory)} of memory"
        case "processes":
            return f"it needs more than {limits.processes} processes and threads"
        case "disk":
            return f"it writes more than {_size(limits.disk)} or {limits.files:,} files"
        case "open files":
            return "it has too many files open"


def _words(error: RunError | None) -> str:
    if error is None:
        return "nothing raised"
    first = error.message.partition("\n")[0]
    return f"{error.type}: {first}" if first else error.type


def _run_error(failure: Failure | None, session: SessionJob) -> RunError | None:
    if failure is None:
        return None
    text = _text_at(failure.line, session)
    return RunError(
        failure.type,
        failure.message,
        0 if text is None else failure.line,
        0 if text is None else min(max(failure.column, 1), len(text) + 1),
        tuple(Frame(path, line, function) for path, line, function in failure.traceback),
        failure.bases,
    )


def _swallowed(report: Report, session: SessionJob) -> tuple[Swallowed, ...]:
    errors = ((each, _run_error(each, session)) for each in report.swallowed)
    return tuple(
        Swallowed(error, each.handler, each.handler_line) for each, error in errors if error and error.line
    )


def _text_at(line: int, session: SessionJob) -> str | None:
    """The code at a line of the lesson; None when the session has no code there."""
    for cell in session.cells:
        for first_line, text in ((cell.first_line, cell.source), (cell.setup_line, cell.setup)):
            lines = text.split("\n")
            if text and first_line <= line < min(first_line + len(lines), ELSEWHERE):
                return lines[line - first_line]
    return None


def _size(bytes_: int) -> str:
    return f"{bytes_ / (1 << 30):g} GiB" if bytes_ >= 1 << 30 else f"{bytes_ / (1 << 20):g} MiB"


def _signal_name(number: int) -> str:
    try:
        return f"signal {number} ({signal.Signals(number).name})"
    except ValueError:
        return f"signal {number}"
