"""A snippet did not end within its time limit.

## What

The block was ended after its wall time (10 s, or its `timeout` directive), and the session with it: the
blocks after it were not run.

## Why

A reader waits too. A loop that is meant to run until Ctrl-C is recognised as endless when it says
`while True`; for others say how it ends.

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
    """One report at the opening fence: where the time went is not known."""
    if ran.outcome.kind == "timed-out":
        yield Report(f"the block did not end: {ran.outcome.reason}", ran.fence_span(), ran.block.index)
