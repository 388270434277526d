"""A Python block that Python cannot read.

## What

The block does not parse, and it is not an excerpt either: it would not parse inside a function, a loop, a
call or a literal. A block that is clearly not Python, such as prose, output, a formula or shell commands, is
a warning: its fence names the wrong language. So is code with its own output below it in the same block. An
excerpt is only info, and so is code for a newer Python than the checker's own.

## Why

Nothing in the block can run, neither for the reader nor for the checker, and the names it defines are missing
in all later blocks.

## Bad

```python
totals = [3, 4, 5]
for total in totals  # error
    print(total)
```

## Good

```python
totals = [3, 4, 5]
for total in totals:
    print(total)
```

## Since

coursecheck 0.1

## Source

Python's own parser and compiler; their words are in the message.
"""

from collections.abc import Iterator

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.not_code import says_output
from checker.analysis.plain_text import is_sql, output_below
from checker.config import Config
from checker.model import Lesson, Severity, Span
from checker.patterns import regex
from checker.rules.document.problems import cut_blocks
from checker.rules.rule import Report, Rule

RULE = Rule("PYT101", "python-syntax", "error", looks_at="python")

# "expected an indented block after 'for' statement on line 2", "'[' was never closed on line 3"
_CODE_LINE = regex(r"\bline (\d+)")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for every block that Python rejects, where it stopped reading."""
    cut = cut_blocks(analysis.lesson)
    for cell in analysis.cells:
        if cell.error is None or cell.block.index in cut or says_output(cell.block):
            continue
        verdict = analysis.verdicts[cell.block.index]
        if verdict.kind == "newer":
            end = f"it is written for {verdict.reason}, and is not run"
            yield _report(analysis, cell, cell.error, end, "info")
        elif verdict.kind == "broken":
            yield _broken(analysis, cell, cell.error)
        elif cell.tree is None and verdict.kind == "not-code":
            end = f"it is {verdict.reason}; name another language in the fence, such as `text`"
            yield _report(analysis, cell, cell.error, end, "warning")
        elif cell.tree is None:
            yield _report(analysis, cell, cell.error, f"this is an excerpt: {verdict.reason}", "info")


def _broken(analysis: LessonAnalysis, cell: Cell, error: SyntaxError) -> Report:
    output = output_below(cell.lines, error.lineno or 1)
    if output:
        line = cell.block.span.line + output
        end = f"from line {line} on this is output; move it to a separate `text` fence"
        return _report(analysis, cell, error, end, "warning")
    if is_sql(cell.lines):
        return _report(analysis, cell, error, "it is SQL; name `sql` in the fence")
    return _report(analysis, cell, error, "fix it, or name another language in the fence")


def _report(
    analysis: LessonAnalysis, cell: Cell, error: SyntaxError, end: str, severity: Severity | None = None
) -> Report:
    first_line = cell.block.span.line
    words = _CODE_LINE.sub(lambda match: f"line {first_line + int(match[1])}", error.msg)
    wrong = analysis.wrong_lines(cell.block)
    return Report(
        message=f"Python cannot read this ({words}): {end}",
        span=error_span(analysis.lesson, cell, error),
        block=cell.block.index,
        severity=severity,
        intended=error.lineno in wrong or cell.block.directive("wrong") is not None,
    )


def error_span(lesson: Lesson, cell: Cell, error: SyntaxError) -> Span:
    """Where Python stopped reading a cell; its first line when Python does not say."""
    line = min(max(error.lineno or 1, 1), len(cell.lines))
    start = _column(cell, line, error.offset or 1)
    end = start + 1
    if error.end_lineno == error.lineno and error.end_offset:
        end = max(_column(cell, line, error.end_offset), end)
    width = len(cell.lines[line - 1])
    shift = cell.shifts[line - 1]
    return lesson.code_span(cell.block, line, min(start, width) + shift, line, min(end, width) + shift)


def _column(cell: Cell, line: int, offset: int) -> int:
    """The column from 0 for an offset from 1, limited to the line's end."""
    return min(max(offset - 1, 0), len(cell.lines[line - 1]))
