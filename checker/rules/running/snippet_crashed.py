"""A block that ends its interpreter: by a crash, `os._exit`, or by replacing the process.

## What

The interpreter exited before it reached the last line of the block. The later blocks of the session did not
run.

## Why

In a reader's notebook the kernel dies, and every result is lost.

## Bad

```python # error
import os

os._exit(0)
```

## Good

```python
import sys

sys.exit(0)
```

## Since

coursecheck 0.1

## Source

The exit status of the session's interpreter.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN104", "snippet-crashed", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """One report at the opening fence: the interpreter died without saying where."""
    if ran.outcome.kind == "crashed" and not ran.outcome.again:
        yield Report(ran.outcome.reason, ran.fence_span(), ran.block.index)
