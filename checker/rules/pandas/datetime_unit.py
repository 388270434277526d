"""Code that reads dates and times as nanoseconds, which they no longer are.

## What

Code that treats dates or times as numbers of nanoseconds: `dates.astype("int64") // 10**9`, `index.asi8`,
`.view("int64")`, `pd.to_numeric(dates)`, and `pd.to_datetime(numbers)` on such numbers; tests for
`"datetime64[ns]"`, `select_dtypes("datetime64[ns]")` and `is_datetime64_ns_dtype`; `.values.tolist()`, which
now returns `datetime` objects; and `errors="coerce"` on dates before 1678 or after 2262, which are now kept.

If the lesson shows that the column holds dates, the finding is an error. If only its name or the code around
it suggests so, the finding is a warning. Code that sets the unit itself (`.dt.as_unit("ns")`, `unit="ns"`,
`astype("datetime64[ns]")`) is not reported, nor is `Timestamp.value`, which is always in nanoseconds.

## Why

Since pandas 3, dates and times are stored in the unit that fits, which is nearly always microseconds. pandas
does not warn: seconds since 1970 are 1,000 times too small, and tests for nanoseconds are false.

## Bad

```python
import pandas as pd

orders = pd.DataFrame({"when": pd.to_datetime(["2024-01-05", "2024-02-10"])})
seconds = orders["when"].astype("int64") // 10**9  # error
index = pd.date_range("2024-01-01", periods=3, freq="h")
moments = index.asi8  # error
is_date = orders["when"].dtype == "datetime64[ns]"  # error
```

## Good

```python
import pandas as pd

orders = pd.DataFrame({"when": pd.to_datetime(["2024-01-05", "2024-02-10"])})
seconds = (orders["when"] - pd.Timestamp("1970-01-01")) // pd.Timedelta("1s")
same = orders["when"].dt.as_unit("s").astype("int64")
index = pd.date_range("2024-01-01", periods=3, freq="h", unit="ns")
moments = index.asi8
is_date = pd.api.types.is_datetime64_any_dtype(orders["when"])
```

## Since

pandas 3.0

## Source

What's new in pandas 3.0, datetime and timedelta resolution inference:
https://pandas.pydata.org/docs/whatsnew/v3.0.0.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.epochs import in_call, in_operation, taken_in
from checker.rules.pandas.unit_tests import in_comparison, in_question
from checker.rules.rule import Report, Rule

_Statement = ast.Assign | ast.AnnAssign | ast.Expr | ast.Return

RULE = Rule(
    "PAN305",
    "datetime-unit",
    "error",
    looks_at="node",
    nodes=(ast.BinOp, ast.Call, ast.Compare, ast.AugAssign, ast.Assign, ast.AnnAssign, ast.Expr, ast.Return),
)


def check(
    node: ast.BinOp | ast.AugAssign | ast.Call | ast.Compare | _Statement, types: Types
) -> Iterator[Report]:
    """Report arithmetic that assumes nanoseconds, and tests for them."""
    if isinstance(node, ast.BinOp):
        yield from in_operation(node, node.left, node.op, node.right, types)
    elif isinstance(node, ast.AugAssign):
        yield from in_operation(node, node.target, node.op, node.value, types)
    elif isinstance(node, ast.Call):
        yield from in_call(node, types)
        yield from in_question(node, types)
    elif isinstance(node, ast.Compare):
        yield from in_comparison(node, types)
    else:
        yield from taken_in(node, types)
