"""Finds where names are mentioned, and whether each mention reads, writes through, or binds."""

import ast
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from checker.analysis.frames import api
from checker.analysis.frames.tables import words
from checker.analysis.trees import children, walk

# Cell index, line, column: ordered as in the session.
Place = tuple[int, int, int]
# A glance reads only a frame's shape or dtypes, or asserts what the author already knows.
Does = Literal["read", "glance", "write", "bind"]

_INDEXERS = frozenset({"loc", "iloc", "at", "iat"})
_FORM = words("columns dtypes empty index info ndim shape size")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Mention(Struct, frozen=True):
    """One use of a name; `column` is set when only that column is read, `nested` in an inner function."""

    place: Place
    name: str
    does: Does
    column: str | None
    nested: bool


def mentions_in(root: ast.AST, cell: int, parents: dict[ast.AST, ast.AST]) -> Iterator[Mention]:
    """Every mention below a node, in no order; fills `parents` with the parent of each node."""
    names = []
    for node in walk(root):
        parents.update(dict.fromkeys(children(node), node))
        if isinstance(node, ast.Name):
            names.append(node)
    for name in names:
        yield _mention(name, cell, root, list(_above(name, parents)))


def _mention(node: ast.Name, cell: int, root: ast.AST, above: list[ast.AST]) -> Mention:
    place: Place = (cell, node.lineno, node.col_offset)
    nested = any(isinstance(each, _FUNCTIONS) and each is not root for each in above)
    if isinstance(node.ctx, ast.Load):
        does, column = _reading(node, above)
        return Mention(place, node.id, does, column, nested)
    # A name is bound at the end of its statement: `df = df.head()` reads the old one first.
    statement = next((each for each in above if isinstance(each, ast.Assign | ast.AnnAssign)), None)
    if statement is not None:
        place = (cell, statement.end_lineno or 0, statement.end_col_offset or 0)
    return Mention(place, node.id, "bind", None, nested)


def _reading(node: ast.Name, above: list[ast.AST]) -> tuple[Does, str | None]:
    parent, around = above[0], above[1] if len(above) > 1 else None
    if _is_written(parent, around, above):
        return "write", None
    if any(isinstance(each, ast.Assert) for each in above) or _is_length(parent):
        return "glance", None
    if isinstance(parent, ast.Attribute):
        if parent.attr in _FORM:
            return "glance", None
        return "read", None if parent.attr in api.FRAME else parent.attr
    match parent:
        case ast.Subscript(value=value, slice=ast.Constant(value=str(column))) if value is node:
            return "read", column
    return "read", None


def _is_written(parent: ast.AST, around: ast.AST | None, above: list[ast.AST]) -> bool:
    """`view[0] = …`, `view.loc[0] = …`, `view.fillna(0, inplace=True)`."""
    if isinstance(parent, ast.Subscript):
        return not isinstance(parent.ctx, ast.Load) and isinstance(parent.value, ast.Name)
    if not isinstance(parent, ast.Attribute):
        return False
    if parent.attr in _INDEXERS:
        return isinstance(around, ast.Subscript) and not isinstance(around.ctx, ast.Load)
    return isinstance(around, ast.Call) and isinstance(above[2], ast.Expr) and _is_in_place(around)


def _is_in_place(call: ast.Call) -> bool:
    return any(word.arg == "inplace" for word in call.keywords)


def _is_length(parent: ast.AST) -> bool:
    return isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "len"


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node
