"""Functions that no code of a session calls or passes on: their callers will miss the names they need."""

import ast
from collections.abc import Sequence
from functools import lru_cache

from checker.analysis.last_names import last_name
from checker.analysis.trees import children, nodes_of, walk

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def only_uncalled_calls(name: str, tree: ast.Module, session: Sequence[ast.Module]) -> str:
    """The only function in which a cell calls `name`, when nothing in its session runs that function.

    Empty when something does, or when the cell reads the name other than to call it.
    """
    spoken_of = _spoken_of(tuple(session))
    found = ""
    for statement in tree.body:
        uses = _uses(name, statement)
        if not uses:
            continue
        if not isinstance(statement, _DEFINES) or statement.name in spoken_of:
            return ""
        if not all(uses) or any(_uses(name, each) for each in _run_at_once(statement)):
            return ""
        found = found or statement.name
    return found


def _uses(name: str, node: ast.AST) -> list[bool]:
    """Whether each use of a name is a call of it."""
    found = nodes_of(node, ast.Name, ast.Call)
    names = [each for each in found if isinstance(each, ast.Name) and each.id == name]
    called = {id(each.func) for each in found if isinstance(each, ast.Call)} if names else set()
    return [id(each) in called for each in names]


# Several missing names in a row are asked about.
@lru_cache(maxsize=4)
def _spoken_of(session: tuple[ast.Module, ...]) -> frozenset[str]:
    """The names that running code reads, counting functions as running when they are mentioned."""
    definitions: dict[str, list[_Definition]] = {}
    todo: list[ast.AST] = []
    for tree in session:
        for statement in tree.body:
            if isinstance(statement, _DEFINES):
                definitions.setdefault(statement.name, []).append(statement)
                todo += _run_at_once(statement)
            else:
                todo.append(statement)
    found: set[str] = set()
    while todo:
        for each in walk(todo.pop()):
            word = last_name(each)
            if word and word not in found:
                found.add(word)
                todo += definitions.get(word, ())
    return frozenset(found)


def _run_at_once(node: _Definition) -> list[ast.AST]:
    """What of a definition runs at once: decorators, defaults, bases, a class's own statements."""
    if not isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *children(node.args)]
    own = [each for each in node.body if not isinstance(each, _DEFINES)]
    inner = [part for each in node.body if isinstance(each, _DEFINES) for part in _run_at_once(each)]
    return [*node.decorator_list, *node.bases, *own, *inner]
