"""A broker that goes down and comes back, and errors on request: for lessons on surviving them."""

from typing import Any

import pytest
from msgspec.structs import replace

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.lab import Fault, Lab
from tests.running.cells import lesson, outcomes
from tests.running.kafka.conftest import LAB, SETUP
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox

SURVIVES = """
import time
errors = []
producer = Producer({"bootstrap.servers": "kafka:9092", "error_cb": lambda error: errors.append(error.name()),
                     "reconnect.backoff.max.ms": 200})
sent = 0
began = time.monotonic()
while time.monotonic() - began < 2.5:
    producer.produce("shop.people", str(sent))
    sent += 1
    producer.poll(0.1)
print(producer.flush(5.0), sent > 10, "_TRANSPORT" in errors or "_ALL_BROKERS_DOWN" in errors)
"""
ERRORS = """
failed = []
producer = Producer({"bootstrap.servers": "kafka:9092", "retries": 0})
for number in range(2):
    producer.produce("shop.people", b"x", on_delivery=lambda error, _: failed.append(error and error.name()))
    producer.flush(5.0)
print(failed)
"""


def run(source: str, *faults: Fault, path: str = "lessons/first.mdx") -> Outcome:
    assert LAB.kafka is not None
    lab = Lab(replace(LAB.kafka, faults=faults))
    more: dict[str, Any] = {"services": ("kafka",), "timeout": 9.0, "path": path}
    with Engine(Limits(), workers=1, lab=lab) as engine:
        return outcomes(engine, lesson(SETUP, source, **more))[1]


def test_a_broker_that_restarts_loses_nothing() -> None:
    outcome = run(SURVIVES, Fault(at=0.5, seconds=1.0))
    assert (outcome.kind, outcome.stdout) == ("passed", "0 True True\n")


def test_other_lessons_see_nothing_of_it() -> None:
    outcome = run(SURVIVES, Fault("lessons/other.mdx", 0.5, 1.0))
    assert (outcome.kind, outcome.stdout) == ("passed", "0 True False\n")


def test_requests_fail_as_often_as_they_are_told() -> None:
    outcome = run(ERRORS, Fault(request="Produce", error="MSG_SIZE_TOO_LARGE"))
    assert (outcome.kind, outcome.stdout) == ("passed", "['MSG_SIZE_TOO_LARGE', None]\n")


def test_a_topic_fails() -> None:
    outcome = run(
        "consumer = Consumer(config('f'))\n"
        "consumer.subscribe(['shop.people'])\n"
        "print(consumer.poll(5).error().name())",
        Fault(topic="shop.people", error="TOPIC_AUTHORIZATION_FAILED"),
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "TOPIC_AUTHORIZATION_FAILED\n")


@pytest.mark.parametrize(
    "fault", [Fault(request="Produse", error="UNKNOWN"), Fault(topic="t", error="NO_SUCH_ERROR")]
)
def test_what_nobody_knows_is_said(fault: Fault) -> None:
    outcome = run("Producer({'bootstrap.servers': 'kafka:9092'})", fault)
    assert outcome.kind == "skipped"
    assert "Produse" in outcome.reason or "NO_SUCH_ERROR" in outcome.reason
