"""Code that is shown as wrong, but runs without an error or a warning.

## What

A `wrong` directive, or a marker such as ❌ or WRONG in a comment, says that the block does not work. It ran
without an error or a warning, and no rule named in the directive found anything in it.

## Why

If the library has since fixed the problem, the lesson warns readers about code that works. If only a marker
says that the code is wrong, the finding is info, because the point may be a wrong result.

## Bad

{/* check: wrong */}
```python
prices = {"tea": 3}  # error
prices["mate"] = 4
```

## Good

{/* check: wrong */}
```python
prices = {"tea": 3}
prices["mate"]
```

## Since

coursecheck 0.1

## Source

Running the block, and the rules that read it.
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("RUN301", "stale-counterexample", "error", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """One report at the first code line; an error only when a directive said that the code is wrong."""
    if ran.plan.kind != "counterexample" or ran.outcome.kind != "passed" or ran.raw.swallowed:
        return
    directive = ran.block.directive("wrong")
    wanted = [word.strip() for word in ((directive and directive.value) or "").split(",") if word.strip()]
    missing = [word for word in wanted if word not in ran.fired]
    if ran.fired and not missing:
        return
    what = f"; {', '.join(missing)} found nothing in it" if missing else ""
    yield Report(
        f"the block is shown as wrong, but ran without an error or a warning{what}",
        ran.line_span(ran.block.span.line + 1),
        ran.block.index,
        severity="error" if directive else "info",
    )
