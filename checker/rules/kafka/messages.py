"""Which names refer to messages of a consumer: polled, in batches, or in a loop."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.trees import nodes_of
from checker.rules.kafka.clients import dotted_name

_READS = frozenset({"poll", "consume"})
# Enough for the deepest nesting in lessons: a batch from a generator.
_PASSES = 3
_BINDING = (ast.Assign, ast.NamedExpr, ast.For, ast.AsyncFor, ast.comprehension)

# By name: the consumers that its messages may come from.
Owners = Mapping[str, frozenset[str]]


class Consumers(Struct, frozen=True):
    """The names of a lesson's consumers.

    Messages of `polled` consumers have a method `value()`, as in confluent-kafka; messages of those `looped`
    over have an attribute `value`, as in kafka-python and aiokafka.
    """

    polled: frozenset[str]
    looped: frozenset[str]

    def value_of(self, node: ast.expr, messages: Owners) -> str:
        """The message in `message.value()`, or in `message.value`; "" for anything else."""
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="value"), args=[], keywords=[]):
                return name if messages.get(name, frozenset()) & self.polled else ""
            case ast.Attribute(value=ast.Name(id=name), attr="value"):
                return name if messages.get(name, frozenset()) & self.looped else ""
        return ""


def messages_in(cells: Sequence[Cell], consumers: Consumers) -> Iterator[tuple[Cell, ast.Module, Owners]]:
    """Each cell that parses, its tree, and the messages known in it."""
    found: dict[str, frozenset[str]] = {}
    generators: dict[str, ast.FunctionDef] = {}
    for cell in cells:
        if cell.tree is None:
            continue
        for node in cell.tree.body:
            if isinstance(node, ast.FunctionDef):
                generators[node.name] = node
        bound = list(bindings(cell.tree))
        for _ in range(_PASSES):
            for name, value, each in bound:
                owners = _owners(value, found, consumers, generators, each=each)
                if owners:
                    found[name] = found.get(name, frozenset()) | owners
        yield cell, cell.tree, found


def bindings(tree: ast.AST) -> Iterator[tuple[str, ast.expr, bool]]:
    """Names that are bound, the values they are bound to, and whether to each of a value's items."""
    for node in nodes_of(tree, *_BINDING):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value, False
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, value, False
            case (
                ast.For(target=ast.Name(id=name), iter=value)
                | ast.AsyncFor(target=ast.Name(id=name), iter=value)
                | ast.comprehension(target=ast.Name(id=name), iter=value)
            ):
                yield name, value, True


def _owners(
    value: ast.expr,
    messages: Owners,
    consumers: Consumers,
    generators: Mapping[str, ast.FunctionDef],
    *,
    each: bool,
) -> frozenset[str]:
    match value.value if isinstance(value, ast.Await) else value:
        case ast.Call(func=ast.Attribute(value=holder, attr=attr)) if attr in _READS:
            return frozenset({dotted_name(holder)}) & consumers.polled
        case ast.Call(func=ast.Name(id=name)) if each and name in generators:
            return _given(generators[name], messages)
        case ast.Name(id=name) if each and name in messages:
            return messages[name]
        case ast.Name() | ast.Attribute() as holder if each:
            return frozenset({dotted_name(holder)}) & consumers.looped
    return frozenset()


def _given(generator: ast.FunctionDef, messages: Owners) -> frozenset[str]:
    """The consumers whose messages a generator yields unfiltered, except for a test that one came."""
    yielded = {node.value.id for node in nodes_of(generator, ast.Yield) if isinstance(node.value, ast.Name)}
    asked = {
        node.func.value.id
        for node in nodes_of(generator, ast.Call)
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.attr in ("value", "len")
    }
    return frozenset(owner for name in yielded - asked for owner in messages.get(name, ()))
