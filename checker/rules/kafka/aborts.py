"""Loops that abort a transaction and continue with the next message.

An abort discards what was sent but does not move the consumer back: it continues with the next message, and
the next commit skips the lost one. Source: KIP-98, and the transactions example of confluent-kafka:
https://github.com/confluentinc/confluent-kafka-python/blob/master/examples/eos-transactions.py
"""

import ast
from collections.abc import Iterator, Sequence

from checker.analysis.cell import Cell
from checker.analysis.trees import children, nodes_of, walk

_LEAVES = (ast.Raise, ast.Break, ast.Return)
_SEES_TO = frozenset({"commit_transaction", "send_offsets_to_transaction"})


def aborts_that_go_on(cells: Sequence[Cell], producer: str) -> Iterator[tuple[Cell, ast.Call]]:
    """Each abort in a loop's `except` after which the loop continues."""
    for cell in cells:
        for loop in nodes_of(cell.tree, ast.While) if cell.tree else ():
            for handler in _handlers(loop):
                abort = _abort(handler, producer)
                if abort is not None and not _leaves(handler):
                    yield cell, abort


def _handlers(loop: ast.While) -> Iterator[ast.ExceptHandler]:
    """The handlers of this loop, without those of inner loops."""
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
    """Whether it ends the loop, or handles the message itself, such as with a dead letter queue."""
    return any(
        isinstance(node, _LEAVES) or (isinstance(node, ast.Attribute) and node.attr in _SEES_TO)
        for node in walk(handler)
    )
