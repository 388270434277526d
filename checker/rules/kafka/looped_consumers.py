"""The consumers that a lesson creates with kafka-python or aiokafka, and their deserializers."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.trees import nodes_of
from checker.rules.kafka.clients import dotted_name
from checker.rules.kafka.messages import Consumers
from checker.rules.kafka.read_values import Asked, Reading, decoded, functions_of, uncaught

_CLASSES = frozenset({"AIOKafkaConsumer", "KafkaConsumer"})
_DECODES = "value_deserializer"


class LoopedConsumer(Struct, frozen=True):
    """A consumer: its name, its topics, and the function that deserializes values."""

    cell: Cell
    name: str
    topics: Sequence[ast.expr]
    deserializer: ast.expr | None


def looped_consumers(cells: Sequence[Cell]) -> Iterator[LoopedConsumer]:
    """Every `KafkaConsumer(...)` of a session that is assigned to a name."""
    for cell in cells:
        for node in nodes_of(cell.tree, ast.Assign) if cell.tree else ():
            match node:
                case ast.Assign(targets=[target], value=ast.Call(func=called, args=args, keywords=words)):
                    name = dotted_name(target)
                    if name and dotted_name(called).rpartition(".")[2] in _CLASSES:
                        given = next((each.value for each in words if each.arg == _DECODES), None)
                        yield LoopedConsumer(cell, name, args, given)


def failing_deserializers(
    cells: Sequence[Cell], consumers: Sequence[LoopedConsumer], caught: frozenset[str]
) -> Iterator[Reading]:
    """Deserializers that do not test for a missing value and whose exception is not caught.

    They are called with None too, when the consumer's messages are looped over.
    """
    if all(each.deserializer is None for each in consumers):
        return
    functions = functions_of(cells)
    looped = {
        dotted_name(node.iter)
        for cell in cells
        if cell.tree is not None
        for node in uncaught(cell.tree, caught)
        if isinstance(node, ast.For | ast.AsyncFor)
    }
    for each in consumers:
        if each.name in looped and each.deserializer is not None:
            found = _failing(each.cell, each.deserializer, functions)
            if found is not None:
                yield Reading(*found, frozenset({each.name}))


def _failing(
    cell: Cell, function: ast.expr, functions: Mapping[str, tuple[Cell, ast.FunctionDef]]
) -> tuple[Cell, ast.expr] | None:
    match function:
        case ast.Lambda(args=ast.arguments(args=[parameter])):
            return _first_read(cell, function, parameter.arg)
        case ast.Attribute(value=ast.Name(id="json"), attr="loads"):
            return cell, function
        case ast.Name(id=name) if name in functions:
            cell, defined = functions[name]
            parameters = defined.args.args
            return _first_read(cell, defined, parameters[0].arg) if len(parameters) == 1 else None
    return None


def _first_read(
    cell: Cell, function: ast.Lambda | ast.FunctionDef, name: str
) -> tuple[Cell, ast.expr] | None:
    if name in Asked(function).of_value:
        return None
    read = (decoded(node) for node in uncaught(function))
    found = [each for each in read if isinstance(each, ast.Name) and each.id == name]
    return (cell, min(found, key=lambda each: (each.lineno, each.col_offset))) if found else None


def named(polled: frozenset[str], looped: Sequence[LoopedConsumer]) -> Consumers:
    """All consumers of a lesson, by how their messages are read."""
    return Consumers(polled, frozenset(each.name for each in looped) - polled)
