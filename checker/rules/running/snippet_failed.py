"""A block that a reader would run, and that ends with an exception.

## What

The block ran in the sandbox, after the blocks before it, and raised an exception. The finding is at the line
that raised it, which may be in a function from an earlier block.

## Why

A reader who types in the lesson gets this exception instead of the promised result.

## Bad

```python
totals = {"apples": 3}
print(totals["pears"])  # error
```

## Good

```python
totals = {"apples": 3}
print(totals.get("pears", 0))
```

An exercise that fails at its own `raise NotImplementedError`, where readers are to write the code, is
information. When the exception is what the lesson teaches, say so above the fence:
`{/* check: raises=KeyError */}`.

## Since

coursecheck 0.1

## Source

Python's own exception, from running the lesson.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN101", "snippet-failed", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """The exception that ended the block, where it was raised."""
    error = ran.outcome.error
    if ran.outcome.kind != "failed" or error is None or ran.block.directive("raises") or ran.outcome.again:
        return
    said = error.message.rstrip()
    message = f"{error.type.removeprefix('builtins.')}: {said}" if said else error.type
    last = ran.block.span.line + len(ran.block.lines)
    if error.line and not ran.block.span.line <= error.line <= last:
        message += f" (while the block at line {ran.block.span.line} ran)"
    span = ran.line_span(error.line, error.column)
    # An exercise raises this where its readers are to write the code: until then it has to fail.
    is_exercise = ran.lesson.text.startswith("raise NotImplementedError", span.start)
    yield Report(message, span, ran.block.index, severity="info" if is_exercise else None, error=error)
