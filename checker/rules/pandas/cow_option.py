"""An option or warning from before copy-on-write that has no effect or no longer exists.

## What

The options `mode.copy_on_write`, `mode.chained_assignment` and the `future` options that are now the default,
when they are set, read or reset by a function, a context or an attribute. Also `SettingWithCopyWarning` and
`SettingWithCopyError`, as an import or an attribute.

## Why

In pandas 3, copy-on-write is always on. The options have no effect and warn with `Pandas4Warning`, so a
lesson that uses them to switch something off shows nothing. The two classes were removed, and importing them
raises an error.

## Bad

```python
import pandas as pd

pd.options.mode.chained_assignment = None  # error
pd.set_option("mode.copy_on_write", True)  # error

from pandas.errors import SettingWithCopyWarning  # error
```

## Good

```python
import pandas as pd

pd.set_option("display.max_rows", 20)
people = pd.DataFrame({"age": [31, 17]})
people.loc[people["age"] < 18, "age"] = 18
```

## Since

pandas 3.0

## Source

User guide, Copy-on-Write: https://pandas.pydata.org/docs/user_guide/copy_on_write.html
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_imports import in_import
from checker.rules.pandas.changed_members import in_attribute
from checker.rules.pandas.changed_options import in_option_attribute, in_option_call, is_about_copies
from checker.rules.rule import Report, Rule

RULE = Rule(
    "PAN311", "cow-option", "warning", looks_at="node", nodes=(ast.Attribute, ast.Call, ast.ImportFrom)
)


def check(node: ast.Attribute | ast.Call | ast.ImportFrom, types: Types) -> Iterator[Report]:
    """Report options and names that copy-on-write made useless."""
    if isinstance(node, ast.Call):
        yield from in_option_call(node, types, is_about_copies)
    elif isinstance(node, ast.Attribute):
        yield from in_option_attribute(node, types, is_about_copies)
        yield from in_attribute(node, types, is_about_copies)
    else:
        yield from in_import(node, types, is_about_copies)
