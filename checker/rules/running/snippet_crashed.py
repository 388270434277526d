"""A snippet ended its interpreter: by a crash, `os._exit`, or by replacing the process.

## What

The interpreter that ran the block was gone before the block's last line was reached. The blocks after it
were not run.

## Why

In a reader's notebook the kernel dies, and with it all that was computed.

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
