"""Text columns have the dtype `str`: tests for `object` no longer find them, and they take text only.

## What

Code that expects text to have the dtype `object`: `df["name"].dtype == object` (or `"object"`, `"O"`,
`np.object_`), `df.dtypes == "object"`, `is_object_dtype(...)`; `select_dtypes(include="object")` and
`describe(include="object")` without `"str"` beside it; `np.issubdtype` and `isinstance(..., np.dtype)`
on the dtype of a text column; code that takes `.unique()` or `.values` of one for a NumPy array. And a
number, a date or a list put into a text column.

Where the column is known to hold text the finding is an error. Where it may as well hold something else, it
is a warning. Columns that the lesson itself makes `object`, and other dtypes, are left alone.

## Why

Since pandas 3 text is stored with the new dtype `str`. A test for `object` is then silently false, a
selection of `object` columns warns now and will be empty in pandas 4, NumPy does not know the dtype and
raises, and so does the column when it is given anything but text.

## Bad

```python
import pandas as pd
from pandas.api.types import is_object_dtype

people = pd.DataFrame({"name": ["Ann", "Bob"], "age": [31, 17]})
assert people["name"].dtype == "object"  # error
assert is_object_dtype(people["name"])  # error
texts = people.select_dtypes(include="object")  # error
people.loc[0, "name"] = 7  # error
```

## Good

```python
import pandas as pd
from pandas.api.types import is_string_dtype

people = pd.DataFrame({"name": ["Ann", "Bob"], "age": [31, 17]})
assert people["name"].dtype == "str"
assert is_string_dtype(people["name"])
texts = people.select_dtypes(include="str")
both = people.select_dtypes(include=["object", "str"])
people["name"] = people["name"].astype(object)
people.loc[0, "name"] = 7
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
from checker.rules.pandas.dtype_tests import in_call, in_comparison
from checker.rules.pandas.text_columns import put_into_text
from checker.rules.rule import Report, Rule

RULE = Rule("PAN303", "object-dtype", "error", looks_at="node", nodes=(ast.Compare, ast.Call, ast.Assign))


def check(node: ast.Compare | ast.Call | ast.Assign, types: Types) -> Iterator[Report]:
    """Report tests for `object`, and what a text column does not take."""
    if types.text_is_object:
        return
    if isinstance(node, ast.Compare):
        yield from in_comparison(node, types)
    elif isinstance(node, ast.Call):
        yield from in_call(node, types)
    else:
        yield from put_into_text(node, types)
