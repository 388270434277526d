"""Rewrites a method that works in place as an assignment of its result."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import Frame, Series
from checker.analysis.frames.known import Types
from checker.analysis.frames.selection import SLICE
from checker.model import Edit, Fix
from checker.rules.pandas.editing import fix, inserted, replaced, without, written

# Methods that put other values into the same rows; through a column, they used to change the frame.
FILLING = frozenset({"fillna", "replace", "where", "mask", "clip", "interpolate", "ffill", "bfill", "update"})
# Methods of a column that have to be applied to its frame, and the parameter for the column.
_BY_COLUMN = {"drop_duplicates": "subset", "dropna": "subset", "sort_values": "by"}


def corrected(node: ast.Call, method: ast.Attribute, types: Types) -> str | None:
    """The statement that does what was meant, on one line; None when that is not known."""
    selected = method.value
    if not isinstance(selected, ast.Subscript | ast.Attribute) or types.is_temporary(selected.value):
        return None
    frame, code = types.source(selected.value), types.source(selected)
    column = _column(selected, types)
    arguments = [types.source(each) for each in node.args]
    arguments += [types.source(each) for each in node.keywords if each.arg != "inplace"]
    if method.attr == "update":
        return _updated(node, selected, frame, column, types)
    if method.attr in FILLING:
        return f"{_place(selected, types)} = {code}.{method.attr}({', '.join(arguments)})"
    if not isinstance(types.of(selected), Series) or not isinstance(types.of(selected.value), Frame):
        return None
    if method.attr in _BY_COLUMN:
        arguments.insert(0, f"{_BY_COLUMN[method.attr]}={column}")
        return f"{frame} = {frame}.{method.attr}({', '.join(arguments)})"
    if method.attr == "rename" and len(arguments) == 1:
        return f"{frame} = {frame}.rename(columns={{{column}: {arguments[0]}}})"
    return None


def _column(selected: ast.Subscript | ast.Attribute, types: Types) -> str:
    return f'"{selected.attr}"' if isinstance(selected, ast.Attribute) else types.source(selected.slice)


def _place(selected: ast.Subscript | ast.Attribute, types: Types) -> str:
    """The target of the assignment; an attribute cannot create a column, so it is written as an item."""
    if isinstance(selected, ast.Attribute):
        return f"{types.source(selected.value)}[{_column(selected, types)}]"
    return types.source(selected)


def _updated(
    node: ast.Call, selected: ast.Subscript | ast.Attribute, frame: str, column: str, types: Types
) -> str | None:
    """`df["a"].update(series)` as an update of the frame by that column."""
    is_column = _is_column(selected, types) and isinstance(types.of(selected.value), Frame)
    if (
        not is_column
        or len(node.args) != 1
        or node.keywords
        or not isinstance(types.of(node.args[0]), Series)
    ):
        return None
    return f"{frame}.update({types.source(node.args[0])}.rename({column}))"


def assigned_back(node: ast.Call, method: ast.Attribute, types: Types) -> Fix | None:
    """The fix for a method in place on a selection; None where the surrounding code prevents it."""
    statement = types.statement
    if not isinstance(statement, ast.Expr) or statement.value is not node:
        return None
    code, selected = corrected(node, method, types), method.value
    if code is None or not isinstance(selected, ast.Subscript | ast.Attribute):
        return None
    if method.attr in FILLING and method.attr != "update":
        edits = list(_filled(node, selected, statement, types))
        # Rows, or several columns, were a copy before: the change never reached the frame.
        return fix("Assign the result", edits, unsafe=not _is_column(selected, types)) if edits else None
    if types.source(node) != written(node, types):
        return None
    return fix(f"Write `{code}`", [replaced(node, code, types)], unsafe=method.attr != "update")


def _filled(
    node: ast.Call, selected: ast.Subscript | ast.Attribute, statement: ast.Expr, types: Types
) -> Iterator[Edit]:
    removal = next((without(node, word, types) for word in node.keywords if word.arg == "inplace"), None)
    if removal is not None and types.source(selected) == written(selected, types):
        yield inserted(types.span(statement).start, f"{_place(selected, types)} = ", types)
        yield removal


def _is_column(selected: ast.Subscript | ast.Attribute, types: Types) -> bool:
    """Whether this selects one whole column: `df["a"]`, `df.a`, `df.loc[:, "a"]`."""
    if not isinstance(types.of(selected), Series):
        return False
    if isinstance(selected, ast.Attribute) or isinstance(types.of(selected.value), Frame):
        return True
    key = selected.slice
    return isinstance(key, ast.Tuple) and types.of(key.elts[0]) == SLICE
