"""A property or value that the Kafka client rejects.

## What

The configuration of a confluent-kafka client (`Consumer`, `Producer`, `AdminClient`, …) has a key that
librdkafka does not know, such as a Java client property, or a value that is out of range, not a number, or
not one of the allowed values. The dict is followed from its definition through `**`, `update` and
`config[key] = …` to the call. Values that the lesson does not show are not reported, nor are other libraries,
Java clients and Connect workers.

## Why

The client cannot be created: `KafkaException: No such configuration property`. Java properties look the same
and are in most examples on the web.

## Bad

```python
from confluent_kafka import Consumer

config = {
    "bootstrap.servers": "kafka:9092",
    "group.id": "shop",
    "fetch.max.wait.ms": 500,  # error
    "auto.offset.reset": "none",  # error
}
consumer = Consumer(config)
```

## Good

```python
from confluent_kafka import Consumer

config = {
    "bootstrap.servers": "kafka:9092",
    "group.id": "shop",
    "fetch.wait.max.ms": 500,
    "auto.offset.reset": "error",
}
consumer = Consumer(config)
```

## Since

coursecheck 0.2

## Source

librdkafka, CONFIGURATION.md: https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md; the
table is the listing of librdkafka 2.16 itself
"""

from collections.abc import Iterable, Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.kafka.clients import Client, Entry, clients_of
from checker.rules.kafka.extras import extra_keys, given_name
from checker.rules.kafka.places import at, once_each, renaming
from checker.rules.kafka.table import java_properties, properties
from checker.rules.kafka.values import refusal, slip
from checker.rules.rule import Report, Rule
from checker.spelling import nearest

RULE = Rule(
    "KFK101",
    "unknown-client-property",
    "error",
    looks_at="python",
    needs_text=("confluent_kafka", "bootstrap.servers"),
)


def check(analysis: LessonAnalysis, _config: Config) -> Iterable[Report]:
    """One report for each key and each value that a client rejects."""
    return once_each(_reports(analysis))


def _reports(analysis: LessonAnalysis) -> Iterator[Report]:
    for client in clients_of(analysis):
        extras = extra_keys(client.name)
        for entry in client.entries:
            if entry.name not in extras:
                yield from _of(analysis, client, entry)


def _of(analysis: LessonAnalysis, client: Client, entry: Entry) -> Iterator[Report]:
    known = properties().get(given_name(entry.name))
    if known is None:
        yield _unknown(analysis, client, entry)
    elif entry.is_known and (why := refusal(known, entry.value)):
        shown = f"{entry.value!r}"[:40]
        message = f"`{client.name}` rejects {shown} for `{entry.name}`: it {why}"
        yield at(analysis, entry.cell, entry.node, message, about=(entry.name,))
    elif entry.is_known and (what := slip(known, entry.value)):
        message = f"librdkafka {what} from {entry.value!r} for `{entry.name}`: write the number alone"
        yield at(analysis, entry.cell, entry.node, message, severity="warning")


def _unknown(analysis: LessonAnalysis, client: Client, entry: Entry) -> Report:
    java = java_properties().get(entry.name)
    message = f"librdkafka has no property `{entry.name}`, so `{client.name}` cannot be created"
    name = java.property if java else nearest(entry.name, properties())
    if java:
        message = f"`{entry.name}` is a Java client property; `{client.name}` rejects it"
    fix = None
    if java and java.instead:
        message += f". Instead: {java.instead}"
    elif name:
        message += f": write `{name}`" if java else f": did you mean `{name}`?"
        fix = renaming(analysis, entry, name)
    else:
        message += ": delete it"
    return at(analysis, entry.cell, entry.key, message, fix=fix, about=(entry.name,))
