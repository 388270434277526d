"""Where a lesson decodes a message's value without asking whether there is one."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.last_names import handled_names, last_names
from checker.analysis.trees import children, walk

_READS = frozenset({"poll", "consume"})
_FAILS = frozenset({"AttributeError", "BaseException", "Exception", "TypeError"})
_JSON = frozenset({"loads"})

# Names, each with the consumers that what it stands for may come from.
Owners = Mapping[str, frozenset[str]]


class Reading(Struct, frozen=True):
    """A value that is decoded, and the names of the consumers that its message may come from."""

    cell: Cell
    node: ast.expr
    consumers: frozenset[str]


def unguarded_readings(cells: Sequence[Cell], consumers: frozenset[str]) -> Iterator[Reading]:
    """Each place in a session where None for a value raises, and nothing there catches it."""
    messages: dict[str, frozenset[str]] = {}
    functions = _functions(cells)
    caught = _caught_calls(cells)
    for cell in cells:
        if cell.tree is None:
            continue
        messages |= _messages(cell.tree, consumers)
        asked = _Asked(cell.tree)
        known = {name: owners for name, owners in messages.items() if name not in asked.of_message}
        values = _values(cell.tree, known, asked)
        for node in _uncaught(cell.tree, caught):
            if isinstance(node, ast.Call):
                yield from _read(cell, node, known, values)
                yield from _handed_on(node, known, values, functions)


def _functions(cells: Sequence[Cell]) -> Mapping[str, tuple[Cell, ast.FunctionDef]]:
    return {
        node.name: (cell, node)
        for cell in cells
        for node in (cell.tree.body if cell.tree else ())
        if isinstance(node, ast.FunctionDef)
    }


def _messages(tree: ast.Module, consumers: frozenset[str]) -> dict[str, frozenset[str]]:
    """`m = consumer.poll()`, `for m in consumer.consume(…)`."""
    found: dict[str, frozenset[str]] = {}
    for name, value in _bindings(tree):
        if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)):
            continue
        held = value.func.value
        if value.func.attr in _READS and isinstance(held, ast.Name) and held.id in consumers:
            found[name] = found.get(name, frozenset()) | {held.id}
    return found


def _bindings(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, value
            case ast.For(target=ast.Name(id=name), iter=value):
                yield name, value


def _values(tree: ast.AST, messages: Owners, asked: "_Asked") -> dict[str, frozenset[str]]:
    """`v = m.value()`, where nobody asks what `v` is."""
    return {
        name: messages[source]
        for name, value in _bindings(tree)
        if (source := _value_of(value)) in messages and name not in asked.of_value
    }


def _value_of(node: ast.expr) -> str:
    """The message in `message.value()`, "" for anything else."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="value"), args=[], keywords=[]):
            return name
    return ""


def _owners(node: ast.expr, messages: Owners, values: Owners) -> frozenset[str]:
    """Whose value an expression is; nobody's when it is none, or one that is asked about."""
    if isinstance(node, ast.Name):
        return values.get(node.id, frozenset())
    return messages.get(_value_of(node), frozenset())


def _decoded(call: ast.Call) -> ast.expr | None:
    """What `x.decode(…)` and `json.loads(x)` fail on when it is None."""
    match call.func:
        case ast.Attribute(value=value, attr="decode"):
            return value
        case ast.Attribute(attr=name) | ast.Name(id=name) if name in _JSON and call.args:
            return call.args[0]
    return None


def _read(cell: Cell, call: ast.Call, messages: Owners, values: Owners) -> Iterator[Reading]:
    decoded = _decoded(call)
    owners = _owners(decoded, messages, values) if decoded is not None else frozenset()
    if decoded is not None and owners:
        yield Reading(cell, decoded, owners)


def _handed_on(
    call: ast.Call,
    messages: Owners,
    values: Owners,
    functions: Mapping[str, tuple[Cell, ast.FunctionDef]],
) -> Iterator[Reading]:
    """A value or its message given to a function of the lesson, which decodes it as it comes."""
    if not isinstance(call.func, ast.Name) or call.func.id not in functions:
        return
    cell, function = functions[call.func.id]
    asked = _Asked(function)
    for given, parameter in zip(call.args, function.args.args, strict=False):
        name = parameter.arg
        owners = _owners(given, messages, values)
        if owners and name not in asked.of_value:
            known: dict[str, frozenset[str]] = {}
            held = {name: owners}
        elif isinstance(given, ast.Name) and given.id in messages and name not in asked.of_message:
            known = {name: messages[given.id]}
            held = _values(function, known, asked)
        else:
            continue
        for node in _uncaught(function):
            if isinstance(node, ast.Call):
                yield from _read(cell, node, known, held)


class _Asked:
    """The names that a piece of code tests: of messages whose value, or truth, it asks for, and of values.

    A message is false when its value is empty, so `if m` asks; `m is None` only asks whether one came.
    """

    def __init__(self, tree: ast.AST) -> None:
        self.of_message: set[str] = set()
        self.of_value: set[str] = set()
        for node in walk(tree):
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


def _asked_by(call: ast.Call) -> Iterator[str]:
    """The messages of `m.value()` and `m.len()`, and of `has_value(m)`, which may look at what it likes."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name), attr="value" | "len") if not call.args:
            yield name
        case ast.Name():
            yield from (each.id for each in call.args if isinstance(each, ast.Name))


def _caught_calls(cells: Sequence[Cell]) -> frozenset[str]:
    """The functions that are called where what None raises is caught."""
    return frozenset(
        call.func.id
        for cell in cells
        for node in (walk(cell.tree) if cell.tree else ())
        for part in (_caught_part(node) if isinstance(node, ast.Try | ast.With) else ())
        for call in walk(part)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    )


def _uncaught(tree: ast.AST, caught: frozenset[str] = frozenset()) -> Iterator[ast.AST]:
    """The nodes that stand neither where what None raises is caught nor in a function called there."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef) and node.name in caught:
            continue
        yield node
        left = _caught_part(node)
        todo += [each for each in children(node) if each not in left] if left else children(node)


def _caught_part(node: ast.AST) -> Sequence[ast.stmt]:
    """The statements of a `try` or `with suppress(…)` that None does not end."""
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
