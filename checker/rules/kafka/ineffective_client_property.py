"""A property that the Kafka client accepts and that does nothing for it.

## What

A configuration for a client of confluent-kafka has a property that only another kind of client heeds: a
producer's in a `Consumer`, a consumer's in a `Producer`, `max.poll.records`, which is for share consumers
(and which librdkafka before 2.16 refuses), or one that librdkafka keeps for old programs and no longer
reads. A dict that is given to both kinds of clients, and Java clients, are silent.

## Why

The lesson promises what it does, and readers tune a knob that is connected to nothing.

## Bad

```python
from confluent_kafka import Consumer

consumer = Consumer(
    {
        "bootstrap.servers": "kafka:9092",
        "group.id": "shop",
        "max.poll.records": 100,  # error
    }
)
```

## Good

```python
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "shop"})
messages = consumer.consume(num_messages=100, timeout=1.0)
```

## Since

coursecheck 0.2

## Source

librdkafka, CONFIGURATION.md, the column C/P:
https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md
"""

from collections.abc import Iterable, Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.kafka.clients import Client, Entry, clients_of
from checker.rules.kafka.extras import extra_keys, given_name
from checker.rules.kafka.places import at, once_each
from checker.rules.kafka.table import Property, properties
from checker.rules.rule import Report, Rule

RULE = Rule(
    "KFK102",
    "ineffective-client-property",
    "error",
    looks_at="python",
    speaks_of=("confluent_kafka", "bootstrap.servers"),
)

# librdkafka calls them a consumer's; only share consumers read them.
_OF_SHARE_CONSUMERS = {
    "max.poll.records": "`consume(num_messages=…)` says how many messages are wanted",
    "share.acknowledgement.mode": "delete it",
}


def check(analysis: LessonAnalysis, _config: Config) -> Iterable[Report]:
    """One report for each property that does nothing."""
    return once_each(_reports(analysis))


def _reports(analysis: LessonAnalysis) -> Iterator[Report]:
    clients = clients_of(analysis)
    for client in clients:
        for entry in client.entries:
            known = properties().get(given_name(entry.name))
            if known is None or entry.name in extra_keys(client.name):
                continue
            why = _reason(client, known)
            if why and not any(_heeds(each, entry, known) for each in clients):
                yield at(
                    analysis, entry.cell, entry.key, f"`{entry.name}` does nothing in `{client.name}`: {why}"
                )


def _reason(client: Client, known: Property) -> str:
    if known.idle:
        return "librdkafka no longer reads it. Delete it"
    if known.name in _OF_SHARE_CONSUMERS and "Share" not in client.name:
        refused = f", and librdkafka before {known.since} refuses it"
        return f"only share consumers read it{refused}. Instead: {_OF_SHARE_CONSUMERS[known.name]}"
    if known.side and known.side != client.side:
        return f"it is a {known.side}'s. Delete it"
    return ""


def _heeds(client: Client, entry: Entry, known: Property) -> bool:
    """Whether the same key is also given to a client that reads it."""
    return any(each.key is entry.key for each in client.entries) and not _reason(client, known)
