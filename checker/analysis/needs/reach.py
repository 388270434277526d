"""Which nodes run when a cell runs: its statements, and the functions that they call or hand on."""

import ast
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.last_names import handled_names
from checker.analysis.scopes import Function
from checker.analysis.trees import children, definitions, walk

# Functions are entered anew in every cell that uses them. No lesson has so many nodes to enter; what is over
# it is left out.
_MOST_ENTERED = 300_000
_ANY = "Exception"
_USES = (ast.Call, ast.Name, ast.Attribute)
# Of these not all parts run, or not as they stand.
_RUN_IN_PARTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Try, ast.If)


class Reached(Struct, frozen=True):
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
    """The functions and classes of a session so far, by name."""

    def __init__(self) -> None:
        self.functions: dict[str, Function] = {}
        self.methods: dict[str, list[Function]] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self._sizes: dict[Function, int] = {}
        self._entered = 0

    def learn(self, tree: ast.Module) -> None:
        """Take in what a cell defines, at any depth."""
        for node in definitions(tree):
            if isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
                for method in _methods(node):
                    self.methods.setdefault(method.name, []).append(method)
            else:
                self.functions[node.name] = node

    def may_enter(self, use: "_Use") -> bool:
        """Whether anything is defined by this name: most names that a cell uses come from elsewhere."""
        if use.is_attribute:
            return use.name in self.methods
        return use.name in self.functions or use.name in self.classes

    def enter(self, use: "_Use") -> Iterator[ast.stmt]:
        """The bodies of what may run when a name is called or handed on."""
        for function in self._meant(use):
            if self._entered < _MOST_ENTERED:
                if function not in self._sizes:
                    self._sizes[function] = sum(1 for _ in walk(function))
                self._entered += self._sizes[function]
                yield from function.body

    def _meant(self, use: "_Use") -> list[Function]:
        if use.is_attribute:
            return self.methods.get(use.name, [])
        if use.name in self.functions:
            return [self.functions[use.name]]
        if use.name in self.classes:
            return [each for each in _methods(self.classes[use.name]) if each.name.startswith("__")]
        return []


class _Use(Struct, frozen=True):
    """A name that is called, or only read."""

    name: str
    is_attribute: bool
    called: bool


def reach(tree: ast.Module, definitions: Definitions) -> Iterator[Reached]:
    """The nodes that run when a cell does, about in that order, functions where they are first used."""
    todo = [Reached(tree, frozenset(), called=True)]
    used: set[_Use] = set()
    while todo:
        reached = todo.pop()
        yield reached
        inside: list[Reached] = []
        use = _use(reached)
        if use and definitions.may_enter(use) and used.isdisjoint((use, replace(use, called=True))):
            used.add(use)
            inside = [Reached(each, reached.handled, use.called) for each in definitions.enter(use)]
        todo += reversed([*_children(reached), *inside])


def _use(reached: Reached) -> _Use | None:
    if not isinstance(reached.node, _USES):
        return None
    match reached.node:
        case ast.Call(func=ast.Name(id=name)):
            return _Use(name, is_attribute=False, called=reached.called)
        case ast.Call(func=ast.Attribute(attr=name)):
            return _Use(name, is_attribute=True, called=reached.called)
        case ast.Name(id=name, ctx=ast.Load()):
            return _Use(name, is_attribute=False, called=False)
        case ast.Attribute(attr=name, ctx=ast.Load()):
            return _Use(name, is_attribute=True, called=False)
    return None


def _methods(node: ast.ClassDef) -> list[Function]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]


def _children(reached: Reached) -> list[Reached]:
    node, handled, called = reached.node, reached.handled, reached.called
    parts: Sequence[ast.AST]
    if not isinstance(node, _RUN_IN_PARTS):
        parts = [each for each in children(node) if not isinstance(each, ast.Constant)]  # they need nothing
        return [Reached(each, handled, called) for each in parts]
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts = [*node.decorator_list, *node.args.defaults]
            parts += [each for each in node.args.kw_defaults if each]
        case ast.Try():  # and `try … except*`, which has the same fields
            caught = handled | _caught(node)
            # What a handler of ImportError imports is the other way to get it.
            after = handled | (caught & {"ImportError", "ModuleNotFoundError"})
            return [
                *(Reached(each, caught, called) for each in node.body),
                *(Reached(each, after, called) for each in (*node.handlers, *node.orelse, *node.finalbody)),
            ]
        case ast.If() if _never(node.test):
            parts = [*node.orelse]
        case _:
            parts = children(node)
    return [Reached(each, handled, called) for each in parts]


def _never(test: ast.expr) -> bool:
    match test:
        case ast.Constant(value=value):
            return not value
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return False


def _caught(node: ast.Try) -> frozenset[str]:
    return frozenset(_ANY if name == "BaseException" else name for name in handled_names(node.handlers))
