"""Where a lesson decodes a message's value without testing whether there is one."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.last_names import handled_names, last_names
from checker.analysis.trees import children, nodes_of, walk
from checker.rules.kafka.messages import Consumers, Owners, bindings, messages_in

_FAILS = frozenset({"AttributeError", "BaseException", "Exception", "TypeError"})
_JSON = frozenset({"loads"})
# Nodes that test whether something is true.
_TESTING = (ast.If, ast.IfExp, ast.While, ast.Assert, ast.comprehension, ast.BoolOp, ast.Match)


class Reading(Struct, frozen=True):
    """A value that is decoded, and the names of the consumers that its message may come from."""

    cell: Cell
    node: ast.expr
    consumers: frozenset[str]


def unguarded_readings(cells: Sequence[Cell], consumers: Consumers) -> Iterator[Reading]:
    """Each place in a session where a value of None raises an exception that nothing catches."""
    functions = functions_of(cells)
    caught = caught_calls(cells)
    for cell, tree, messages in messages_in(cells, consumers):
        asked = Asked(tree)
        known = {name: owners for name, owners in messages.items() if name not in asked.of_message}
        if not known:
            continue
        values = _values(tree, known, asked, consumers)
        for node in uncaught(tree, caught):
            yield from _read(cell, node, known, values, consumers)
            if isinstance(node, ast.Call):
                yield from _handed_on(node, known, values, functions, consumers)


def functions_of(cells: Sequence[Cell]) -> Mapping[str, tuple[Cell, ast.FunctionDef]]:
    """The functions that cells define, by name, each with its cell."""
    return {
        node.name: (cell, node)
        for cell in cells
        for node in (cell.tree.body if cell.tree else ())
        if isinstance(node, ast.FunctionDef)
    }


def _values(
    tree: ast.AST, messages: Owners, asked: "Asked", consumers: Consumers
) -> dict[str, frozenset[str]]:
    """`v = m.value()`, where nothing tests `v`."""
    return {
        name: messages[source]
        for name, value, _ in bindings(tree)
        if (source := consumers.value_of(value, messages)) and name not in asked.of_value
    }


def _owners(node: ast.expr, messages: Owners, values: Owners, consumers: Consumers) -> frozenset[str]:
    """The consumers whose value an expression is; empty when it is none, or one that is tested."""
    if isinstance(node, ast.Name):
        return values.get(node.id, frozenset())
    return messages.get(consumers.value_of(node, messages), frozenset())


def decoded(node: ast.AST) -> ast.expr | None:
    """The `x` that must not be None in `x.decode(…)`, `json.loads(x)`, `str(x, "utf-8")`, `x["after"]`."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="decode")):
            return value
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]) if name in _JSON:
            return first
        case ast.Call(func=ast.Name(id="str"), args=[first, _]):
            return first
        case ast.Subscript(value=value, slice=ast.Constant(value=str()), ctx=ast.Load()):
            return value
    return None


def _read(
    cell: Cell, node: ast.AST, messages: Owners, values: Owners, consumers: Consumers
) -> Iterator[Reading]:
    read = decoded(node)
    owners = _owners(read, messages, values, consumers) if read is not None else frozenset()
    if read is not None and owners:
        yield Reading(cell, read, owners)


def _handed_on(
    call: ast.Call,
    messages: Owners,
    values: Owners,
    functions: Mapping[str, tuple[Cell, ast.FunctionDef]],
    consumers: Consumers,
) -> Iterator[Reading]:
    """A value or its message passed to a function of the lesson that decodes it without a test."""
    if not isinstance(call.func, ast.Name) or call.func.id not in functions:
        return
    cell, function = functions[call.func.id]
    asked = Asked(function)
    for given, parameter in zip(call.args, function.args.args, strict=False):
        name = parameter.arg
        owners = _owners(given, messages, values, consumers)
        if owners and name not in asked.of_value:
            known: dict[str, frozenset[str]] = {}
            held = {name: owners}
        elif isinstance(given, ast.Name) and given.id in messages and name not in asked.of_message:
            known = {name: messages[given.id]}
            held = _values(function, known, asked, consumers)
        else:
            continue
        for node in uncaught(function):
            yield from _read(cell, node, known, held, consumers)


class Asked:
    """The names that a piece of code tests: messages whose value or truth is tested, and values.

    A message is false when its value is empty, so `if m` is a test; `m is None` only tests whether a message
    came.
    """

    def __init__(self, tree: ast.AST) -> None:
        self.of_message: set[str] = set()
        self.of_value: set[str] = set()
        for node in nodes_of(tree, *_TESTING):
            match node:
                case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Assert(test=test):
                    self._test(test)
                case ast.comprehension(ifs=tests):
                    for each in tests:
                        self._test(each)
                case ast.BoolOp(values=tests):
                    for each in tests:
                        self._test(each)
                case ast.Match(subject=test):
                    self._test(test)

    def _test(self, test: ast.expr) -> None:
        bare = test.operand if isinstance(test, ast.UnaryOp) else test
        if isinstance(bare, ast.Name):
            self.of_message.add(bare.id)
        for node in walk(test):
            if isinstance(node, ast.Name):
                self.of_value.add(node.id)
            elif isinstance(node, ast.Call):
                self.of_message.update(_asked_by(node))
            elif (
                isinstance(node, ast.Attribute) and node.attr == "value" and isinstance(node.value, ast.Name)
            ):
                self.of_message.add(node.value.id)


def _asked_by(call: ast.Call) -> Iterator[str]:
    """The messages in `m.value()` and `m.len()`, and in `has_value(m)`, which may test anything."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name), attr="value" | "len") if not call.args:
            yield name
        case ast.Name():
            yield from (each.id for each in call.args if isinstance(each, ast.Name))


def caught_calls(cells: Sequence[Cell]) -> frozenset[str]:
    """The functions that are called where the exceptions caused by None are caught."""
    return frozenset(
        call.func.id
        for cell in cells
        for node in (nodes_of(cell.tree, ast.Try, ast.With) if cell.tree else ())
        for part in _caught_part(node)
        for call in nodes_of(part, ast.Call)
        if isinstance(call.func, ast.Name)
    )


def uncaught(tree: ast.AST, caught: frozenset[str] = frozenset()) -> Iterator[ast.AST]:
    """The nodes whose exceptions caused by None are not caught, in place or by the caller."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef) and node.name in caught:
            continue
        yield node
        left = _caught_part(node)
        todo += [each for each in children(node) if each not in left] if left else children(node)


def _caught_part(node: ast.AST) -> Sequence[ast.stmt]:
    """The statements of a `try` or `with suppress(…)` that catches the exceptions caused by None."""
    match node:
        case ast.Try(body=body, handlers=handlers) if not _FAILS.isdisjoint(handled_names(handlers)):
            return body
        case ast.With(items=items, body=body):
            for each in items:
                match each.context_expr:
                    case ast.Call(func=ast.Attribute(attr="suppress") | ast.Name(id="suppress"), args=args):
                        suppressed = (name for kind in args for name in last_names(kind))
                        return () if _FAILS.isdisjoint(suppressed) else body
    return ()
