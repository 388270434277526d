"""A block that should raise an exception, but raised another one or none.

## What

The block's `raises` directive names an exception (and `match` a pattern for its message). When the block ran,
it raised another one, or none.

## Why

The lesson tells the reader which error to expect. If the library changes, the text must change too.

## Bad

{/* check: raises=KeyError */}
```python
int("twelve")  # error
```

## Good

{/* check: raises=ValueError match="invalid literal" */}
```python
int("twelve")
```

## Since

coursecheck 0.1

## Source

The directive, and Python's own exception from running the lesson.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN201", "raises-mismatch", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """At the line that raised, or at the opening fence when nothing was raised."""
    if ran.outcome.kind != "failed" or not ran.block.directive("raises"):
        return
    error = ran.outcome.error
    span = ran.line_span(error.line, error.column) if error else ran.fence_span()
    yield Report(f"the block {ran.outcome.reason}", span, ran.block.index)
