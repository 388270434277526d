"""The configuration that a lesson gives a client, and the changes that the embedded broker needs."""

from typing import Any

from checker.running.worker.services.kafka.hosts import are_hosts_of
from checker.running.worker.services.kafka.line import Line

_MOCK = "test.mock.num.brokers"
_BROKERS = ("bootstrap.servers", "metadata.broker.list")
_PROTOCOL = "security.protocol"
# The mock makes a group wait for a member that left until the session timeout less a second, and a group of
# two needs that time to form. Members that are silent for the whole timeout are removed.
_SESSION_MS, _HEARTBEAT_MS = 1500, 100
# A real broker accepts no less than 6 s (`group.min.session.timeout.ms`). The group waits this long for
# members of lessons that were ended before they could leave.
_OUTSIDE_MS = (6000, 1000)
_LONGEST_POLL_MS = 300_000  # librdkafka's default of max.poll.interval.ms
# How long a fetch waits for data, and so how long it takes to see that a topic is drained.
_FETCH_WAIT_MS = 10

Arguments = tuple[tuple[Any, ...], dict[str, Any]]


def given(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> dict[str, Any]:
    """The configuration in the arguments of a client's class; empty when the client would not accept it."""
    first = arguments[0] if arguments else {}
    return {**(first if isinstance(first, dict) else {}), **keywords}


def is_own_cluster(config: dict[str, Any]) -> bool:
    """Whether the lesson asks librdkafka for its own mock cluster."""
    return _MOCK in config


def check(line: Line, config: dict[str, Any]) -> None:
    """End the cell when the configuration leads to a broker that is not the lab's."""
    for name in _BROKERS:
        brokers = config.get(name)
        if isinstance(brokers, str) and not are_hosts_of(line.hosts, brokers.split(",")):
            known = ", ".join(line.hosts)
            line.services.lack(f"Kafka at {brokers}, and the one in the sandbox is at {known}")
    protocol = config.get(_PROTOCOL)
    if isinstance(protocol, str) and protocol.upper() in ("SSL", "SASL_SSL", "SASL_PLAINTEXT"):
        line.services.lack(f"Kafka with {protocol}, and the one in the sandbox is without TLS and passwords")


def for_consumer(line: Line, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Arguments:
    """The arguments with which the consumer is really created."""
    config = given(arguments, keywords)
    more: dict[str, Any] = {"enable.partition.eof": True, "fetch.wait.max.ms": _FETCH_WAIT_MS}
    session, heartbeat = _OUTSIDE_MS if line.outside else (_SESSION_MS, _HEARTBEAT_MS)
    is_classic = str(config.get("group.protocol", "classic")).lower() == "classic"
    if is_classic and _takes_session(config, session):
        more |= {"session.timeout.ms": session, "heartbeat.interval.ms": heartbeat}
    # Settings that the client would refuse are left for it to refuse.
    refused = [name for name in more if name in config and not _is_plain(config[name])]
    more = {name: value for name, value in more.items() if name not in refused}
    if arguments and isinstance(arguments[0], dict):
        rest = {name: value for name, value in keywords.items() if name not in more}
        return ({**arguments[0], **more}, *arguments[1:]), rest
    return arguments, {**keywords, **more}


def wants_ends(config: dict[str, Any]) -> bool:
    """Whether the lesson itself asks to be told about ends of partitions."""
    return str(config.get("enable.partition.eof", "")).lower() in ("true", "1", "t")


def starts_at_end(config: dict[str, Any]) -> bool:
    """Whether a consumer without offsets begins with the messages that are sent after it has joined."""
    nested = config.get("default.topic.config")
    settings = {**(nested if isinstance(nested, dict) else {}), **config}
    reset = settings.get("auto.offset.reset", settings.get("topic.auto.offset.reset", "largest"))
    return reset in ("latest", "largest", "end")


def _takes_session(config: dict[str, Any], session: int) -> bool:
    """Whether the client would accept our timeout, which must not exceed the longest pause between polls."""
    wanted = config.get("session.timeout.ms", session)
    longest = config.get("max.poll.interval.ms", _LONGEST_POLL_MS)
    try:
        return session <= int(longest) >= int(wanted) > 0
    except (TypeError, ValueError):
        return False


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int) or (
        isinstance(value, str) and (value.isdigit() or value.lower() in ("true", "false", "t", "f"))
    )
