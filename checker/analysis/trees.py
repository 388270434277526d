"""Walks over syntax trees that skip nodes without code.

`ast.walk` and `ast.iter_child_nodes` give the same nodes in the same order, but also the markers of contexts
and operators (`Load`, `Add`), which make up a third of a tree and are not needed.
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
# Lists that hold None or text beside nodes; all others hold only nodes.
_MIXED = frozenset({"keys", "kw_defaults", "kwd_attrs", "names"})
_HOLD_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)


# The attribute in which a node caches its children: five walks in turn need them.
_BELOW = "below"


def children(node: ast.AST) -> Sequence[ast.AST]:
    """The child nodes that hold code, in the order of the fields. The tree must not change afterwards."""
    known: Sequence[ast.AST] | None = node.__dict__.get(_BELOW)
    if known is None:
        known = node.__dict__[_BELOW] = _children(node)
    return known


def _children(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for field in _FIELDS[type(node)]:
        value = getattr(node, field, None)
        if not value:  # nodes are never false
            continue
        if isinstance(value, list):
            found += [each for each in value if isinstance(each, ast.AST)] if field in _MIXED else value
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(root: ast.AST) -> Iterator[ast.AST]:
    """A node and all its descendants that hold code, in breadth-first order."""
    return iter(_of_tree(root).nodes if isinstance(root, ast.Module) else _of(root).nodes)


def levels(tree: ast.Module) -> int:
    """The depth of a tree."""
    return _of_tree(tree).levels


def nodes_of(root: ast.AST, *types: type[Node]) -> list[Node]:
    """The nodes of a walk with these types; matching every node by its form would take ten times as long."""
    if not isinstance(root, ast.Module):
        return [node for node in _of(root).nodes if isinstance(node, types)]
    kinds = [nodes for kind, nodes in _by_type(root).items() if issubclass(kind, types)]
    found = kinds[0] if len(kinds) == 1 else sorted(chain(*kinds))
    return cast("list[Node]", [node for _, node in found])


@lru_cache(maxsize=64)
def _by_type(tree: ast.Module) -> Mapping[type[ast.AST], Sequence[tuple[int, ast.AST]]]:
    """The nodes of a cell by type, each with its position in a walk."""
    found: dict[type[ast.AST], list[tuple[int, ast.AST]]] = {}
    for place, node in enumerate(_of_tree(tree).nodes):
        found.setdefault(type(node), []).append((place, node))
    return found


class _Nodes(Struct, frozen=True):
    """A node and all its descendants that hold code, in the order of a walk, and the depth of the tree."""

    nodes: Sequence[ast.AST]
    levels: int


# Ten analyses in a row ask for all nodes of a cell.
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
    """The functions and classes in a piece of code, outer ones first; only statements contain any."""
    todo = deque([root])
    while todo:
        node = todo.popleft()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
        todo += [each for each in children(node) if isinstance(each, _HOLD_STATEMENTS)]
