"""Output in the lesson that differs from what the code above it prints.

## What

A fence right below a Python block shows what the block prints if its language is `output`, if the line above
it says "Output", "Result", "Вывод" or "Результат" (add words under `[output]` in the configuration), or if it
has an `output` directive. The block ran and printed something else. In a console session, each `>>>` is
compared with the lines below it. The finding is at the first line that differs.

Output is compared as a reader would compare it: whitespace and table widths do not matter, `...` matches
anything, numbers are compared to the digits shown, sets and dicts by their contents, and times, identifiers,
addresses, durations and paths by their shape. The finding is info if the lesson only leaves out lines or
calls its output an example, if the printed values are random, or if only half of the lines suggest that the
fence holds output.

## Why

Readers compare their output with the lesson's, and look for a mistake of their own when it differs.

## Bad

```python
total = 3 + 4
print(f"{total} cups")
```

Output:

```text
8 cups  # error
```

## Good

```python
total = 3 + 4
print(f"{total} cups")
```

Output:

```text
7 cups
```

`{/* check: output=skip */}` above the block compares nothing; `output=exact` compares character by character,
and then a difference is an error.

## Since

coursecheck 0.2

## Source

What the block printed when it ran.
"""

import ast
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from checker.analysis.console import Echo, echoes
from checker.analysis.held import HeldBlock
from checker.analysis.outputs import OutputBlock, shown_text
from checker.analysis.ran import RanBlock, fence_span
from checker.comparing.errors import last_line, shown_error
from checker.comparing.outputs import Difference, begins_alike, difference
from checker.comparing.texts import TooLongError
from checker.model import Block, Fix, Severity
from checker.model.traces import Told
from checker.patterns import regex
from checker.reading.code_edits import CodeEditError, replace_code
from checker.rules.output.wording import both
from checker.rules.rule import Report, Rule

RULE = Rule("OUT101", "output-mismatch", "warning", looks_at="promise")

_STARTS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ENDED = ("passed", "expected-failure", "interrupted")
_DROPPED = regex(r"\n… dropped [\d,]+ bytes\Z")
_BLANK_LINE = "<BLANKLINE>"
_HALF = 0.5
_LONGEST_FIX = 10_000


def check(held: HeldBlock) -> Iterator[Report]:
    """The first line that differs: of the output block, and of each part of a session."""
    if not held.is_meant or held.ran.outcome.kind not in _ENDED:
        return
    if held.cell.console:
        yield from _console(held)
    if held.output is not None and not _is_a_start(held):
        yield from _output(held, held.output)


def _is_a_start(held: HeldBlock) -> bool:
    """Whether a block only imports and defines: readers write the rest, and the output is theirs."""
    body = held.cell.tree.body if held.cell.tree else ()
    return held.how is None and not held.ran.raw.stdout and all(isinstance(each, _STARTS) for each in body)


def _output(held: HeldBlock, output: OutputBlock) -> Iterator[Report]:
    fence = held.ran.lesson.blocks[output.block]
    stdout = held.ran.raw.stdout
    printed = _DROPPED.sub("", stdout)
    try:
        found = _exactly(fence, printed) if output.exact else _as_reader(held, fence, printed)
    except TooLongError:
        if output.label == "said":
            span = fence_span(held.ran.lesson, fence)
            yield Report("this output is too long to compare", span, held.block.index, "info")
        return
    if found is None or printed != stdout:  # the dropped part may be what is shown
        return
    severity = _severity(held, output, found)
    if severity is not None:
        yield _report(held, fence, found, severity, _fix(held, output, fence, found))


def _exactly(fence: Block, printed: str) -> Difference | None:
    shown = fence.code.replace("\r\n", "\n")
    printed = printed.removesuffix("\n")
    if shown == printed:
        return None
    lines, others = shown.split("\n"), printed.split("\n")
    pairs = enumerate(zip(lines, others, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(lines), len(others)))
    line = min(at, len(lines) - 1)
    return Difference("other", line, lines[line], others[at] if at < len(others) else "", 0.0)


def _as_reader(held: HeldBlock, fence: Block, printed: str) -> Difference | None:
    shown, errors = shown_text(fence), _said_aside(held.ran)
    raised = held.ran.outcome.error
    if raised is not None and (shows := shown_error(shown)) is not None:
        last, was = last_line(raised.type, raised.message, shows)
        shown, printed = f"{shows.before}\n{last}", f"{printed}\n{was}"
    loosely = bool(held.chance.statements)
    if held.ran.outcome.kind == "interrupted" and begins_alike(shown, printed):
        return None
    found = difference(shown, printed, errors, loosely=loosely)
    together = printed
    for before in held.before if found else ():
        together = before + together
        if difference(shown, together, errors, loosely=loosely) is None:
            return None
    return found


def _said_aside(ran: RanBlock) -> str:
    """What a reader sees besides standard output: standard error, and warnings as Python shows them."""
    lines = ran.lesson.text.split("\n")
    warned = (
        f"{each.type.rpartition('.')[2]}: {each.message}\n{''.join(lines[each.line - 1 : each.line])}"
        for each in ran.warnings
    )
    return "\n".join((ran.raw.stderr, *warned))


