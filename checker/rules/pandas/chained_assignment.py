"""An assignment through two selections in a row, which does not change the frame.

## What

Code that selects from a frame and then assigns to the selection: `df[column][rows] = value`, `df.column[rows]
= value`, `df.loc[rows][column] = value`, `df[column].iloc[0] += 1`, `del df[rows][column]`. An assignment
through a name for a column or for a slice of rows is reported too, if the lesson then reads the new value
from the frame and not from that name.

If the lesson shows that the object is a frame, the finding is an error. If only its name (`df`) or the way it
is used suggests so, or if the assignment goes through a name, the finding is a warning.

## Why

Since pandas 3, every selection behaves as a copy (copy-on-write). The assignment changes a temporary copy,
and the frame stays unchanged. pandas warns with `ChainedAssignmentError` and continues; with `del`, or
through a name, it does not even warn. The reader gets other numbers than the lesson shows.

## Bad

```python
import pandas as pd

people = pd.DataFrame({"age": [15, 40, 67], "group": ["?", "?", "?"]})
people["group"][people["age"] < 18] = "minor"  # error
people.age[0] = 16  # error
people.loc[people["age"] > 60]["group"] = "senior"  # error
people["age"].iloc[1] += 1  # error
```

## Good

Rows and column in one step, in `.loc`:

```python
import pandas as pd

people = pd.DataFrame({"age": [15, 40, 67], "group": ["?", "?", "?"]})
people.loc[people["age"] < 18, "group"] = "minor"
people.loc[0, "age"] = 16

seniors = people[people["age"] > 60].copy()
seniors["group"] = "senior"

settings = {"limits": {"rows": 5}}
settings["limits"]["rows"] = 10
```

## Since

pandas 3.0

## Source

User guide, Copy-on-Write, chained assignment:
https://pandas.pydata.org/docs/user_guide/copy_on_write.html#chained-assignment
"""

import ast
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.kinds import Frame, Indexer, Series
from checker.analysis.frames.known import Types
from checker.analysis.frames.selection import SLICE
from checker.model import Fix
from checker.rules.pandas.editing import fix, replaced, written
from checker.rules.pandas.one_step import one_step
from checker.rules.pandas.wording import (
    expects_warning,
    lost_copy,
    quoted,
    root_of,
    severity,
    unless_other,
)
from checker.rules.rule import Report, Rule

_Statement = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete | ast.For

RULE = Rule(
    "PAN301",
    "chained-assignment",
    "error",
    looks_at="node",
    nodes=(ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.For),
)


def check(node: _Statement, types: Types) -> Iterator[Report]:
    """Report each target that changes a temporary object, or a view that is not read afterwards."""
    targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
    for target in _single(targets):
        changed = _changed(target, types)
        kind = types.of(changed)
        if not isinstance(kind, Frame | Series):
            continue
        if types.is_temporary(changed):
            yield _lost_with_its_copy(node, target, changed, kind, types)
        elif isinstance(node, ast.Assign | ast.AugAssign) and _is_relied_on(changed, target, kind, types):
            yield _lost_in_a_view(target, changed, kind, types)


def _single(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """The targets in `a, (b, *c) = …`, one by one."""
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _single(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _changed(target: ast.expr, types: Types) -> ast.expr:
    """The object that an assignment to `this[key]`, `this.loc[key]` or `this.column` changes, or the name."""
    if isinstance(target, ast.Subscript):
        below = target.value
        return below.value if isinstance(below, ast.Attribute) and _is_indexer(below, types) else below
    if isinstance(target, ast.Attribute):
        of = types.of(target.value)
        if isinstance(of, Frame):
            return target if target.attr in api.FRAME else target.value
        if isinstance(of, Series) and of.row_of is not None and target.attr not in api.SERIES:
            return target.value
    return target


def _is_indexer(node: ast.expr, types: Types) -> bool:
    return isinstance(types.of(node), Indexer)


def _is_relied_on(changed: ast.expr, target: ast.expr, kind: Frame | Series, types: Types) -> bool:
    """Whether a view is written to, and the lesson then expects the change in the view's source."""
    if not isinstance(changed, ast.Name) or kind.source is None:
        return False
    if isinstance(kind, Frame):  # a new column of a slice never reached the frame; a new value did
        written = isinstance(target, ast.Subscript) and _is_indexer(target.value, types)
    else:
        written = True
    return written and types.relied_on(changed.id, kind.source)


def _lost_with_its_copy(
    node: _Statement, target: ast.expr, changed: ast.expr, kind: Frame | Series, types: Types
) -> Report:
    doing = "`del`" if isinstance(node, ast.Delete) else "the assignment"
    root = root_of(changed, types)
    message = lost_copy(changed, root, types, doing)
    if root is not changed:
        name = quoted(types.source(root), "the frame")
        message += f" {_advice(node, target, name, types)}{unless_other(name, sure=kind.sure)}"
    mended = _in_one_step(node, target, types) if root is not changed else None
    deleted = isinstance(node, ast.Delete)
    found = _report(message, target, types, certain=kind.sure)
    return replace(found, silent=deleted, fix=mended)


def _in_one_step(node: _Statement, target: ast.expr, types: Types) -> Fix | None:
    """The target in one step, where its code is short enough for one line."""
    if isinstance(node, ast.Delete | ast.For) or types.source(target) != written(target, types):
        return None
    step = one_step(target, types)
    if step is None:
        return None
    message = f"Write {quoted(step.code, 'rows and column in one step, with `.loc`')}"
    return fix(message, [replaced(target, step.code, types)], unsafe=not step.column_first)


def _advice(node: _Statement, target: ast.expr, root: str, types: Types) -> str:
    if isinstance(node, ast.Delete):
        return f"Use `.drop(...)` on {root} and keep the result."
    step = one_step(target, types)
    if step is None:
        return f"Select rows and column of {root} in one step, with `.loc`."
    if not isinstance(node, ast.For):
        code = types.source(node).replace(types.source(target), step.code, 1)
    else:
        code = step.code
    return f"Write {quoted(code, 'rows and column in one step, with `.loc`')}."


def _lost_in_a_view(target: ast.expr, changed: ast.expr, kind: Frame | Series, types: Types) -> Report:
    name = f"`{kind.source.name}`" if kind.source else "the frame"
    view = quoted(types.source(changed), "this name")
    message = (
        f"In pandas 3, {view} becomes a copy as soon as it is written to, so {name}, which the "
        f"lesson reads later, keeps its old values. Write to {name} itself, with `.loc`, or use "
        f"{view} afterwards."
    )
    mended = _in_the_source(target, kind, types)
    return replace(_report(message, target, types, certain=False), silent=True, fix=mended)


def _in_the_source(target: ast.expr, kind: Frame | Series, types: Types) -> Fix | None:
    """`shop.loc[0, "price"]` for `price[0]`, where `price` is a column of `shop`."""
    match target:
        case ast.Subscript(value=ast.Name(), slice=key) if kind.source and kind.source.column is not None:
            step = f"{kind.source.name}.loc[{written(key, types)}, {kind.source.column!r}]".replace("'", '"')
            if "\n" in step or types.of(key) == SLICE:
                return None
            return fix(f"Write `{step}`", [replaced(target, step, types)], unsafe=True)
    return None


def _report(message: str, target: ast.expr, types: Types, *, certain: bool) -> Report:
    return Report(
        message,
        types.span(target),
        severity=severity(sure=certain),
        intended=expects_warning(types),
    )
