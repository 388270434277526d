"""Combinations of properties that librdkafka rejects, or that cannot be intended."""

from collections.abc import Iterator

from checker.model import Severity
from checker.rules.kafka.clients import Client, Entry
from checker.rules.kafka.settings import Settings

Conflict = tuple[Entry, str, Severity | None]

_IDEMPOTENT_IN_FLIGHT = 5
# How much larger than a fetch a response is.
_OVERHEAD = 512
_BROKERS_DECIDE = (
    "session.timeout.ms",
    "heartbeat.interval.ms",
    "group.protocol.type",
    "partition.assignment.strategy",
)


def conflicts(client: Client, settings: Settings) -> Iterator[Conflict]:
    """Each contradiction: the entry to change, the message, and a severity that is not the rule's."""
    if client.side == "producer":
        yield from _idempotence(settings)
        yield from _producer_times(settings)
    else:
        yield from _consumer_times(settings)
        yield from _fetching(settings)
        yield from _new_protocol(settings)


def _idempotence(settings: Settings) -> Iterator[Conflict]:
    is_transactional = settings.entry("transactional.id") is not None
    idempotence = settings.entry("enable.idempotence")
    if is_transactional and idempotence and settings.is_on("enable.idempotence") is False:
        message = (
            "`transactional.id` requires `enable.idempotence`: the client cannot be created. Delete "
            "this setting"
        )
        yield idempotence, message, None
        return
    if not is_transactional and settings.is_on("enable.idempotence") is not True:
        return
    why = "`transactional.id`" if is_transactional else "`enable.idempotence`"
    acks = settings.entry("request.required.acks")
    if acks and settings.text("request.required.acks") not in {"all", "-1", None}:
        yield acks, f'{why} requires `acks` to be "all": the client cannot be created', None
    flight = settings.entry("max.in.flight.requests.per.connection")
    number = settings.number("max.in.flight.requests.per.connection")
    if flight and number is not None and number > _IDEMPOTENT_IN_FLIGHT:
        message = (
            f"{why} requires `{flight.name}` to be at most {_IDEMPOTENT_IN_FLIGHT}: the client cannot "
            "be created"
        )
        yield flight, message, None
    retries = settings.entry("message.send.max.retries")
    if retries and settings.number("message.send.max.retries") == 0:
        yield retries, f"{why} requires `{retries.name}` to be at least 1: the client cannot be created", None


def _producer_times(settings: Settings) -> Iterator[Conflict]:
    timeout, waits = settings.number("message.timeout.ms"), settings.number("queue.buffering.max.ms")
    entry = settings.entry("message.timeout.ms") or settings.entry("queue.buffering.max.ms")
    if entry and timeout and waits is not None and timeout <= waits:
        message = (
            f"`message.timeout.ms` ({timeout}) must be greater than `linger.ms` ({waits}): the "
            "client cannot be created"
        )
        yield entry, message, None
    limit = settings.number("transaction.timeout.ms")
    set_here = settings.entry("message.timeout.ms")
    if settings.entry("transactional.id") and set_here and timeout and limit and timeout > limit:
        message = (
            f"`{set_here.name}` ({timeout}) must not exceed `transaction.timeout.ms` ({limit}): the "
            "client cannot be created"
        )
        yield set_here, message, None


def _consumer_times(settings: Settings) -> Iterator[Conflict]:
    poll, session = settings.number("max.poll.interval.ms"), settings.number("session.timeout.ms")
    entry = settings.entry("max.poll.interval.ms") or settings.entry("session.timeout.ms")
    if entry and poll is not None and session is not None and poll < session:
        message = (
            f"`max.poll.interval.ms` ({poll}) must not be less than `session.timeout.ms` "
            f"({session}): the client cannot be created"
        )
        yield entry, message, None
    beat = settings.number("heartbeat.interval.ms")
    entry = settings.entry("heartbeat.interval.ms") or settings.entry("session.timeout.ms")
    if entry and beat is not None and session is not None and beat >= session:
        message = (
            f"a heartbeat every {beat} ms is too slow for `session.timeout.ms` ({session}): the "
            "group keeps evicting the consumer. Use about a third of the session timeout"
        )
        yield entry, message, None


def _fetching(settings: Settings) -> Iterator[Conflict]:
    received, fetched = settings.number("receive.message.max.bytes"), settings.number("fetch.max.bytes")
    entry = settings.entry("receive.message.max.bytes") or settings.entry("fetch.max.bytes")
    if entry and received is not None and fetched is not None and received < fetched + _OVERHEAD:
        message = (
            f"`receive.message.max.bytes` ({received}) must exceed `fetch.max.bytes` ({fetched}) by "
            f"at least {_OVERHEAD}: the client cannot be created"
        )
        yield entry, message, None


def _new_protocol(settings: Settings) -> Iterator[Conflict]:
    if settings.text("group.protocol") != "consumer":
        return
    for name in _BROKERS_DECIDE:
        entry = settings.entry(name)
        if entry:
            message = (
                f"with `group.protocol` `consumer`, the brokers set `{name}`: the client cannot be "
                "created. Delete this setting"
            )
            yield entry, message, None
