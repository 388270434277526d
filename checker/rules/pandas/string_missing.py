"""Code that expects None in a text column, or fills a column with another type.

## What

Tests for None on the values of a column where the lesson puts None next to text: `value is None`, `None in
column.tolist()`, `value or "?"`, `column.astype(bool)`; `.where(column.notna(), None)`, which leaves NaN;
`"None"` and `"nan"` looked up after `astype(str)`; `fillna(0)` on text and `fillna("unknown")` on numbers;
and a mask combined with a text column, `mask & df["name"]`.

If the lesson shows that the column is of this kind, the finding is an error. If only its name or the code
around it suggests so, the finding is a warning. Columns read from files are not reported: a file holds no
None, and a missing value is NaN in pandas 2 as well. What pandas 3 still accepts with a warning (`fillna`
with another type, a mask combined with text) is a warning here, too.

## Why

Since pandas 3, text is stored with the dtype `str`, whose only missing value is NaN. `is None` is never true,
NaN counts as true where None was false, `astype(str)` keeps missing values, and `fillna` with another type
warns that it will raise an error.

## Bad

```python
import pandas as pd

guests = pd.DataFrame({"city": ["Riga", None], "paid": [12.5, None]})
lost = guests["city"].apply(lambda city: city is None)  # error
texts = guests["paid"].astype(str)
empty = texts == "nan"  # error
guests["city"] = guests["city"].fillna(0)  # error
guests["paid"] = guests["paid"].fillna("unknown")  # error
```

## Good

```python
import pandas as pd

guests = pd.DataFrame({"city": ["Riga", None], "paid": [12.5, None]})
lost = guests["city"].isna()
texts = guests["paid"].astype(str)
empty = texts.isna()
guests["city"] = guests["city"].fillna("")
guests["paid"] = guests["paid"].fillna(0)
answer = {"city": None}
unknown = answer["city"] is None
```

## Since

pandas 3.0

## Source

User guide, Migration guide for the new string data type (pandas 3.0):
https://pandas.pydata.org/docs/user_guide/migration-3-strings.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.fillers import in_filling, in_mask
from checker.rules.pandas.missing_tests import in_call, in_comparison, in_truth
from checker.rules.pandas.shown_results import is_shown
from checker.rules.rule import Report, Rule

_Truth = ast.BoolOp | ast.IfExp | ast.If | ast.UnaryOp
_Node = ast.Compare | ast.Call | ast.BinOp | _Truth

RULE = Rule(
    "PAN304",
    "string-missing",
    "error",
    looks_at="node",
    nodes=(ast.Compare, ast.Call, ast.BinOp, ast.BoolOp, ast.IfExp, ast.If, ast.UnaryOp),
)


def check(node: _Node, types: Types) -> Iterator[Report]:
    """Report tests that overlook missing values, and fill values that a column will reject."""
    if types.text_is_object:
        return
    if isinstance(node, ast.Compare):
        if not is_shown(node, types):
            yield from in_comparison(node, types)
    elif isinstance(node, ast.Call):
        yield from in_call(node, types)
        yield from in_filling(node, types)
    elif isinstance(node, ast.BinOp):
        yield from in_mask(node, types)
    else:
        yield from in_truth(node, types)
