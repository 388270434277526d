"""Records which statements of a cell ran to their end, including those in functions, loops and branches.

A call is inserted after each such statement, in the tree and not in the text: lines and columns do not
change.
"""

import ast
from collections.abc import Collection
from typing import Any

# The name of the call in the lesson's namespace.
DONE = "__statement_is_done__"
_Body = list[ast.stmt]


class Completions:
    """The lines of the watched statements that ended without an exception."""

    def __init__(self) -> None:
        self._done: set[int] = set()

    def take(self) -> list[int]:
        """The lines since the last call, sorted."""
        done, self._done = sorted(self._done), set()
        return done

    def instrument(self, tree: ast.Module, lines: Collection[int]) -> ast.Module:
        """The tree with a call after every nested statement that covers one of these lines."""
        marked: ast.Module = _Marker(lines).visit(tree)
        return marked

    def note(self, line: int, value: Any = None) -> Any:
        """Record that the statement at a line has ended; returns `value`, which a `return` passes through."""
        self._done.add(line)
        return value


class _Marker(ast.NodeTransformer):
    def __init__(self, lines: Collection[int]) -> None:
        self._lines = lines

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if not isinstance(node, ast.Module):
            for field in ("body", "orelse", "finalbody"):
                body = getattr(node, field, None)
                if isinstance(body, list):
                    setattr(node, field, [each for one in body for each in self._marked(one)])
        return node

    def _marked(self, node: Any) -> list[Any]:
        if not isinstance(node, ast.stmt) or hasattr(node, "body"):
            return [node]
        lines = [each for each in self._lines if node.lineno <= each <= (node.end_lineno or node.lineno)]
        if isinstance(node, ast.Return):
            for line in lines:
                node.value = _call(node, line, node.value)
            return [node]
        return [node, *(ast.copy_location(ast.Expr(_call(node, line, None)), node) for line in lines)]


def _call(node: ast.stmt, line: int, value: ast.expr | None) -> ast.Call:
    arguments = [ast.Constant(line), *([value] if value is not None else [])]
    call = ast.Call(ast.Name(DONE, ast.Load()), arguments, [])
    return ast.fix_missing_locations(ast.copy_location(call, node))
