"""A block that failed, but ended differently when it was run again.

## What

A block that fails is run once more in a fresh interpreter, after the same blocks. The second time, it passed
or failed in another way.

## Why

The lesson works for some readers and not for others, and the checker's result changes from run to run. The
cause is chance: random numbers without a seed, the time, or the order in which threads run.

## Bad

```python
import random

assert random.random() < 0.5, "no luck today"  # error
```

## Good

```python
import random

random.seed(1)
assert random.random() < 0.5, "no luck today"
```

## Since

coursecheck 0.2

## Source

Running the lesson twice.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.model import Outcome
from checker.rules.rule import Report, Rule

RULE = Rule("RUN302", "flaky-snippet", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """Where it raised in one of the two runs; at the opening fence when it raised in neither."""
    again = ran.outcome.again
    if again is None or ran.outcome.kind == "skipped":
        return
    error = ran.outcome.error or again.error
    span = ran.line_span(error.line, error.column) if error else ran.fence_span()
    ways = f"{_words(ran.outcome)}, but {_words(again)} when it was run again"
    yield Report(f"the block {ways}", span, ran.block.index)


def _words(outcome: Outcome) -> str:
    """The end of "the block …"."""
    ways = {"limit": "went over a limit", "timed-out": "timed out", "not-run": "was not run"}
    words = ways.get(outcome.kind, outcome.kind)
    return f"{words} ({outcome.reason})" if outcome.reason else words
