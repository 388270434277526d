"""Consumer code that fails on a message without a value.

## What

`msg.value().decode(…)`, `json.loads(msg.value())` and `msg.value()["after"]`, and the value deserializers of
kafka-python and aiokafka, on messages from a Debezium topic, where the code neither checks for a missing
value nor catches AttributeError or TypeError. A Debezium topic is one that a connector of the lesson writes
to, or one named like `prefix.schema.table` in a lesson about Debezium.

Nothing is reported if the connector sends no tombstones (`tombstones.on.delete`, `skipped.operations`, a
transformation that drops them, a topic of the lab without any) or if the lesson writes to the topic itself.
If a run fails there, the run's error is reported instead.

## Why

After each delete, Debezium sends a tombstone, a message with the value None. The loop works until somebody
deletes a row.

## Bad

```python
import json

from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "shop"})
consumer.subscribe(["shop.public.orders"])  # a topic of Debezium's
while True:
    msg = consumer.poll(1.0)
    if msg is None or msg.error():
        continue
    print(json.loads(msg.value().decode("utf-8")))  # error
```

## Good

```python
import json

from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "shop"})
consumer.subscribe(["shop.public.orders"])  # a topic of Debezium's
while True:
    msg = consumer.poll(1.0)
    if msg is None or msg.error() or msg.value() is None:
        continue
    print(json.loads(msg.value().decode("utf-8")))
```

## Since

coursecheck 0.2

## Source

Debezium, `tombstones.on.delete`:
https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-tombstone-events
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import nodes_of
from checker.config import Config
from checker.rules.kafka.clients import clients_of, dotted_name
from checker.rules.kafka.looped_consumers import (
    LoopedConsumer,
    failing_deserializers,
    looped_consumers,
    named,
)
from checker.rules.kafka.messages import Consumers
from checker.rules.kafka.places import at
from checker.rules.kafka.read_values import Reading, caught_calls, unguarded_readings
from checker.rules.kafka.tombstones import holds_tombstones
from checker.rules.rule import Report, Rule

RULE = Rule("KFK107", "unhandled-tombstone", "warning", looks_at="python", needs_text=("ebezium",))

_CLASSES = frozenset({"AIOConsumer", "Consumer"})
_MESSAGE = (
    "after each delete, Debezium sends a tombstone with the value None, and this fails on it: skip "
    "it with `if msg.{value} is None: continue`"
)


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each block that a tombstone ends, at the first place."""
    polled = frozenset(
        each.variable for each in clients_of(analysis) if each.name in _CLASSES and each.variable
    )
    for session in analysis.sessions:
        looped = tuple(looped_consumers(session.cells))
        consumers = named(polled, looped)
        topics = _topics(session.cells, consumers, looped)
        if not topics:
            continue
        written = _written(session.cells)
        told: set[int] = set()
        for each in _readings(session.cells, consumers, looped):
            read = {topic for name in each.consumers for topic in topics.get(name, ())} - written
            index = each.cell.block.index
            if index not in told and any(holds_tombstones(topic, analysis, config) for topic in read):
                told.add(index)
                value = "value" if each.consumers <= consumers.looped else "value()"
                yield at(analysis, each.cell, each.node, _MESSAGE.format(value=value))


def _readings(
    cells: Sequence[Cell], consumers: Consumers, looped: Sequence[LoopedConsumer]
) -> Sequence[Reading]:
    found = [
        *unguarded_readings(cells, consumers),
        *failing_deserializers(cells, looped, caught_calls(cells)),
    ]
    return sorted(found, key=lambda each: (each.cell.block.index, each.node.lineno, each.node.col_offset))


def _topics(
    cells: Sequence[Cell], consumers: Consumers, looped: Sequence[LoopedConsumer]
) -> dict[str, list[str]]:
    """The topics that consumers read, by the consumers' names, where the topics are literals."""
    known: dict[str, ast.expr] = {}
    found: dict[str, list[str]] = {}
    names = consumers.polled | consumers.looped
    for cell in cells:
        for node in nodes_of(cell.tree, ast.Assign, ast.Call) if cell.tree else ():
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() | ast.List() as value):
                    known[name] = value
                case (
                    ast.Call(func=ast.Attribute(value=holder, attr="subscribe"), args=[given, *_])
                    | ast.Call(
                        func=ast.Attribute(value=holder, attr="subscribe"),
                        keywords=[ast.keyword(arg="topics", value=given), *_],
                    )
                ) if (name := dotted_name(holder)) in names:
                    found.setdefault(name, []).extend(_texts([given], known))
    for each in looped:
        for given in each.topics:
            found.setdefault(each.name, []).extend(_texts([given], known))
    return found


def _written(cells: Sequence[Cell]) -> frozenset[str]:
    """The topics that the lesson's own producers write to; the lesson decides what is in them."""
    known: dict[str, ast.expr] = {}
    found: set[str] = set()
    for cell in cells:
        for node in nodes_of(cell.tree, ast.Assign, ast.Call) if cell.tree else ():
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value):
                    known[name] = value
                case ast.Call(func=ast.Attribute(attr="produce"), args=[first, *_]):
                    found.update(_texts([first], known))
    return frozenset(found)


def _texts(nodes: Sequence[ast.expr], known: Mapping[str, ast.expr]) -> Iterator[str]:
    """The literal texts in names, texts and lists of them; lists are not nested here."""
    todo = list(nodes)
    for node in todo:
        match node if not isinstance(node, ast.Name) else known.get(node.id):
            case ast.Constant(value=str(text)):
                yield text
            case ast.List(elts=elts) if len(todo) == 1:
                todo += elts
