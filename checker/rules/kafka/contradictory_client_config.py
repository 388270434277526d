"""Kafka client properties that contradict each other or the lesson's code.

## What

Reported are properties that librdkafka rejects together (idempotence without `acks=all`, `transactional.id`
without idempotence, a poll interval below the session timeout, …), a consumer without `group.id`, a key that
is set twice, `enable.auto.offset.store: False` in a lesson that polls but never calls `store_offsets`,
`transactional.id` in a lesson that never calls `init_transactions`, and a loop that aborts a transaction and
continues with the next message. Settings and calls that may be outside the lesson are not reported.

## Why

The client cannot be created, or it commits no offsets, or it fails at the first message.

## Bad

```python
from confluent_kafka import Producer

producer = Producer(
    {
        "bootstrap.servers": "kafka:9092",
        "enable.idempotence": True,
        "acks": 1,  # error
    }
)
```

## Good

```python
from confluent_kafka import Producer

producer = Producer(
    {
        "bootstrap.servers": "kafka:9092",
        "enable.idempotence": True,
        "acks": "all",
    }
)
```

## Since

coursecheck 0.2

## Source

librdkafka, CONFIGURATION.md and `rd_kafka_conf_finalize`, each case tried on librdkafka 2.16:
https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md
"""

from collections.abc import Iterable, Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.kafka.aborts import aborts_that_go_on
from checker.rules.kafka.calls import Calls, calls_of
from checker.rules.kafka.clients import Client, Entry, clients_of
from checker.rules.kafka.conflicts import conflicts
from checker.rules.kafka.extras import given_name
from checker.rules.kafka.places import at, once_each
from checker.rules.kafka.settings import Settings
from checker.rules.kafka.table import properties
from checker.rules.rule import Report, Rule
from checker.spelling import nearest

RULE = Rule(
    "KFK103",
    "contradictory-client-config",
    "error",
    looks_at="python",
    needs_text=("confluent_kafka", "bootstrap.servers"),
)


def check(analysis: LessonAnalysis, _config: Config) -> Iterable[Report]:
    """One report for each contradiction, at the property to change."""
    return once_each(_reports(analysis))


def _reports(analysis: LessonAnalysis) -> Iterator[Report]:
    for client in clients_of(analysis):
        settings = Settings(client)
        for entry, message, severity in conflicts(client, settings):
            yield at(analysis, entry.cell, entry.node, message, severity=severity, about=(entry.name,))
        yield from _repeated(analysis, client)
        if client.side == "consumer":
            yield from _of_consumer(analysis, client, settings)
        else:
            yield from _of_producer(analysis, client, settings)


def _repeated(analysis: LessonAnalysis, client: Client) -> Iterator[Report]:
    """The same property twice, under one name or two; equal values are reported only under one name."""
    seen: dict[str, Entry] = {}
    for entry in client.entries:
        known = properties().get(given_name(entry.name))
        name = (known.alias or known.name) if known else entry.name
        first = seen.setdefault(name, entry)
        if first is entry or first.cell is not entry.cell or _same(first, entry):
            continue
        line = entry.cell.lesson_line(first.key)
        if first.name == entry.name:
            message = (
                f"`{entry.name}` is set twice (first in line {line}), and only the last value takes "
                "effect: delete one"
            )
        else:
            message = (
                f"`{entry.name}` and `{first.name}` (line {line}) are the same property with two "
                "values: delete one"
            )
        yield at(analysis, entry.cell, entry.key, message, about=(entry.name,))


def _same(first: Entry, second: Entry) -> bool:
    return first.name != second.name and str(first.value).lower() == str(second.value).lower()


def _of_consumer(analysis: LessonAnalysis, client: Client, settings: Settings) -> Iterator[Report]:
    if client.closed and client.get("group.id") is None and not _misspelt(client):
        message = f"`{client.name}` requires `group.id`: the client cannot be created without it"
        node = client.call.args[0] if client.call.args else client.call
        yield at(analysis, client.cell, node, message, about=("group.id",))
    yield from _never_commits(analysis, client, settings)
    stored = settings.entry("enable.auto.offset.store")
    if stored is None or settings.is_on("enable.auto.offset.store") is not False:
        return
    calls = calls_of(analysis, client)
    stores = calls.anywhere({"store_offsets", "send_offsets_to_transaction"}) or calls.commits_given_offsets
    if calls.reads and not calls.escapes and not stores:
        message = (
            "with `enable.auto.offset.store` off, only offsets passed to `store_offsets` are "
            "committed, and the lesson never calls it: every start reads the topic again"
        )
        yield at(analysis, stored.cell, stored.node, message)


def _misspelt(client: Client) -> bool:
    """Whether the group is set under a misspelt name, which `unknown-client-property` reports."""
    return any(nearest(each.name, properties()) == "group.id" for each in client.entries)


def _never_commits(analysis: LessonAnalysis, client: Client, settings: Settings) -> Iterator[Report]:
    """An endless loop over messages that are never committed; a loop with an end may intend that."""
    entry = settings.entry("enable.auto.commit")
    if entry is None or settings.is_on("enable.auto.commit") is not False:
        return
    calls = calls_of(analysis, client)
    commits = calls.anywhere({"commit", "send_offsets_to_transaction", "store_offsets"})
    if calls.reads_for_ever and not calls.escapes and not commits:
        message = (
            "with `enable.auto.commit` off, only `commit` commits offsets, and the lesson never "
            "calls it: every start reads the topic again, which may be intended"
        )
        yield at(analysis, entry.cell, entry.node, message, severity="warning")


def _of_producer(analysis: LessonAnalysis, client: Client, settings: Settings) -> Iterator[Report]:
    entry = settings.entry("transactional.id")
    if entry is None or client.name == "AdminClient":
        return
    calls: Calls = calls_of(analysis, client)
    yield from _loses_messages(analysis, client, calls)
    sends = calls.of_client & {"produce", "begin_transaction"}
    if sends and not calls.escapes and not calls.anywhere({"init_transactions"}):
        message = (
            "a producer with `transactional.id` sends nothing before `init_transactions()`, and "
            "the lesson never calls it"
        )
        yield at(analysis, entry.cell, entry.key, message)


def _loses_messages(analysis: LessonAnalysis, client: Client, calls: Calls) -> Iterator[Report]:
    """Messages of aborted transactions, which are read again only if the consumer is moved back."""
    if not calls.anywhere({"send_offsets_to_transaction"}) or calls.anywhere({"seek", "assign"}):
        return
    session = next(each for each in analysis.sessions if client.cell in each.cells)
    for cell, abort in aborts_that_go_on(session.cells, client.variable):
        message = (
            "aborting does not move the consumer back: the loop continues after this message, and "
            "the next commit skips it. `seek` to the committed offset, or leave the loop"
        )
        yield at(analysis, cell, abort, message, severity="warning")
