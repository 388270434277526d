"""Loops that abort a transaction and go on behind the message that it was about.

An abort takes back what was sent, and not where the consumer stands: it goes on with the next message, and
the next commit passes over the lost one. Source: KIP-98, and the example of transactions that comes with
confluent-kafka: https://github.com/confluentinc/confluent-kafka-python/blob/master/examples/eos-transactions.py
"""

import ast
from collections.abc import Iterator, Sequence

from checker.analysis.cell import Cell
from checker.analysis.trees import children, nodes_of, walk

_LEAVES = (ast.Raise, ast.Break, ast.Return)
_SEES_TO = frozenset({"commit_transaction", "send_offsets_to_transaction"})


def aborts_that_go_on(cells: Sequence[Cell], producer: str) -> Iterator[tuple[Cell, ast.Call]]:
    """Each abort in a loop's `except` that ends in the loop's next round."""
    for cell in cells:
        for loop in nodes_of(cell.tree, ast.While) if cell.tree else ():
            for handler in _handlers(loop):
                abort = _abort(handler, producer)
                if abort is not None and not _leaves(handler):
                    yield cell, abort


def _handlers(loop: ast.While) -> Iterator[ast.ExceptHandler]:
    """Those of this loop, and not of one inside it."""
    todo: list[ast.AST] = list(loop.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.ExceptHandler):
            yield node
        if not isinstance(node, ast.While | ast.For | ast.FunctionDef):
            todo += children(node)


def _abort(handler: ast.ExceptHandler, producer: str) -> ast.Call | None:
    for node in nodes_of(handler, ast.Call):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="abort_transaction")):
                if name == producer:
                    return node
    return None


def _leaves(handler: ast.ExceptHandler) -> bool:
    """Whether it ends the loop, or sees to the message itself, as one that keeps dead letters does."""
    return any(
        isinstance(node, _LEAVES) or (isinstance(node, ast.Attribute) and node.attr in _SEES_TO)
        for node in walk(handler)
    )
