"""A block that does not end within its time limit.

## What

The block was stopped after its time limit (10 s, or its `timeout` directive), which ended the session: the
later blocks did not run.

## Why

A reader waits too. A loop that is meant to run until Ctrl-C is recognized as endless if it says `while True`.
For other loops, say how they end.

## Bad

{/* check: timeout=500ms */}
```python # error
import time

time.sleep(3600)
```

## Good

{/* check: timeout=5s */}
```python
import time

time.sleep(0.1)
```

Give a slow block more time with `{/* check: timeout=30s */}`; end one that never stops as a reader would, by
Ctrl-C, with `{/* check: interrupt=3s */}`.

## Since

coursecheck 0.1

## Source

The limits in `coursecheck.toml` under `[run]`.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN102", "snippet-timed-out", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """One report at the opening fence: it is not known where the time was spent."""
    if ran.outcome.kind == "timed-out":
        yield Report(f"the block did not end: {ran.outcome.reason}", ran.fence_span(), ran.block.index)
