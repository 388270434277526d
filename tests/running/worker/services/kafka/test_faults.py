"""When what goes wrong; without a cluster."""

from typing import Any

import pytest
from msgspec import to_builtins

from checker.running.lab import Fault
from checker.running.worker.services.kafka.faults import plan_faults
from checker.running.worker.services.kafka.mock import MissingError


class Recorder:
    """Stands for a cluster."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []

    def fail_topic(self, *what: Any) -> None:
        self.done.append(("topic", *what))

    def fail_requests(self, *what: Any) -> None:
        self.done.append(("requests", *what))


def plan(*faults: Fault) -> list[tuple[float, tuple[Any, ...]]]:
    cluster = Recorder()
    steps = plan_faults(
        to_builtins(faults),
        cluster,  # type: ignore[arg-type]
        lambda: cluster.done.append(("down",)),
        lambda: cluster.done.append(("up",)),
    )
    for step in steps:
        step.do()
    return [(step.at, done) for step, done in zip(steps, cluster.done, strict=True)]


def test_nothing_goes_wrong_by_itself() -> None:
    assert plan() == []


def test_steps_come_in_their_order_whichever_fault_they_belong_to() -> None:
    assert plan(
        Fault(at=2.0, seconds=1.0),
        Fault(topic="t", error="UNKNOWN", seconds=2.5),
        Fault(at=1.0, request="Fetch", error="REQUEST_TIMED_OUT", count=2, seconds=9.0),
        Fault(at=8.0),
    ) == [
        (0.0, ("topic", "t", -1)),
        (1.0, ("requests", 1, [7, 7])),
        (2.0, ("down",)),
        (2.5, ("topic", "t", 0)),
        (3.0, ("up",)),
        (8.0, ("down",)),
    ]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(request="fetch", error="UNKNOWN"),
        Fault(request="Fetch", error="NO_ERROR"),
        Fault(request="Fetch", error="_TRANSPORT"),
        Fault(topic="t", error="name"),
        Fault(topic="t"),
    ],
)
def test_what_no_broker_knows_is_refused(fault: Fault) -> None:
    with pytest.raises(MissingError):
        plan(fault)
