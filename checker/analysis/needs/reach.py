"""Which nodes run when a cell runs: its statements, and the functions that they call or hand on."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from checker.analysis.scopes import Function

# Functions are entered where they are called. No lesson comes near; what is over it is not looked at.
_MOST_NODES = 500_000
_ANY = "Exception"


class Reached(NamedTuple):
    """One node that runs.

    `handled` are the names of the exceptions that the `try` statements around it handle (`Exception` for all
    of them). `called` is false where it is not certain that this cell runs it and waits for it: in a function
    that is handed on, to a thread perhaps.
    """

    node: ast.AST
    handled: frozenset[str]
    called: bool

    def handles(self, *names: str) -> bool:
        """Whether one of these exceptions, or all of them, are handled here."""
        return not self.handled.isdisjoint((*names, _ANY))


class Definitions:
    """The functions and classes of a session so far, by name; what may be called by a name is kept."""

    def __init__(self) -> None:
        self.functions: dict[str, Function] = {}
        self.methods: dict[str, list[Function]] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self.followed = 0

    def learn(self, tree: ast.Module) -> None:
        """Take in what a cell defines, at any depth."""
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
                for method in _methods(node):
                    self.methods.setdefault(method.name, []).append(method)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions[node.name] = node


def reach(tree: ast.Module, definitions: Definitions) -> Iterator[Reached]:
    """The nodes that run when a cell does, about in that order, functions where they are first used."""
    todo = [Reached(tree, frozenset(), called=True)]
    entered: set[tuple[int, bool]] = set()
    while todo and definitions.followed < _MOST_NODES:
        reached = todo.pop()
        definitions.followed += 1
        yield reached
        inside = [
            each
            for function, called in _used(reached, definitions)
            for each in _enter(function, reached, entered, called=called)
        ]
        todo += reversed([*_children(reached), *inside])


def _enter(
    function: Function, reached: Reached, entered: set[tuple[int, bool]], *, called: bool
) -> list[Reached]:
    called = called and reached.called
    if (id(function), called) in entered or (id(function), True) in entered:
        return []
    entered.add((id(function), called))
    return [Reached(each, reached.handled, called) for each in function.body]


def _used(reached: Reached, definitions: Definitions) -> Iterator[tuple[Function, bool]]:
    """The lesson's functions that a node calls (with true) or names (with false)."""
    match reached.node:
        case ast.Call(func=ast.Name(id=name)):
            called = True
        case ast.Name(id=name, ctx=ast.Load()):
            called = False
        case ast.Call(func=ast.Attribute(attr=name)):
            yield from ((method, True) for method in definitions.methods.get(name, ()))
            return
        case ast.Attribute(attr=name):
            yield from ((method, False) for method in definitions.methods.get(name, ()))
            return
        case _:
            return
    if name in definitions.functions:
        yield definitions.functions[name], called
    elif name in definitions.classes:
        special = [each for each in _methods(definitions.classes[name]) if each.name.startswith("__")]
        yield from ((method, called) for method in special)


def _methods(node: ast.ClassDef) -> list[Function]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]


def _children(reached: Reached) -> Iterator[Reached]:
    node, handled, called = reached
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts: list[ast.AST] = [*node.decorator_list, *node.args.defaults]
            parts += [each for each in node.args.kw_defaults if each]
        case ast.Try():  # and `try … except*`, which has the same fields
            caught = handled | _caught(node)
            yield from (Reached(each, caught, called) for each in node.body)
            # What a handler of ImportError imports is the other way to get it.
            after = handled | (caught & {"ImportError", "ModuleNotFoundError"})
            yield from (
                Reached(each, after, called) for each in (*node.handlers, *node.orelse, *node.finalbody)
            )
            return
        case ast.If() if _never(node.test):
            parts = [*node.orelse]
        case _:
            parts = list(ast.iter_child_nodes(node))
    yield from (Reached(each, handled, called) for each in parts)


def _never(test: ast.expr) -> bool:
    match test:
        case ast.Constant(value=value):
            return not value
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return False


def _caught(node: ast.Try) -> frozenset[str]:
    names: set[str] = set()
    for handler in node.handlers:
        if handler.type is None:
            names.add(_ANY)
            continue
        for each in ast.walk(handler.type):
            if isinstance(each, ast.Name):
                names.add(each.id)
            elif isinstance(each, ast.Attribute):
                names.add(each.attr)
    return frozenset(_ANY if name == "BaseException" else name for name in names)
