"""Code that gives a different result in pandas 3, or raises an error.

## What

- `agg(np.std)` and `agg(np.var)`, which pandas used to replace with its own functions; with gaps, `agg(sum)`
  and `agg(np.median)` as well.
- `np.sum(df)` without an axis: one number for the whole frame.
- `groupby` of a column with listed categories, without `observed=`: categories that do not occur are left
  out.
- `groupby(...).apply(function)` whose function, or the code after it, reads the grouping column, which is no
  longer there.
- `groupby(...).apply(function)` that gives the groups back where nothing keeps the key: with
  `group_keys=False`, or `.reset_index(drop=True)` behind it.
- `replace` of a category by a new one, a slice of whole numbers where the labels are floats, and `argsort` of
  numbers with gaps.
- `str.replace` with a pattern or a function and without `regex=True` (since pandas 2.0).
- `isin` with strings or plain dates on a column of dates.
- `replace` of all strings in a column with numbers: the column stays `object` unless it is cast.
- `~` on truth values that had missing values: even when filled, they stay objects, and `~` turns them into -1
  and -2.
- A value that does not fit its column of numbers, truth values or dates: `df.loc[0, "age"] = "?"`, 1.5 among
  whole numbers, text in a column created with `df["grade"] = np.nan`.
- `interpolate` on text.

If the lesson shows the data, the finding is an error, or a warning where the result may still be right.

## Why

pandas 2 announced each of these changes with a FutureWarning. In pandas 3, the standard deviation is silently
that of a population (`ddof=0`), and a value that does not fit raises TypeError.

## Bad

```python
import numpy as np
import pandas as pd

grades = pd.DataFrame({"name": ["Ann", "Bob", "Ann"], "points": [7, 9, 8]})
spread = grades["points"].agg(np.std)  # error
first = grades.groupby("name").apply(lambda part: part["name"].iloc[0])  # error
grades.loc[0, "points"] = "ill"  # error
```

## Good

```python
import numpy as np
import pandas as pd

grades = pd.DataFrame({"name": ["Ann", "Bob", "Ann"], "points": [7, 9, 8]})
spread = grades["points"].agg("std")
whole = np.std(grades["points"])
first = grades.groupby("name").apply(lambda part: part.name)
grades["points"] = grades["points"].astype("float64")
grades.loc[0, "points"] = 7.5
```

## Since

pandas 3.0

## Source

What's new in pandas 3.0: https://pandas.pydata.org/docs/whatsnew/v3.0.0.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_answers import in_call, in_selection
from checker.rules.pandas.float_labels import in_slice
from checker.rules.pandas.new_categories import in_categories
from checker.rules.pandas.patterns_as_text import as_text
from checker.rules.pandas.staying_objects import in_inversion, in_replacing
from checker.rules.pandas.unfitting import put_where_it_does_not_fit
from checker.rules.rule import Report, Rule

RULE = Rule(
    "PAN314",
    "changed-result",
    "error",
    looks_at="node",
    nodes=(ast.Call, ast.Subscript, ast.Attribute, ast.Assign, ast.AugAssign, ast.UnaryOp),
)


def check(
    node: ast.Call | ast.Subscript | ast.Attribute | ast.Assign | ast.AugAssign | ast.UnaryOp, types: Types
) -> Iterator[Report]:
    """Report code whose result changed, or which is rejected."""
    if isinstance(node, ast.Call):
        yield from in_call(node, types)
        yield from in_replacing(node, types)
        yield from in_categories(node, types)
        yield from as_text(node, types)
    elif isinstance(node, ast.Subscript | ast.Attribute):
        yield from in_selection(node, types)
        yield from in_slice(node, types)
    elif isinstance(node, ast.UnaryOp):
        yield from in_inversion(node, types)
    else:
        yield from put_where_it_does_not_fit(node, types)
