"""Code that pandas says will change or go in its next major version.

## What

The block ran, and pandas warned with one of its own classes for coming changes (`Pandas4Warning`). Until the
deprecations of pandas 4 can be read from the code as well, only blocks that run are judged.

## Why

A lesson outlives a release. What pandas 3.1 deprecates stops working for the readers of pandas 4.

## Bad

```python
import pandas as pd

prices = pd.DataFrame({"tea": ["mate", "assam"], "price": [3.8, 3.2]})
prices.sort_values("price", inplace=True)  # error
```

## Good

```python
import pandas as pd

prices = pd.DataFrame({"tea": ["mate", "assam"], "price": [3.8, 3.2]})
prices = prices.sort_values("price")
```

## Since

pandas 3.1

## Source

What's new in pandas 3.1, deprecations: https://pandas.pydata.org/docs/whatsnew/v3.1.0.html
"""

from collections.abc import Iterator

from checker.analysis.ran import RanBlock
from checker.rules.rule import Report, Rule

RULE = Rule("PAN313", "deprecated-4", "warning", looks_at="outcome")


def check(ran: RanBlock) -> Iterator[Report]:
    """Each line that made pandas warn of a coming change, once."""
    seen: set[int] = set()
    for warning in ran.warnings:
        # The classes are Pandas4Warning, Pandas5Warning and so on (pandas 3.0, PDEP-17).
        module, _, name = warning.type.rpartition(".")
        if module != "pandas.errors" or not name.startswith("Pandas") or warning.line in seen:
            continue
        seen.add(warning.line)
        yield Report(
            f"pandas warned when this ran: {warning.first_sentence}",
            ran.line_span(warning.line),
            ran.block.index,
            intended=ran.is_wrong(warning.line),
        )
