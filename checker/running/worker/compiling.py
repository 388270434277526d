"""From a block's text to code objects, as a notebook does it: the last expression is shown."""

import __future__

import ast
from types import CodeType
from typing import Literal, NamedTuple

# Which top-level expressions are echoed.
Echoes = Literal["last", "all", "none"]

_FEATURES = 0
for _name in __future__.all_feature_names:
    _FEATURES |= getattr(__future__, _name).compiler_flag


class Compiled(NamedTuple):
    """A cell's code objects in order, and its syntax tree with the lesson's line numbers.

    `flags` are the compiler flags for the cells after it: `from __future__` holds from there on.
    """

    codes: tuple[CodeType, ...]
    tree: ast.Module
    flags: int


def compile_cell(source: str, path: str, first_line: int, flags: int, echoes: Echoes) -> Compiled:
    """Compile a cell for a session in which `flags` hold. A last expression before a `;` is not echoed."""
    # Blank lines in front put every line number where it is in the lesson, in the tree and in the code.
    source = "\n" * (first_line - 1) + source
    tree = compile(source, path, "exec", flags | ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
    codes = []
    for part in _parts(tree, source, echoes):
        mode = "single" if isinstance(part, ast.Interactive) else "exec"
        code = compile(part, path, mode, flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
        flags |= code.co_flags & _FEATURES
        codes.append(code)
    return Compiled(tuple(codes), tree, flags)


def _parts(tree: ast.Module, source: str, echoes: Echoes) -> list[ast.Module | ast.Interactive]:
    if echoes == "all":
        return [ast.Interactive([statement]) for statement in tree.body]
    last = tree.body[-1] if tree.body else None
    if echoes == "none" or not isinstance(last, ast.Expr) or _is_silenced(last, source):
        return [tree]
    return [ast.Module(tree.body[:-1], []), ast.Interactive([last])]


def _is_silenced(last: ast.Expr, source: str) -> bool:
    """Does a `;` follow the last expression? Nothing but brackets and comments can stand there else."""
    end_line, end_column = last.end_lineno or 0, last.end_col_offset or 0
    lines = source.split("\n")[end_line - 1 :]
    lines[0] = lines[0].encode()[end_column:].decode()
    return any(";" in line.partition("#")[0] for line in lines)
