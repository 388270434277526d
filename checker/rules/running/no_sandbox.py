"""The lessons were run without a sandbox: their code could do all that you may.

## What

Snippets were run with `--sandbox none`: as the user who started the checker, and with nothing to hold them.
It stands at the first block that was run, once, and no selection or `ignore` hides it.

## Why

Whoever wrote the lessons could read your files and keys, change them, and reach your network. A report that
was made so says nothing about what else happened.

## Bad

```sh
coursecheck check --sandbox none
```

## Good

```sh
coursecheck check
```

## Since

coursecheck 0.2

## Source

What was asked for on the command line.
"""

from collections.abc import Iterator

from checker.analysis.ran import fence_span
from checker.model import NO_TIER, Block, Lesson
from checker.rules.rule import Report, Rule

RULE = Rule("RUN501", "no-sandbox", "warning", looks_at="isolation")


def check(lesson: Lesson, block: Block, tier: str) -> Iterator[Report]:
    """At the block, the first of the run."""
    if tier == NO_TIER:
        message = "lessons were run without a sandbox: their code could do all that the user may"
        yield Report(message, fence_span(lesson, block), block.index)
