"""Rewrites an assignment through two selections as an assignment in one step."""

import ast

from msgspec import Struct

from checker.analysis.frames import api
from checker.analysis.frames.holders import Items
from checker.analysis.frames.kinds import Array, Frame, Index, Indexer, Series, scalar_name
from checker.analysis.frames.known import Types
from checker.analysis.frames.selection import SLICE

_BY_POSITION = ("iloc", "iat")
# Labels beside which a number used to be a position.
_NO_NUMBERS = ("text", "datetime", "period", "pairs")


class _Selection(Struct, frozen=True):
    """`frame[…]` split into parts: the code that selects rows, or the code that selects a column."""

    frame: str
    rows: str = ""
    column: str = ""


class Step(Struct, frozen=True):
    """An assignment's target in one step; `column_first` says that the chain selected the column first.

    Only such a chain used to change the frame.
    """

    code: str
    column_first: bool


def one_step(target: ast.expr, types: Types) -> Step | None:
    """`df.loc[rows, column]` for `df[column][rows]` and similar; None when rows and column are unclear."""
    if isinstance(target, ast.Attribute):
        inner, key, how = target.value, f'"{target.attr}"', ""
    elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Tuple):
        inner, how = _without_indexer(target.value, types)
        key = types.source(target.slice)
    else:
        return None
    selection = _selection(inner, types)
    if selection is None:
        return None
    frame = selection.frame
    if selection.rows:
        if how:
            return None
        column = f"{frame}.columns[{key}]" if _means_position(target, inner, types) else key
        return Step(f"{frame}.loc[{selection.rows}, {column}]", column_first=False)
    by_position = how in _BY_POSITION or (not how and _means_position(target, inner, types))
    rows = f"{frame}.index[{key}]" if by_position else key
    code = f"{frame}.{'at' if how == 'at' else 'loc'}[{rows}, {selection.column}]"
    return Step(code, column_first=True)


def _means_position(target: ast.expr, column: ast.expr, types: Types) -> bool:
    """Whether a key selects rows by position: a slice, or a number when the labels are not numbers."""
    if not isinstance(target, ast.Subscript):
        return False
    key, of = types.of(target.slice), types.of(column)
    index = of.index if isinstance(of, Series) else ""
    return key == SLICE or (scalar_name(key) == "int" and index in _NO_NUMBERS)


def _selection(node: ast.expr, types: Types) -> _Selection | None:
    """A selection of rows or of one column of a frame that is not itself temporary."""
    if isinstance(node, ast.Attribute):
        if types.is_temporary(node.value) or node.attr in api.FRAME:
            return None
        return _Selection(types.source(node.value), column=f'"{node.attr}"')
    if not isinstance(node, ast.Subscript):
        return None
    frame, how = _without_indexer(node.value, types)
    if not isinstance(types.of(frame), Frame) or types.is_temporary(frame):
        return None
    name, key = types.source(frame), types.source(node.slice)
    if isinstance(node.slice, ast.Tuple):
        return _of_pair(name, node.slice, how, types)
    kind = types.of(node.slice)
    if how == "iloc" or (not how and kind == SLICE):
        return _Selection(name, rows=f"{name}.index[{key}]")
    if how == "loc" or isinstance(kind, Series | Array | Index):
        return _Selection(name, rows=key)
    return None if isinstance(kind, Items | Frame) else _Selection(name, column=key)


def _of_pair(name: str, key: ast.Tuple, how: str, types: Types) -> _Selection | None:
    """`df.loc[:, column]`, which selects all rows."""
    match key.elts:
        case [ast.Slice(lower=None, upper=None, step=None), column] if how == "loc":
            return _Selection(name, column=types.source(column))
        case [rows, ast.Slice(lower=None, upper=None, step=None)] if how == "loc":
            return _Selection(name, rows=types.source(rows))
    return None


def _without_indexer(node: ast.expr, types: Types) -> tuple[ast.expr, str]:
    """The object below `.loc` and the like, and which of them it is."""
    if isinstance(node, ast.Attribute) and isinstance(types.of(node), Indexer):
        return node.value, node.attr
    return node, ""
