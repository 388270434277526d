"""What becomes of a lesson's configuration: what it says about itself stays as it is."""

from typing import Any

import pytest

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.line import Line
from checker.running.worker.services.services import NotInLabError, Services

OURS = {"enable.partition.eof": True, "fetch.wait.max.ms": 10}
EMBEDDED = Line(Services(), {"hosts": ["kafka:9092"]}, None)  # type: ignore[arg-type]
OUTSIDE = Line(Services(), {"hosts": ["kafka:9092"], "bootstrap": "10.0.0.1:9092"}, None)  # type: ignore[arg-type]
GROUP = {"session.timeout.ms": 1500, "heartbeat.interval.ms": 100}

CHANGED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {**OURS, **GROUP}),
    ({"group.id": "g", "enable.partition.eof": "false"}, {"group.id": "g", **OURS, **GROUP}),
    ({"session.timeout.ms": "45000"}, {**OURS, **GROUP}),
    # The client refuses these, and must go on to.
    ({"session.timeout.ms": "soon"}, {**OURS, "session.timeout.ms": "soon"}),
    ({"session.timeout.ms": 400_000}, {**OURS, "session.timeout.ms": 400_000}),
    ({"max.poll.interval.ms": 1000}, {**OURS, "max.poll.interval.ms": 1000}),
    ({"session.timeout.ms": None}, {**OURS, "session.timeout.ms": None}),
    ({"fetch.wait.max.ms": [1]}, {**OURS, **GROUP, "fetch.wait.max.ms": [1]}),
    ({"enable.partition.eof": "maybe"}, {**OURS, **GROUP, "enable.partition.eof": "maybe"}),
    # The new protocol of groups has no such timeout.
    ({"group.protocol": "consumer"}, {**OURS, "group.protocol": "consumer"}),
]


@pytest.mark.parametrize(("given", "made"), CHANGED)
def test_what_a_consumer_is_made_with(given: dict[str, Any], made: dict[str, Any]) -> None:
    before = dict(given)
    assert configs.for_consumer(EMBEDDED, (given,), {}) == ((made,), {})
    assert configs.for_consumer(EMBEDDED, (), given) == ((), made)
    assert given == before


def test_a_real_broker_is_given_timeouts_that_it_takes() -> None:
    made = {**OURS, "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000}
    assert configs.for_consumer(OUTSIDE, ({"session.timeout.ms": 45_000},), {}) == ((made,), {})


def test_what_stands_beside_a_dictionary_stays_there() -> None:
    arguments, keywords = configs.for_consumer(EMBEDDED, ({}, 1), {"logger": "l", "session.timeout.ms": 6000})
    assert arguments == ({**OURS, **GROUP}, 1)
    assert keywords == {"logger": "l"}


@pytest.mark.parametrize(
    ("config", "is_so"),
    [
        ({}, True),
        ({"auto.offset.reset": "latest"}, True),
        ({"auto.offset.reset": "end"}, True),
        ({"default.topic.config": {"auto.offset.reset": "earliest"}}, False),
        ({"auto.offset.reset": "earliest"}, False),
        ({"auto.offset.reset": "error"}, False),
        ({"default.topic.config": 1}, True),
    ],
)
def test_where_reading_begins(config: dict[str, Any], *, is_so: bool) -> None:
    assert configs.starts_at_end(config) is is_so


@pytest.mark.parametrize(("value", "is_so"), [("True", True), (True, True), ("false", False), (None, False)])
def test_whether_ends_are_asked_for(value: object, *, is_so: bool) -> None:
    assert configs.wants_ends({"enable.partition.eof": value}) is is_so


def test_a_configuration_is_found_wherever_it_stands() -> None:
    assert configs.given(({"a": 1},), {"b": 2}) == {"a": 1, "b": 2}
    assert configs.given(("text",), {}) == {}
    assert configs.is_own_cluster({"test.mock.num.brokers": 1})
    assert not configs.is_own_cluster({})


@pytest.fixture
def line() -> Line:
    return Line(Services(), {"hosts": ["kafka:9092"], "topics": []}, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "config",
    [{}, {"bootstrap.servers": "kafka:9092"}, {"bootstrap.servers": 1}, {"security.protocol": "PLAINTEXT"}],
)
def test_what_leads_to_the_lab_is_let_through(line: Line, config: dict[str, Any]) -> None:
    configs.check(line, config)
    assert line.services.take_lack(None) == ""


@pytest.mark.parametrize(
    "config",
    [
        {"bootstrap.servers": "other:9092"},
        {"metadata.broker.list": "other"},
        {"bootstrap.servers": "kafka:9092", "security.protocol": "sasl_plaintext"},
    ],
)
def test_what_leads_elsewhere_ends_the_cell(line: Line, config: dict[str, Any]) -> None:
    with pytest.raises(NotInLabError):
        configs.check(line, config)
    assert line.services.take_lack(None).startswith("it needs Kafka ")
