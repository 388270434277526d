"""The parts of syntax nodes that hold code, and walks over them.

`ast.walk` and `ast.iter_child_nodes` give the same nodes in the same order, and with them the markers of
contexts and operators (`Load`, `Add`), of which a third of a tree consists. Nothing asks for those.
"""

import ast
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeVar, cast

from msgspec import Struct

Node = TypeVar("Node", bound=ast.AST)

# Fields that never hold code: names, numbers, flags, contexts and operators.
_NO_CODE = frozenset({
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "op", "ops",
    "simple", "type_comment",
})  # fmt: skip
_FIELDS = {
    kind: tuple(field for field in kind._fields if field not in _NO_CODE)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
} | {ast.Constant: ()}
_LEAVES = frozenset(kind for kind, fields in _FIELDS.items() if not fields)
# Lists that hold None or text beside code; all others hold nodes and nothing else.
_MIXED = frozenset({"keys", "kw_defaults", "kwd_attrs", "names"})
_HOLD_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)


# Under this name a node keeps what is directly below it: five walks in turn ask the same.
_BELOW = "below"


def children(node: ast.AST) -> Sequence[ast.AST]:
    """The nodes directly below a node that hold code, in the order of its fields; of a tree that stays so."""
    known: Sequence[ast.AST] | None = node.__dict__.get(_BELOW)
    if known is None:
        known = node.__dict__[_BELOW] = _children(node)
    return known


def _children(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for field in _FIELDS[type(node)]:
        value = getattr(node, field, None)
        if not value:  # no node is false
            continue
        if isinstance(value, list):
            found += [each for each in value if isinstance(each, ast.AST)] if field in _MIXED else value
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(root: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it that hold code, those further up first."""
    return iter(_of_tree(root).nodes if isinstance(root, ast.Module) else _of(root).nodes)


def levels(tree: ast.Module) -> int:
    """How many nodes stand one inside the other, at most."""
    return _of_tree(tree).levels


def nodes_of(root: ast.AST, *types: type[Node]) -> list[Node]:
    """Those nodes of a walk that are of these types: to ask each for its form takes ten times as long."""
    if not isinstance(root, ast.Module):
        return [node for node in _of(root).nodes if isinstance(node, types)]
    kinds = [nodes for kind, nodes in _by_type(root).items() if issubclass(kind, types)]
    found = kinds[0] if len(kinds) == 1 else sorted(chain(*kinds))
    return cast("list[Node]", [node for _, node in found])


@lru_cache(maxsize=64)
def _by_type(tree: ast.Module) -> Mapping[type[ast.AST], Sequence[tuple[int, ast.AST]]]:
    """The nodes of a cell by their types, each with its place in a walk."""
    found: dict[type[ast.AST], list[tuple[int, ast.AST]]] = {}
    for place, node in enumerate(_of_tree(tree).nodes):
        found.setdefault(type(node), []).append((place, node))
    return found


class _Nodes(Struct, frozen=True):
    """A node and all below it that hold code, in the order of a walk, and how many levels there are."""

    nodes: Sequence[ast.AST]
    levels: int


# Ten questions are asked about all nodes of a cell, mostly one after the other.
@lru_cache(maxsize=64)
def _of_tree(tree: ast.Module) -> _Nodes:
    return _of(tree)


def _of(root: ast.AST) -> _Nodes:
    nodes = [root]
    begin = level = 0
    while begin < len(nodes):
        end, level = len(nodes), level + 1
        for node in nodes[begin:end]:
            if type(node) not in _LEAVES:  # half of the nodes are names and constants
                nodes += node.__dict__.get(_BELOW) or children(node)
        begin = end
    return _Nodes(nodes, level)


def definitions(root: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes in a piece of code, those further up first: only statements hold any."""
    todo = deque([root])
    while todo:
        node = todo.popleft()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
        todo += [each for each in children(node) if isinstance(each, _HOLD_STATEMENTS)]
