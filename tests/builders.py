"""Small frozen data for tests, where only a few fields matter."""

from checker.model import (
    Block,
    BlockPlan,
    Class,
    CodeLine,
    Directive,
    Finding,
    Outcome,
    OutcomeKind,
    RunError,
    RunWarning,
    Severity,
    Span,
)


def span(line: int, end_line: int | None = None, *, path: str = "lesson.mdx") -> Span:
    return Span(path, line, 1, end_line or line, 10, line * 100, line * 100 + 9)


def directive(word: str, value: str | None = None, *, line: int = 1) -> Directive:
    return Directive(word, value, span(line))


def block(
    code: str = "x = 1", *, line: int = 10, index: int = 0, directives: tuple[Directive, ...] = ()
) -> Block:
    """A Python block whose opening fence stands at `line`; its offsets are made up."""
    lines = tuple(CodeLine(0) for _ in code.split("\n"))
    where = span(line, line + len(lines) + 1)
    return Block(index, "python", None, code, where, True, (), lines, directives)


def plan(kind: Class = "runnable", *, index: int = 0, runs: bool = True) -> BlockPlan:
    return BlockPlan(index, kind, runs, "" if runs else "a reason")


def error(type_name: str, message: str = "", *, line: int = 11, bases: tuple[str, ...] = ()) -> RunError:
    return RunError(type_name, message, line, 1, (), bases)


def warning(type_name: str, message: str = "Look out.", *, line: int = 11) -> RunWarning:
    return RunWarning(type_name, message, line)


def outcome(
    kind: OutcomeKind = "passed",
    *,
    index: int = 0,
    raised: RunError | None = None,
    warned: tuple[RunWarning, ...] = (),
    reason: str = "",
) -> Outcome:
    return Outcome(index, kind, reason, error=raised, warnings=warned)


def finding(
    name: str,
    *,
    code: str = "XXX101",
    line: int = 11,
    end_line: int | None = None,
    severity: Severity = "error",
    index: int | None = 0,
    intended: bool = False,
) -> Finding:
    return Finding(code, name, severity, "a message", span(line, end_line), index, intended)
