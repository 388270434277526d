"""Adds hooks to a cell's syntax tree where an exception can be swallowed without a trace.

`except Exception`, an `__exit__` that returns true, and a `return` in `finally` cannot be observed from
outside, and Python before 3.12 has no event for them. So the cell is compiled with calls at those places;
lines and columns of its own code do not change.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

# The name of the hook in the lesson's namespace. It is not a builtin, because a function that is pickled by
# value for another interpreter takes the globals that it uses along.
HOOK = "__noted__"
# What a hook is called for, besides the number of its place.
CAUGHT, RAISES_ON, BEGINS, LEAVES, ENDED = range(5)

BROAD = frozenset({"Exception", "BaseException"})
_MAY_HIDE = ("except", "finally", "with")
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda)
_Jump = ast.Return | ast.Break | ast.Continue


class Manager(NamedTuple):
    """The expression of a `with` statement.

    Its dotted name and, if it is called, the names of its arguments.
    """

    name: str
    given: tuple[str, ...] | None


class Place(NamedTuple):
    """A place where an exception can be swallowed.

    `words` describe it to a reader. `named` are exceptions that a broad handler also names or mentions,
    `bound` names that it sets to something else. `falls_back` says that it uses another import, function or
    value instead. `managers` are those of a `with` statement.
    """

    words: str
    line: int
    named: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    falls_back: bool = False
    managers: tuple[Manager, ...] = ()


def may_hide(source: str) -> bool:
    """Whether a cell has such places at all; most have none, and need no second tree."""
    return any(word in source for word in _MAY_HIDE)


class Watcher(ast.NodeTransformer):
    """Adds the hooks to the trees of a session; `places` are those of all trees, by number."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def visit_Try(self, node: ast.Try) -> ast.stmt | list[ast.stmt]:
        """Add hooks to broad handlers, and around a `finally` that jumps out of itself."""
        self.generic_visit(node)
        for handler in node.handlers:
            if (named := _broad(handler)) is not None:
                self._watch_handler(node, handler, named)
        jumps = list(_jumps_out(node.finalbody))
        return self._watch_finally(node, jumps) if jumps else node

    def visit_With(self, node: ast.With) -> list[ast.stmt]:
        """Add hooks around the body.

        An exception that leaves it and then vanishes was swallowed by a manager.
        """
        return self._watch_with(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> list[ast.stmt]:
        """As for `with`."""
        return self._watch_with(node)

    def _watch_handler(self, node: ast.Try, handler: ast.ExceptHandler, named: frozenset[str]) -> None:
        words = f"`except {ast.unparse(handler.type)}`" if handler.type else "`except:`"
        spoken_of, bound = frozenset(_spoken_of(handler.body)), frozenset(_bound(handler.body))
        falls_back = bool(bound) or _only_asks(node.body)
        place = self._place(Place(words, handler.lineno, named | spoken_of, bound, falls_back))
        handler.body = [_call(place, CAUGHT, handler), _seeing(handler.body, place, RAISES_ON, handler)]

    def _watch_with(self, node: ast.With | ast.AsyncWith) -> list[ast.stmt]:
        words = f"`with {', '.join(ast.unparse(item.context_expr) for item in node.items)}`"
        managers = tuple(_manager(item.context_expr) for item in node.items)
        place = self._place(Place(words, node.lineno, managers=managers))
        self.generic_visit(node)
        node.body = [_seeing(node.body, place, LEAVES, node)]
        return [_call(place, BEGINS, node), node, _call(place, ENDED, node)]

    def _watch_finally(self, node: ast.Try, jumps: list[_Jump]) -> list[ast.stmt]:
        word = type(jumps[0]).__name__.lower()
        place = self._place(Place(f"`{word}` in `finally`", jumps[0].lineno))
        final = ast.Module(node.finalbody, [])
        _Before(jumps, place).visit(final)
        body = node.body
        if node.handlers:
            body = [ast.copy_location(ast.Try(body, node.handlers, node.orelse, []), node)]
        whole = ast.Try([_seeing(body, place, LEAVES, node)], [], [], final.body)
        return [_call(place, BEGINS, node), ast.copy_location(whole, node)]

    def _place(self, place: Place) -> int:
        self.places.append(place)
        return len(self.places) - 1


def _broad(handler: ast.ExceptHandler) -> frozenset[str] | None:
    """The exceptions that a broad handler names as well; None for a handler that is not broad."""
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = [_last_name(each) for each in types if each is not None]
    if names and not BROAD.intersection(names):
        return None
    return frozenset(names) - BROAD


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _spoken_of(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Names and words in texts: a handler that prints `TypeError` or tests for it expects it."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from "".join(each if each.isalnum() else " " for each in node.value).split()
            elif isinstance(node, ast.Name | ast.Attribute):
                yield _last_name(node)


def _bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The names that a handler sets to something else: by an import, a definition, or a plain value."""
    for statement in body:
        match statement:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((each.asname or each.name).partition(".")[0] for each in names)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(
                targets=targets, value=ast.Constant() | ast.Name() | ast.Attribute() | ast.Lambda()
            ):
                yield from (_last_name(each) for each in targets)


def _only_asks(body: Sequence[ast.stmt]) -> bool:
    """Whether a body only imports, and notes in a variable that it could."""
    values = [each for each in body if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)]
    imports = [each for each in body if isinstance(each, ast.Import | ast.ImportFrom)]
    return bool(values) and len(values) + len(imports) == len(body)


def _manager(expression: ast.expr) -> Manager:
    if isinstance(expression, ast.Call):
        return Manager(ast.unparse(expression.func), tuple(_last_name(each) for each in expression.args))
    return Manager(ast.unparse(expression), None)


def _jumps_out(body: Iterable[ast.AST], *, in_loop: bool = False) -> Iterator[_Jump]:
    """The statements that leave this body, and so drop an exception."""
    for node in body:
        if isinstance(node, ast.Return) or (isinstance(node, ast.Break | ast.Continue) and not in_loop):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            is_loop = isinstance(node, ast.For | ast.AsyncFor | ast.While)
            yield from _jumps_out(ast.iter_child_nodes(node), in_loop=in_loop or is_loop)


class _Before(ast.NodeTransformer):
    """Puts a hook before each of these jumps."""

    def __init__(self, jumps: Iterable[_Jump], place: int) -> None:
        self._jumps = {id(each) for each in jumps}
        self._place = place

    def visit(self, node: ast.AST) -> Any:
        if id(node) in self._jumps:
            return [_call(self._place, ENDED, node), node]
        return self.generic_visit(node)


def _seeing(body: list[ast.stmt], place: int, what: int, at: ast.stmt | ast.ExceptHandler) -> ast.stmt:
    """The body with a hook that sees what it raises, and raises it again."""
    raises_on = [_call(place, what, at), ast.copy_location(ast.Raise(), at)]
    handler = ast.copy_location(ast.ExceptHandler(None, None, raises_on), at)
    return ast.copy_location(ast.Try(body, [handler], [], []), at)


def _call(place: int, what: int, at: ast.AST) -> ast.stmt:
    call = ast.Call(ast.Name(HOOK, ast.Load()), [ast.Constant(place), ast.Constant(what)], [])
    located = ast.copy_location(ast.Expr(call), at)
    for node in ast.walk(located):
        ast.copy_location(node, at)
    return located
