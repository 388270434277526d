"""Code that expects text columns to have the dtype `object`.

## What

`df["name"].dtype == object` (or `"object"`, `"O"`, `np.object_`), `df.dtypes == "object"` and
`is_object_dtype(...)`; `select_dtypes(include="object")` and `describe(include="object")` without `"str"`;
`np.issubdtype` and `isinstance(..., np.dtype)` on the dtype of a text column; and code that treats
`.unique()` or `.values` of a text column as a NumPy array. A number, a date or a list that is put into a text
column is reported too.

If the lesson shows that the column holds text, the finding is an error. If the column may hold something
else, the finding is a warning, as it is for selections of `object` columns, which still work. Columns that
the lesson itself makes `object` are not reported, nor are other dtypes.

## Why

Since pandas 3, text is stored with the new dtype `str`. A test for `object` is then silently false, and a
selection of `object` columns warns now and will be empty in pandas 4. NumPy does not know the dtype and
raises an error, and so does the column when a value other than text is put into it.

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
from checker.rules.pandas.shown_results import is_shown
from checker.rules.pandas.text_columns import put_into_text
from checker.rules.rule import Report, Rule

RULE = Rule("PAN303", "object-dtype", "error", looks_at="node", nodes=(ast.Compare, ast.Call, ast.Assign))


def check(node: ast.Compare | ast.Call | ast.Assign, types: Types) -> Iterator[Report]:
    """Report tests for `object`, and values that a text column does not accept."""
    if types.text_is_object:
        return
    if isinstance(node, ast.Compare):
        if not is_shown(node, types):
            yield from in_comparison(node, types)
    elif isinstance(node, ast.Call):
        yield from in_call(node, types)
    else:
        yield from put_into_text(node, types)
