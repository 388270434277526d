"""Code that the next major version of pandas will change or reject.

## What

Everything that pandas 3.1 deprecates: `inplace=` in `drop`, `dropna`, `drop_duplicates`, `rename`,
`reset_index`, `set_index`, `sort_values`, `sort_index`, `query` and `eval`; arguments that must be passed by
name, as in `df.sum(1)`; `.dt.weekday`, `join(lsuffix=)`, `ExcelFile.parse` and other names; a tuple added to
a Series, numbers with a date format or for periods, quarters among dates, rows of different lengths, `agg`
with a function that gives a Series. When a block runs, any other pandas warning
about a coming change (`Pandas4Warning`) is reported too.

## Why

A lesson outlives a release. What pandas 3.1 deprecates will not work in pandas 4, and until then readers see
a warning that the lesson does not show.

## Bad

```python
import pandas as pd

prices = pd.DataFrame({"tea": ["mate", "assam"], "price": [3.8, 3.2]})
prices.sort_values("price", inplace=True)  # error
total = prices["price"].sum(0)  # error
```

## Good

```python
import pandas as pd

prices = pd.DataFrame({"tea": ["mate", "assam"], "price": [3.8, 3.2]})
prices = prices.sort_values("price")
prices.fillna(0, inplace=True)
total = prices["price"].sum(axis=0)
```

## Since

pandas 3.1

## Source

What's new in pandas 3.1, deprecations: https://pandas.pydata.org/docs/whatsnew/v3.1.0.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_arguments import in_arguments, in_positions
from checker.rules.pandas.changed_members import in_attribute, in_method_call
from checker.rules.pandas.changed_options import in_option_attribute, in_option_call, is_about_copies
from checker.rules.pandas.changed_shapes import NODES, in_shape
from checker.rules.pandas.copy_keyword import is_copy
from checker.rules.pandas.table import Change, is_deprecated
from checker.rules.rule import Report, Rule

RULE = Rule("PAN313", "deprecated-4", "warning", looks_at="node", nodes=NODES)


def check(node: ast.AST, types: Types) -> Iterator[Report]:
    """Report deprecated code, which still works."""
    if isinstance(node, ast.Call):
        if not _is_lost_anyway(node, types):
            yield from in_arguments(node, types, _wanted)
        yield from in_positions(node, types, _wanted)
        yield from in_method_call(node, types, _wanted)
        yield from in_option_call(node, types, _wanted)
    elif isinstance(node, ast.Attribute):
        yield from in_attribute(node, types, _wanted)
        yield from in_option_attribute(node, types, _wanted)
    yield from in_shape(node, types, _wanted)


def _wanted(row: Change) -> bool:
    return is_deprecated(row) and not is_copy(row) and not is_about_copies(row)


def _is_lost_anyway(node: ast.Call, types: Types) -> bool:
    """`inplace=True` on a selection is reported by `inplace-on-selection`."""
    if not isinstance(node.func, ast.Attribute) or not types.is_temporary(node.func.value):
        return False
    return any(
        word.arg == "inplace" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in node.keywords
    )
