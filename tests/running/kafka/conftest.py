"""A lab with one topic of orders, and the lessons' own words for running against it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.lab import KafkaLab, Lab, Message, Topic
from tests.running.cells import lesson, outcomes

Run = Callable[..., list[Outcome]]

STARTED = 1_700_000_000_000  # of the first event, in milliseconds


def event(number: int) -> Message:
    """An insert, as a connector without schemas sends it."""
    value = {"op": "c", "after": {"id": number, "total": number * 10}}
    key = json.dumps({"id": number % 5}).encode()
    return Message(key, json.dumps(value).encode(), (("source", b"shop"),), STARTED + number)


EVENTS = tuple(event(number) for number in range(20))
TOMBSTONE = Message(b'{"id": 3}', None)
LAB = Lab(
    KafkaLab(
        topics=(
            Topic("shop.orders", 3, (*EVENTS, TOMBSTONE)),
            Topic("shop.people", 1, (Message(None, b"Anna"), Message(None, b"\xff"))),
            Topic("shop.empty", 2),
        )
    )
)

# What lessons begin with.
SETUP = """
import json
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

def config(group, **more):
    return {"bootstrap.servers": "kafka:9092", "group.id": group, "auto.offset.reset": "earliest", **more}
"""


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine(Limits(cell_seconds=8.0), workers=1, lab=LAB) as shared:
        yield shared


@pytest.fixture
def run(engine: Engine) -> Run:
    """Run blocks as one lesson beside the lab's Kafka; what each begins with is no block of its own."""

    def run_blocks(*sources: str, drained: bool = True, **more: Any) -> list[Outcome]:
        job = lesson(SETUP, *sources, services=("kafka",), timeout=8.0, drained=drained, **more)
        return outcomes(engine, job)[1:]

    return run_blocks
