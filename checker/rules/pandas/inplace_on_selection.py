"""A method with `inplace=True` on a selection, which does not change the frame.

## What

`inplace=True` on a selection from a frame: `df["price"].fillna(0, inplace=True)`, `df.city.replace(...)`,
`df.loc[rows].drop(...)`, `df[mask].sort_values(...)`; and `update`, which always works in place. A call
through a name for a column is reported too, if the lesson then reads the new values from the frame.

If the lesson shows that the object is a frame, the finding is an error. If only its name (`df`) or the way it
is used suggests so, or if the call goes through a name, the finding is a warning.

## Why

Since pandas 3, every selection behaves as a copy (copy-on-write). The method changes a temporary copy. pandas
warns with `ChainedAssignmentError`, or only that `inplace` will be removed, and the missing values, the
duplicates or the old names are still in the frame.

## Bad

```python
import pandas as pd

shop = pd.DataFrame({"item": ["tea", "mate", "tea"], "price": [1.5, None, 1.5]})
shop["price"].fillna(0, inplace=True)  # error
shop.item.replace("tea", "green tea", inplace=True)  # error
shop[shop["price"] > 1].drop_duplicates(inplace=True)  # error
```

## Good

Assign what the method returns:

```python
import pandas as pd

shop = pd.DataFrame({"item": ["tea", "mate", "tea"], "price": [1.5, None, 1.5]})
shop["price"] = shop["price"].fillna(0)
shop["item"] = shop["item"].replace("tea", "green tea")
shop = shop.drop_duplicates()

seen = {"tea": {"cups": 1}}
seen["tea"].update({"cups": 2})
```

## Since

pandas 3.0

## Source

User guide, Copy-on-Write, chained assignment:
https://pandas.pydata.org/docs/user_guide/copy_on_write.html#chained-assignment
"""

import ast
from collections.abc import Iterator

from msgspec.structs import replace

from checker.analysis.frames.kinds import Frame, Series
from checker.analysis.frames.known import Types
from checker.rules.pandas.assigning_back import FILLING, assigned_back, corrected
from checker.rules.pandas.wording import (
    expects_warning,
    lost_copy,
    quoted,
    root_of,
    severity,
    unless_other,
)
from checker.rules.rule import Report, Rule

RULE = Rule("PAN302", "inplace-on-selection", "error", looks_at="node", nodes=(ast.Call,))


def check(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report a call that works in place on a temporary object, or on a view that is not read afterwards."""
    if not isinstance(node.func, ast.Attribute) or not _works_in_place(node):
        return
    changed = node.func.value
    kind = types.of(changed)
    if not isinstance(kind, Frame | Series):
        return
    if types.is_temporary(changed):
        yield _lost_with_its_copy(node, node.func, kind, types)
    elif kind.source and _is_relied_on(node, node.func, kind, types):
        view = types.source(changed)
        message = (
            f"In pandas 3, `{view}` becomes a copy as soon as it is changed, so "
            f"`{kind.source.name}`, which the lesson reads later, keeps its old values. Assign the "
            f"result of `{node.func.attr}` to the column of `{kind.source.name}`."
        )
        yield replace(_report(node, message, types, certain=False), silent=True)


def _lost_with_its_copy(node: ast.Call, method: ast.Attribute, kind: Frame | Series, types: Types) -> Report:
    root = root_of(method.value, types)
    message = lost_copy(method.value, root, types, f"`{method.attr}`")
    if root is not method.value:
        name = quoted(types.source(root), "the frame")
        message += f" {_advice(node, method, types)}{unless_other(name, sure=kind.sure)}"
    found = _report(node, message, types, certain=kind.sure)
    return replace(found, fix=assigned_back(node, method, types))


def _works_in_place(node: ast.Call) -> bool:
    if isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return True
    return any(
        word.arg == "inplace" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in node.keywords
    )


def _is_relied_on(node: ast.Call, method: ast.Attribute, kind: Frame | Series, types: Types) -> bool:
    if not isinstance(method.value, ast.Name) or method.attr not in FILLING or kind.source is None:
        return False
    statement = types.statement
    alone = isinstance(statement, ast.Expr) and statement.value is node
    return alone and types.relied_on(method.value.id, kind.source)


def _advice(node: ast.Call, method: ast.Attribute, types: Types) -> str:
    code = corrected(node, method, types)
    return f"Write {quoted(code, 'the result back')}." if code else f"Keep the result of `{method.attr}`."


def _report(node: ast.Call, message: str, types: Types, *, certain: bool) -> Report:
    return Report(
        message,
        types.span(node),
        severity=severity(sure=certain),
        intended=expects_warning(types),
    )
