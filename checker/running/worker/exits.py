"""Recognises `sys.exit()` at the end of a block, where it ends the block without hiding anything."""

import ast
from collections.abc import Iterable, Sequence

from checker.running.worker.failures import traceback_places

_Position = tuple[int, int]  # line, and column in UTF-8 bytes, as in syntax trees


def ends_cell(error: SystemExit, path: str, trees: Iterable[ast.Module]) -> bool:
    """Whether this exit reports success, with nothing left to run in the block and in its callers.

    `trees` are those of all cells so far, the latest first, with the lesson's line numbers.
    """
    if error.code not in {None, 0}:
        return False
    interrupts = error.__context__ is not None
    return all(
        _is_last(_body_around(trees, position, frame.f_code.co_name), position, interrupts=interrupts)
        for frame, _, position in traceback_places(error)
        if frame.f_code.co_filename == path
    )


def _body_around(trees: Iterable[ast.Module], position: _Position, name: str) -> Sequence[ast.stmt]:
    """The statements of the function, or of the cell, that was running at a position."""
    tree = next((each for each in trees if each.body and _covers(each.body, position)), None)
    if tree is None:
        return ()
    if name == "<module>":
        return tree.body
    functions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _covers(node.body, position)
    ]
    return functions[-1].body if functions else ()


def _is_last(body: Sequence[ast.stmt], position: _Position, *, interrupts: bool) -> bool:
    """Whether no statement of `body` is left to run after the position.

    `interrupts` is true when an exception was being handled: an exit in `finally` then swallows it.
    """
    if not body or not _covers(body[-1:], position):
        return False
    inner = _last_bodies(body[-1], interrupts=interrupts)
    if inner is None:
        return True
    return any(_is_last(each, position, interrupts=interrupts) for each in inner)


def _last_bodies(statement: ast.stmt, *, interrupts: bool) -> list[list[ast.stmt]] | None:
    """The bodies after which a compound statement ends; None for a simple statement.

    The body of a loop is not among them, because it runs again.
    """
    match statement:
        case ast.If():
            return [statement.body, statement.orelse]
        case ast.With() | ast.AsyncWith():
            return [statement.body]
        case ast.Match():
            return [each.body for each in statement.cases]
        case ast.Try() | ast.TryStar():
            handled = [each.body for each in statement.handlers]
            final = [] if interrupts else [statement.finalbody]
            return [statement.orelse or statement.body, *handled, *final]
        case ast.For() | ast.AsyncFor() | ast.While():
            return [statement.orelse]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return []
        case _:
            return None


def _covers(body: Sequence[ast.stmt], position: _Position) -> bool:
    first, last = body[0], body[-1]
    end = (last.end_lineno or last.lineno, last.end_col_offset or 0)
    return (first.lineno, first.col_offset) <= position < end
