"""A method, attribute, class or module that pandas has removed.

## What

Removed names: methods and attributes (`df.append`, `df.applymap`, `s.iteritems`, `df.ix`, `.dt.week`),
functions and classes (`pd.Int64Index`, `pd.value_counts`, `pd.datetime`), modules (`pandas.util.testing`),
and the names that NumPy 2 removed (`np.NaN`). Also `int()` and `float()` of a Series. They are found on any
line, through import aliases, method chains, groups, windows, `.dt`, `.str`, `.cat` and `.style`.

If the lesson shows what the object is, the finding is an error. If only a name (`df`) or the way it is used
suggests pandas, the finding is a warning.

## Why

The line raises `AttributeError` or `ImportError`, and the reader cannot continue.

## Bad

```python
import pandas as pd

people = pd.DataFrame({"name": ["Ann", "Bob"], "age": [31, 17]})
people = people.append({"name": "Cid", "age": 45}, ignore_index=True)  # error
texts = people.applymap(str)  # error
index = pd.Int64Index([1, 2])  # error
total = int(people["age"].head(1))  # error
```

## Good

```python
import pandas as pd

people = pd.DataFrame({"name": ["Ann", "Bob"], "age": [31, 17]})
people = pd.concat([people, pd.DataFrame({"name": ["Cid"], "age": [45]})], ignore_index=True)
texts = people.map(str)
index = pd.Index([1, 2])
total = int(people["age"].iloc[0])

rows = []
rows.append({"name": "Dee"})
```

## Since

pandas 0.20 to 3.0, by name

## Source

What's new in pandas 3.0, removal of prior version deprecations; each name says its own release:
https://pandas.pydata.org/docs/whatsnew/v3.0.0.html#removal-of-prior-version-deprecations-changes
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_imports import in_import, in_module_attribute
from checker.rules.pandas.changed_members import in_attribute, in_method_call
from checker.rules.pandas.changed_options import in_option_attribute, in_option_call, is_about_copies
from checker.rules.pandas.changed_shapes import number_of_series
from checker.rules.pandas.table import Change, is_removed
from checker.rules.rule import Report, Rule

RULE = Rule(
    "PAN307",
    "removed-api",
    "error",
    looks_at="node",
    nodes=(ast.Attribute, ast.Call, ast.Import, ast.ImportFrom),
)


def _wanted(row: Change) -> bool:
    return is_removed(row) and not is_about_copies(row)


def check(node: ast.Attribute | ast.Call | ast.Import | ast.ImportFrom, types: Types) -> Iterator[Report]:
    """Report removed members of pandas."""
    if isinstance(node, ast.Attribute):
        yield from in_attribute(node, types, _wanted)
        yield from in_module_attribute(node, types, _wanted)
        yield from in_option_attribute(node, types, _wanted)
    elif isinstance(node, ast.Call):
        yield from in_method_call(node, types, _wanted)
        yield from number_of_series(node, types)
        yield from in_option_call(node, types, _wanted)
    else:
        yield from in_import(node, types, _wanted)
