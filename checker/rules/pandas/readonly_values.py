"""A write to the array of a frame or series, which is read-only.

## What

A write to the result of `.values`, `.to_numpy()` or `np.asarray(...)`, or to a slice or reshaped view of it:
`ages[0] = 0`, `ages += 1`, `ages.sort()`, `np.fill_diagonal(table.values, 0)`, `np.random.shuffle(...)`,
`out=`. This applies to a series, to an index, and to a frame whose columns share one dtype and one block of
memory, as columns that are created together do.

Arrays that are copies are not reported: `.to_numpy(copy=True)`, `.copy()`, `np.array(...)`, `.astype(...)`,
the values of a frame with several dtypes, the result of a computation.

## Why

Since pandas 3 (copy-on-write), such an array still shares the frame's memory where it can, and is marked
read-only so that nothing changes the frame behind pandas' back. Writing raises ValueError: "assignment
destination is read-only".

## Bad

```python
import numpy as np
import pandas as pd

people = pd.DataFrame({"age": [31, 17], "height": [1.8, 1.7]})
ages = people["age"].values
ages[0] = 32  # error
people["height"].to_numpy()[:] = 0.0  # error
table = people.corr()
np.fill_diagonal(table.values, 0)  # error
```

## Good

```python
import numpy as np
import pandas as pd

people = pd.DataFrame({"age": [31, 17], "height": [1.8, 1.7]})
ages = people["age"].to_numpy(copy=True)
ages[0] = 32
both = people[["age", "height"]].to_numpy()
both[0, 0] = 32
table = people.corr().to_numpy(copy=True)
np.fill_diagonal(table, 0)
```

## Since

pandas 3.0

## Source

User guide, Copy-on-Write, read-only NumPy arrays:
https://pandas.pydata.org/docs/user_guide/copy_on_write.html#read-only-numpy-arrays
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import (
    Array,
    Constant,
    Foreign,
    Kind,
    Member,
    Method,
    Place,
    Plain,
    scalar_name,
)
from checker.analysis.frames.known import Types
from checker.analysis.frames.tables import words
from checker.model import Edit, Fix
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report, Rule

RULE = Rule(
    "PAN312",
    "readonly-values",
    "error",
    looks_at="node",
    nodes=(ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.For, ast.Call),
)

_METHODS = words("sort fill put partition itemset")
# Functions that write into their first argument, by the last part of their name.
_FUNCTIONS = words("fill_diagonal put copyto place putmask shuffle put_along_axis")


def check(node: ast.stmt | ast.Call, types: Types) -> Iterator[Report]:
    """Report each write into an array that is a view of pandas data."""
    for written in _written(node, types):
        array = types.of(written)
        if isinstance(array, Array) and array.view:
            yield from _report(node, written, array, types)


def _written(node: ast.stmt | ast.Call, types: Types) -> Iterator[ast.expr]:
    """The expressions whose array is written to."""
    if isinstance(node, ast.Call):
        yield from _written_by_call(node, types)
    elif isinstance(node, ast.AugAssign):
        yield node.target.value if isinstance(node.target, ast.Subscript) else node.target
    else:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            yield from _below(target)


def _below(target: ast.expr | None) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            yield from _below(each)
    elif isinstance(target, ast.Subscript):
        yield target.value


def _written_by_call(node: ast.Call, types: Types) -> Iterator[ast.expr]:
    callee = types.of(node.func)
    if isinstance(node.func, ast.Attribute) and isinstance(callee, Method) and callee.name in _METHODS:
        yield node.func.value
    name = node.func.attr if isinstance(node.func, ast.Attribute) else _last_name(callee)
    if name in _FUNCTIONS and node.args and not isinstance(callee, Method | Foreign):
        yield node.args[0]
    if name == "nan_to_num" and any(_is_false(word) for word in node.keywords if word.arg == "copy"):
        yield node.args[0]
    yield from (word.value for word in node.keywords if word.arg == "out")


def _is_false(word: ast.keyword) -> bool:
    return isinstance(word.value, ast.Constant) and word.value.value is False


def _last_name(callee: Kind) -> str:
    return callee.name.rpartition(".")[2] if isinstance(callee, Member) else ""


def _report(node: ast.stmt | ast.Call, written: ast.expr, array: Array, types: Types) -> Iterator[Report]:
    known = array.dtype != "" or _raises_in_any_case(node, types)
    if not known and _is_text(node, types):
        return
    condition = "" if known else " Text is not affected, and the lesson does not show what the values are."
    place = node.targets[0] if isinstance(node, ast.Assign) else node
    name = quoted(types.source(written), "the array")
    yield Report(
        f"Since pandas 3, {name} is read-only, because it shares memory with the object it was "
        "taken from: writing to it raises ValueError. Take a copy: "
        f"`.to_numpy(copy=True)`.{condition}",
        types.span(place),
        severity=severity(sure=known and array.sure),
        intended="ValueError" in types.handled,
        fix=None if array.origin and array.origin.node is written else _copied(array.origin, types),
    )


def _raises_in_any_case(node: ast.stmt | ast.Call, types: Types) -> bool:
    """Whether a number is written: the array of a text column is writable, but rejects numbers."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        return scalar_name(types.of(node.value)) in ("int", "float")
    return False


def _is_text(node: ast.stmt | ast.Call, types: Types) -> bool:
    value = types.of(node.value) if isinstance(node, ast.Assign) else None
    return isinstance(value, Constant | Plain) and scalar_name(value) == "str"


def _copied(origin: Place | None, types: Types) -> Fix | None:
    """`x.to_numpy(copy=True)` for `x.values` and `x.to_numpy()`, `np.array(x)` for `np.asarray(x)`."""
    if origin is None:
        return None
    cell = origin.cell
    match origin.node:
        case ast.Attribute(attr="values") as values:
            edit = Edit(types.from_dot(values, cell=cell), ".to_numpy(copy=True)")
        case ast.Call(func=ast.Attribute(attr="to_numpy") as method, args=[], keywords=[]) as call:
            edit = Edit(types.from_dot(method, call, cell), ".to_numpy(copy=True)")
        case ast.Call(func=ast.Attribute(attr="asarray") as function):
            edit = Edit(types.from_dot(function, cell=cell), ".array")
        case _:
            return None
    # The write used to change the frame, and now stays in the copy.
    return Fix("Take a copy", "unsafe", (edit,))
