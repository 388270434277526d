"""Lessons that ran without a sandbox, so that their code could do everything you can.

## What

The blocks ran with `--sandbox none`: as the user who started the checker, without any restriction. This is
reported once, at the first block that ran, and neither rule selection nor `ignore` hides it.

## Why

The code in the lessons could read and change your files and keys, and use your network. The report does not
show whether it did.

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
        message = "the lessons ran without a sandbox: their code could do everything that the user can"
        yield Report(message, fence_span(lesson, block), block.index)
