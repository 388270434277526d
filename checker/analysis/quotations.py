"""Recognises lines of an earlier block that a lesson repeats in order to discuss them.

When that block has closed what the lines use (such as the consumer whose loop contains them), they are an
excerpt and not code to run.
"""

import ast
import textwrap
from collections.abc import Iterator, Sequence

from checker.analysis.cell import Cell
from checker.analysis.scopes import bound_names
from checker.analysis.trees import nodes_of

_CLOSE = ".close("
_DEFINE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def quotation_of(cell: Cell, earlier: Sequence[Cell]) -> str:
    """What the cell repeats of one of the `earlier` cells of its session, as the end of a sentence.

    Counts only lines that were nested in something and that use a name which their block closed at the end
    and no block has bound since. Empty when the cell repeats nothing.
    """
    # Hardly any lesson closes anything, and the others need not be searched.
    if not any(_CLOSE in other.source for other in earlier):
        return ""
    if cell.tree is None or any(isinstance(each, _DEFINE) for each in cell.tree.body):
        return ""
    used = {node.id for node in nodes_of(cell.tree, ast.Name)}
    for other in reversed(earlier):
        closed = used.intersection(_closed(other))
        line = _line_inside(cell, other) if closed else 0
        if line:
            at = other.block.span.line
            return f"it repeats line {at + line} of the block at line {at}, which has closed `{min(closed)}`"
        if other.tree is not None:
            used -= bound_names(other.tree.body).bound
    return ""


def _closed(cell: Cell) -> Iterator[str]:
    """The names whose `close` the cell calls."""
    for node in nodes_of(cell.tree, ast.Call) if cell.tree is not None and _CLOSE in cell.source else ():
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="close")):
                yield name


def _line_inside(cell: Cell, other: Cell) -> int:
    """The line (from 1) from which `other` has the cell's lines, indented further; 0 if none."""
    wanted = textwrap.dedent(cell.source).strip("\n").split("\n")
    lines = other.lines
    for start in range(len(lines) - len(wanted) + 1):
        if lines[start].strip() != wanted[0].strip() or lines[start] == wanted[0]:
            continue
        found = textwrap.dedent("\n".join(lines[start : start + len(wanted)])).split("\n")
        if [line.rstrip() for line in found] == [line.rstrip() for line in wanted]:
            return start + 1
    return 0
