"""A block that needs more memory, processes, disk space or files than the sandbox provides.

## What

The block exceeded a limit, which ended its session: the later blocks did not run.

## Why

A block that needs gigabytes or hundreds of processes fails on many readers' machines too. If it is meant to,
raise the limit in `coursecheck.toml`.

## Bad

```python # error
rows = [bytearray(1 << 20) for _ in range(4096)]
```

## Good

```python
rows = [bytearray(1 << 10) for _ in range(4096)]
```

## Since

coursecheck 0.1

## Source

The limits in `coursecheck.toml` under `[run.limits]`.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN103", "snippet-over-limit", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """At the line that exceeded the limit, when it is known; else at the opening fence."""
    if ran.outcome.kind != "limit" or ran.outcome.again:
        return
    error = ran.outcome.error
    span = ran.line_span(error.line, error.column) if error else ran.fence_span()
    yield Report(f"the block exceeded a limit: {ran.outcome.reason}", span, ran.block.index)
