"""A number in square brackets that is no longer a position, because the index has other labels.

## What

A whole number, or a list of them, in the square brackets of a series whose index is known to hold no numbers:
`prices[0]` where the labels are text, dates or pairs. Such an index is that of `value_counts()` of a text
column, of the sums of a `groupby`, of `describe()`, `df.mean()` and `df.dtypes`, and of every row
(`df.iloc[0][0]`, `row[0]` in `iterrows`). `.get(0)` is reported too.

If the lesson shows the index, the finding is an error. If only a column's name suggests what the labels are,
the finding is a warning. A series with the default index or with numeric labels is not reported, nor is a
slice.

## Why

Since pandas 3, a number in square brackets is a label. `prices[0]` raises KeyError, `prices[0] = 1` silently
appends a row with the label 0, and `prices.get(0)` returns None.

## Bad

```python
import pandas as pd

prices = pd.Series([3.8, 3.2], index=["mate", "assam"])
first = prices[0]  # error
orders = pd.DataFrame({"tea": ["mate", "assam", "mate"], "cups": [1, 2, 3]})
best = orders["tea"].value_counts()[0]  # error
total = orders.groupby("tea")["cups"].sum()[-1]  # error
cell = orders.iloc[0][1]  # error
```

## Good

```python
import pandas as pd

prices = pd.Series([3.8, 3.2], index=["mate", "assam"])
first = prices.iloc[0]
mate = prices["mate"]
both = prices[0:2]
numbered = pd.Series([3.8, 3.2])
same = numbered[0]
orders = pd.DataFrame({"tea": ["mate", "assam", "mate"], "cups": [1, 2, 3]})
best = orders["tea"].value_counts().iloc[0]
```

## Since

pandas 3.0

## Source

What's new in pandas 3.0, enforced deprecations of Series indexing with integers:
https://pandas.pydata.org/docs/whatsnew/v3.0.0.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.holders import Items
from checker.analysis.frames.kinds import Array, Constant, Dtypes, Kind, Method, Series, scalar_name
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report, Rule

RULE = Rule("PAN309", "positional-fallback", "error", looks_at="node", nodes=(ast.Subscript, ast.Call))

# Descriptions of labels that are not numbers.
_LABELS: dict[Dtype, str] = {
    "text": "text",
    "string": "text",
    "text-by-name": "text",
    "datetime": "dates",
    "timedelta": "time differences",
    "period": "periods",
    "bool": "true and false",
    "pairs": "pairs",
}


def check(node: ast.Subscript | ast.Call, types: Types) -> Iterator[Report]:
    """Report numbers that are meant as positions but are looked up as labels."""
    if isinstance(node, ast.Subscript):
        key = types.of(node.slice)
        # An assignment to a temporary selection is lost anyway, which another rule reports.
        lost = isinstance(node.ctx, ast.Store) and types.is_temporary(node.value)
        if not lost and not isinstance(node.ctx, ast.Del) and (_is_number(key) or _are_numbers(key)):
            sets = isinstance(types.statement, ast.Assign) and isinstance(node.ctx, ast.Store)
            effect = "adds a row with that label" if sets and _is_number(key) else "raises KeyError"
            yield from _report(node, node.value, node.slice, effect, types)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        method = types.of(node.func)
        if isinstance(method, Method) and _is_number(types.of(node.args[0])):
            yield from _report(node, node.func.value, node.args[0], "returns its default", types)


def _report(
    node: ast.Subscript | ast.Call, series: ast.expr, key: ast.expr, effect: str, types: Types
) -> Iterator[Report]:
    index, sure = _index(types.of(series))
    labels = _LABELS.get(index) or _LABELS.get(base(index))
    if labels is None:
        return
    known = sure and index != "text-by-name"
    name, number = quoted(types.source(series), "the series"), quoted(types.source(key), "a number")
    condition = "" if known else " This holds if the labels are text, as it seems."
    yield Report(
        f"The labels of {name} are {labels}, and since pandas 3 {number} is looked up as a label: "
        f"this {effect}. Use `.iloc[...]` for a position.{condition}",
        types.span(node),
        severity=severity(sure=known),
        intended=not {"KeyError", "IndexError"}.isdisjoint(types.handled),
        fix=_by_position(node, types, known=known),
    )


def _index(of: Kind) -> tuple[Dtype, bool]:
    if isinstance(of, Series):
        return of.index, of.sure
    return (of.of.labels, of.of.sure) if isinstance(of, Dtypes) else ("", False)


def _by_position(node: ast.expr, types: Types, *, known: bool) -> Fix | None:
    """`series.iloc[0]` for `series[0]`."""
    if not isinstance(node, ast.Subscript):
        return None
    edit = Edit(types.at_bracket(node), ".iloc")
    return Fix("Use `.iloc`", "safe" if known else "unsafe", (edit,))


def _is_number(key: Kind) -> bool:
    if isinstance(key, Constant):
        return isinstance(key.value, int) and not isinstance(key.value, bool)
    return scalar_name(key) == "int"


def _are_numbers(key: Kind) -> bool:
    if isinstance(key, Items):
        return bool(key.shown) and all(map(_is_number, key.shown))
    return isinstance(key, Array) and base(key.dtype) == "int"
