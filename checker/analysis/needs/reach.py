"""Finds the nodes that run when a cell runs: its statements, and functions that they call or pass on."""

import ast
from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.last_names import handled_names
from checker.analysis.scopes import Function
from checker.analysis.trees import children, definitions, walk

# Functions are entered anew in every cell that uses them. No lesson has this many nodes to enter; further
# ones are left out.
_MOST_ENTERED = 300_000
_ANY = "Exception"
_USES = (ast.Call, ast.Name, ast.Attribute)
# A node that runs, with the fields of `Reached`.
_Way = tuple[ast.AST, frozenset[str], bool]
# Of these, not all parts run, or not in this context.
_RUN_IN_PARTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Try, ast.If)


class Reached(Struct, frozen=True):
    """One node that runs.

    `handled` are the exceptions that the enclosing `try` statements handle (`Exception` for all). `called` is
    false where it is uncertain that this cell runs the node and waits for it, as in a function that is passed
    on, perhaps to a thread.
    """

    node: ast.AST
    handled: frozenset[str]
    called: bool

    def handles(self, *names: str) -> bool:
        """Whether one of these exceptions, or any exception, is handled here."""
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
        """Take in the definitions of a cell, at any depth."""
        for node in definitions(tree):
            if isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
                for method in _methods(node):
                    self.methods.setdefault(method.name, []).append(method)
            else:
                self.functions[node.name] = node

    def may_enter(self, target: ast.expr) -> bool:
        """Whether the lesson defines this name; most names that a cell uses come from elsewhere."""
        if isinstance(target, ast.Name):
            return target.id in self.functions or target.id in self.classes
        return isinstance(target, ast.Attribute) and target.attr in self.methods

    def enter(self, use: "_Use") -> Iterator[ast.stmt]:
        """The bodies of what may run when a name is called or passed on."""
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


def reach(
    tree: ast.Module, definitions: Definitions, telling: tuple[type[ast.AST], ...], names: Container[str]
) -> Iterator[Reached]:
    """The nodes that run when a cell runs, roughly in order; functions at their first use.

    Yields only nodes of the types in `telling`, and reads of these names.
    """
    todo: list[_Way] = [(tree, frozenset(), True)]
    used: set[_Use] = set()
    while todo:
        way = todo.pop()
        node, handled, called = way
        if isinstance(node, telling) or (isinstance(node, ast.Name) and node.id in names):
            yield Reached(node, handled, called)
        inside: list[_Way] = []
        use = _use(node, definitions, called=called) if isinstance(node, _USES) else None
        if use and used.isdisjoint((use, replace(use, called=True))):
            used.add(use)
            inside = [(each, handled, use.called) for each in definitions.enter(use)]
        todo += reversed([*_children(way), *inside])


def _use(node: ast.Call | ast.Name | ast.Attribute, definitions: Definitions, *, called: bool) -> _Use | None:
    """How a node uses something that the lesson defines; what is not called may be passed on."""
    target = node.func if isinstance(node, ast.Call) else node
    if not definitions.may_enter(target):
        return None
    called = called and isinstance(node, ast.Call)
    match target:
        case ast.Name(id=name) if target is not node or isinstance(target.ctx, ast.Load):
            return _Use(name, is_attribute=False, called=called)
        case ast.Attribute(attr=name) if target is not node or isinstance(target.ctx, ast.Load):
            return _Use(name, is_attribute=True, called=called)
    return None


def _methods(node: ast.ClassDef) -> list[Function]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]


def _children(way: _Way) -> list[_Way]:
    node, handled, called = way
    parts: Sequence[ast.AST]
    if not isinstance(node, _RUN_IN_PARTS):
        # Constants need nothing.
        return [(each, handled, called) for each in children(node) if not isinstance(each, ast.Constant)]
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts = [*node.decorator_list, *node.args.defaults]
            parts += [each for each in node.args.kw_defaults if each]
        case ast.Try():  # and `try … except*`, which has the same fields
            caught = handled | _caught(node)
            # What a handler of ImportError imports is an alternative.
            after = handled | (caught & {"ImportError", "ModuleNotFoundError"})
            return [
                *((each, caught, called) for each in node.body),
                *((each, after, called) for each in (*node.handlers, *node.orelse, *node.finalbody)),
            ]
        case ast.If() if _never(node.test):
            parts = [*node.orelse]
        case _:
            parts = children(node)
    return [(each, handled, called) for each in parts]


def _never(test: ast.expr) -> bool:
    match test:
        case ast.Constant(value=value):
            return not value
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return False


def _caught(node: ast.Try) -> frozenset[str]:
    return frozenset(_ANY if name == "BaseException" else name for name in handled_names(node.handlers))
