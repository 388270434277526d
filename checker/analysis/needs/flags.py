"""Recognises loops that run until a flag changes, and flags that only a signal handler changes.

Consumers are often stopped by `while running:` and a handler of Ctrl-C that sets `running = False`, or by
`while not stopped.is_set():`.
"""

import ast
from collections.abc import Iterator, Sequence

from checker.analysis.trees import children

_HANDED_TO_SIGNALS = frozenset({"signal", "add_signal_handler"})
_TURNS = frozenset({"set", "clear"})


def is_never_turned(test: ast.expr, trees: Sequence[ast.Module]) -> bool:
    """Whether a loop's test is a flag that holds, and that no code of the session changes by itself.

    Signal handlers are left out unless the code calls them, and so are functions that nothing mentions.
    """
    flag, holds_when = _flag(test)
    if not flag:
        return False
    asks = _Handlers(trees)
    starts = False
    for tree in trees:
        for node in asks.that_may_run(tree):
            for value in _given(node, flag):
                if not _is(value, holds_when):
                    return False
                starts = True
    return starts


def _flag(test: ast.expr) -> tuple[str, bool]:
    """The name or attribute that a test reads, if any, and the value for which the test holds."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            name, value = _flag(operand)
            return name, not value
        case ast.Call(func=ast.Attribute(value=owner, attr="is_set"), args=[]):
            return _name(owner), True
    return _name(test), True


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(), attr=name):
            return name
    return ""


def _given(node: ast.AST, flag: str) -> Iterator[ast.expr | None]:
    """The value that a node gives to the flag, or None where it is unknown."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from (value for each in targets if _name(each) == flag)
            parts = [part for each in targets for part in children(each)]
            yield from (None for part in parts if isinstance(part, ast.expr) and _name(part) == flag)
        case ast.AnnAssign(target=target, value=ast.expr() as value) if _name(target) == flag:
            yield value
        case ast.NamedExpr(target=target) | ast.AugAssign(target=target) | ast.For(target=target) if (
            _name(target) == flag
        ):
            yield None
        case ast.withitem(optional_vars=ast.expr() as target) if _name(target) == flag:
            yield None
        case ast.Call(func=ast.Attribute(value=owner, attr=method)):
            yield from [None] * (method in _TURNS and _name(owner) == flag)
        case ast.arg(arg=name) if name == flag:
            yield None


def _is(value: ast.expr | None, wanted: bool) -> bool:
    match value:
        case ast.Constant(value=bool() | int() as constant):
            return bool(constant) == wanted
        case ast.Call(func=ast.Name(id="Event") | ast.Attribute(attr="Event")):
            return not wanted
    return False


class _Handlers:
    """The functions of a session that are called only by a signal, or not at all."""

    def __init__(self, trees: Sequence[ast.Module]) -> None:
        self._spoken_of: set[str] = set()
        self._handed: set[int] = set()  # lambdas
        for tree in trees:
            self._look(tree)

    def _look(self, tree: ast.Module) -> None:
        todo: list[ast.AST] = [tree]
        while todo:
            node = todo.pop()
            match node:
                case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[_, handler, *_]) if (
                    name in _HANDED_TO_SIGNALS
                ):
                    self._handed.add(id(handler))
                    todo += [each for each in children(node) if each is not handler]
                    continue
                case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                    self._spoken_of.add(name)
            todo += children(node)

    def that_may_run(self, tree: ast.Module) -> Iterator[ast.AST]:
        """The nodes of a cell without those that only a signal would run."""
        todo: list[ast.AST] = [tree]
        while todo:
            node = todo.pop()
            yield node
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not self._may_run(node.name):
                continue
            todo += [each for each in children(node) if id(each) not in self._handed]

    def _may_run(self, name: str) -> bool:
        return name in self._spoken_of or name.startswith("__")
