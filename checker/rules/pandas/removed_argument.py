"""An argument, or a value of one, that pandas no longer accepts.

## What

Removed keywords (`fillna(method=)`, `read_csv(error_bad_lines=)`, `groupby(axis=)`, `resample(kind=)`),
removed values (`errors="ignore"`), arguments that must now be passed by name (`df.drop("age", 1)`,
`pd.concat(frames, 1)`), and forms that raise an error (`groupby("a")["b", "c"]`, data in place of a file,
`mask & [True, False]`, `dates.any()`, `pd.to_datetime("1700000000", unit="s")`, `delta / pd.offsets.Day(1)`).

If the lesson shows which function is called, the finding is an error. If only a name (`df`) or the way it is
used suggests pandas, the finding is a warning.

## Why

The call raises `TypeError` or `ValueError`, and the reader cannot continue.

## Bad

```python
import pandas as pd

sales = pd.DataFrame({"city": ["Riga", "Oslo"], "price": [1.5, None]})
sales = sales.fillna(method="ffill")  # error
sales = sales.drop("city", 1)  # error
days = pd.to_datetime(["soon"], errors="ignore")  # error
```

## Good

```python
import pandas as pd

sales = pd.DataFrame({"city": ["Riga", "Oslo"], "price": [1.5, None]})
sales = sales.ffill()
sales = sales.drop("city", axis=1)
days = pd.to_datetime(["soon"], errors="coerce")


def fillna(values, method):
    return values


fillna([1], method="ffill")
```

## Since

pandas 1.0 to 3.0, by argument

## Source

What's new in pandas 3.0, removal of prior version deprecations; each argument says its own release:
https://pandas.pydata.org/docs/whatsnew/v3.0.0.html#removal-of-prior-version-deprecations-changes
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_arguments import in_arguments, in_positions
from checker.rules.pandas.changed_shapes import in_shape
from checker.rules.pandas.table import is_removed
from checker.rules.rule import Report, Rule

RULE = Rule(
    "PAN308",
    "removed-argument",
    "error",
    looks_at="node",
    nodes=(ast.Call, ast.Subscript, ast.Compare, ast.BinOp, ast.AugAssign),
)


def check(node: ast.AST, types: Types) -> Iterator[Report]:
    """Report arguments that pandas no longer accepts."""
    if isinstance(node, ast.Call):
        yield from in_arguments(node, types, is_removed)
        yield from in_positions(node, types, is_removed)
    yield from in_shape(node, types, is_removed)