def _severity(held: HeldBlock, output: OutputBlock, found: Difference) -> Severity | None:
    """The severity of a difference; None when it is no defect."""
    if output.exact:
        return "error"
    if found.way == "order" and held.chance.unordered:
        return None
    if output.label == "none":
        return "info" if found.way != "partial" and found.share >= _HALF else None
    vague = output.varies or bool(held.chance.statements) or held.uses_stand_in
    return "info" if vague or found.way == "partial" else "warning"


def _report(held: HeldBlock, fence: Block, found: Difference, severity: Severity, fix: Fix | None) -> Report:
    lines = fence.code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    same = [i for i, line in enumerate(lines) if line.strip() == found.shown.strip()]
    at = min(same, key=lambda i: abs(i - found.line)) if same else min(found.line, len(lines) - 1)
    lesson = held.ran.lesson
    span = held.ran.line_span(fence.span.line + 1 + at) if fence.lines else fence_span(lesson, fence)
    # The old way shows what it printed at the time.
    on_purpose = held.ran.plan.kind == "counterexample"
    return Report(_words(found), span, held.block.index, severity, intended=on_purpose, fix=fix)


def _words(found: Difference) -> str:
    shown, printed = both(found.shown, found.printed)
    if found.way == "partial":
        return (
            f"the block prints more than the lesson shows: {printed} is missing here; write `...` for "
            "omitted output"
        )
    if found.way == "order":
        return (
            f"the lesson shows {shown} here, but the block prints {printed}: the lines are in another order"
        )
    printed = printed if found.printed.strip() else "nothing more"
    return (
        f"the lesson shows {shown if found.shown.strip() else 'nothing'} here, but the block prints {printed}"
    )


def _fix(held: HeldBlock, output: OutputBlock, fence: Block, found: Difference) -> Fix | None:
    """The fix that replaces the shown output by the actual output."""
    printed = held.ran.raw.stdout.rstrip("\n")
    certain = output.label == "said" and not output.varies and not held.chance.statements
    if not certain or found.way == "partial" or held.ran.outcome.kind != "passed" or held.uses_stand_in:
        return None
    if (
        not printed
        or len(printed) > _LONGEST_FIX
        or not printed.replace("\n", "").replace("\t", "").isprintable()
    ):
        return None
    try:
        edit = replace_code(held.ran.lesson, fence, printed)
    except CodeEditError:
        return None
    return Fix("show what the block prints", "unsafe", (edit,))


def _console(held: HeldBlock) -> Iterator[Report]:
    told = {each.statement: each for each in held.ran.raw.told}
    shown = echoes(held.cell)
    ended = next(n for n in range(len(told) + 1) if n not in told)
    if not any(each.text.strip() for each in shown):
        return
    for echo in shown:
        if echo.first > ended:
            return
        found = None if echo.skipped else _echoed(held, echo, told)
        if found is not None:
            last = max(echo.line, echo.end - 1) if echo.text else echo.line - 1
            span = held.ran.line_span(held.block.span.line + min(echo.line + found.line, last))
            yield Report(_words(found), span, held.block.index, _echo_severity(held, echo, found))


def _echo_severity(held: HeldBlock, echo: Echo, found: Difference) -> Severity:
    if held.how == "exact":
        return "error"
    vague = found.way == "partial" or echo.statement in held.chance.statements or held.uses_stand_in
    return "info" if vague else "warning"


def _echoed(held: HeldBlock, echo: Echo, told: Mapping[int, Told]) -> Difference | None:
    """How the output of a prompt's statements differs from what is shown below it."""
    if echo.statement not in told:
        return _raised(held, echo)
    first = held.cell.tree.body[echo.statement].lineno if held.cell.tree else 0
    if not echo.raises and first in held.ran.wrong:
        return None
    shown = "\n".join("" if line.strip() == _BLANK_LINE else line for line in echo.text.split("\n"))
    printed = "".join(told[n].printed for n in range(echo.first, echo.statement + 1) if n in told)
    if not printed and all(line.startswith("#") for line in shown.split("\n")):
        return None  # a remark of the author's
    if held.how == "exact":
        return None if shown == printed.rstrip("\n") else Difference("other", 0, shown, printed, 0.0)
    try:
        loosely = echo.statement in held.chance.statements
        found = difference(shown, printed, _said_aside(held.ran), loosely=loosely)
    except TooLongError:
        return None
    if found is not None and not shown.strip():
        return Difference("partial", 0, "", found.printed, 0.0)
    return found


def _raised(held: HeldBlock, echo: Echo) -> Difference | None:
    """How the exception that ended the session differs from the one that is shown there."""
    raised, shows = held.ran.raw.error, shown_error(echo.text)
    if shows is None or raised is None:
        return None
    shown, printed = last_line(raised.type, raised.message, shows)
    found = difference(shown, printed)
    return found and replace(found, line=echo.text.count("\n"))
