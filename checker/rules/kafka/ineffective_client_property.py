"""A property that the Kafka client accepts but ignores.

## What

The configuration of a confluent-kafka client has a property that only another kind of client reads: a
producer property in a `Consumer`, a consumer property in a `Producer`, or `max.poll.records`, which is for
share consumers (librdkafka before 2.16 rejects it). Properties that librdkafka no longer reads are reported
too. A dict that is passed to both kinds of clients is not reported, nor are Java clients.

## Why

The lesson promises an effect, and readers tune a setting that has none.

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
    needs_text=("confluent_kafka", "bootstrap.servers"),
)

# librdkafka calls these consumer properties, but only share consumers read them.
_OF_SHARE_CONSUMERS = {
    "max.poll.records": "use `consume(num_messages=…)` instead",
    "share.acknowledgement.mode": "delete it",
}


def check(analysis: LessonAnalysis, _config: Config) -> Iterable[Report]:
    """One report for each property without effect."""
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
                    analysis, entry.cell, entry.key, f"`{entry.name}` has no effect in `{client.name}`: {why}"
                )


def _reason(client: Client, known: Property) -> str:
    if known.idle:
        return "librdkafka no longer reads it; delete it"
    if known.name in _OF_SHARE_CONSUMERS and "Share" not in client.name:
        refused = f", and librdkafka before {known.since} rejects it"
        return f"only share consumers read it{refused}; {_OF_SHARE_CONSUMERS[known.name]}"
    if known.side and known.side != client.side:
        return f"it is a {known.side} property; delete it"
    return ""


def _heeds(client: Client, entry: Entry, known: Property) -> bool:
    """Whether the same key is also given to a client that reads it."""
    return any(each.key is entry.key for each in client.entries) and not _reason(client, known)
