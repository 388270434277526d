"""Plans the cluster's faults that the course's configuration asks for."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from checker.running.worker.services.kafka.mock import Cluster, MissingError

# Kafka's requests by their numbers in its protocol.
_REQUESTS = {
    "Produce": 0, "Fetch": 1, "ListOffsets": 2, "Metadata": 3, "OffsetCommit": 8, "OffsetFetch": 9,
    "FindCoordinator": 10, "JoinGroup": 11, "Heartbeat": 12, "LeaveGroup": 13, "SyncGroup": 14,
    "InitProducerId": 22, "AddPartitionsToTxn": 24, "AddOffsetsToTxn": 25, "EndTxn": 26,
    "TxnOffsetCommit": 28,
}  # fmt: skip

_UNKNOWN = -1


class Step(NamedTuple):
    """What happens this many seconds after the lesson's first client was created."""

    at: float
    do: Callable[[], object]


def plan_faults(
    faults: Iterable[dict[str, Any]],
    cluster: Cluster,
    go_down: Callable[[], object],
    come_up: Callable[[], object],
) -> list[Step]:
    """The steps to take, in order; `faults` are `lab.Fault` as plain data.

    Raises MissingError for an unknown request or error.
    """
    steps = [step for fault in faults for step in _steps(fault, cluster, go_down, come_up)]
    return sorted(steps, key=lambda step: step.at)


def _steps(
    fault: dict[str, Any], cluster: Cluster, go_down: Callable[[], object], come_up: Callable[[], object]
) -> Iterator[Step]:
    if fault["request"] is not None:
        errors = [_error(fault["error"])] * fault["count"]
        yield Step(fault["at"], partial(cluster.fail_requests, _request(fault["request"]), errors))
        return
    begin, end = go_down, come_up
    if fault["topic"] is not None:
        begin = partial(cluster.fail_topic, fault["topic"], _error(fault["error"]))
        end = partial(cluster.fail_topic, fault["topic"], 0)
    yield Step(fault["at"], begin)
    if fault["seconds"] is not None:
        yield Step(fault["at"] + fault["seconds"], end)


def _request(name: str) -> int:
    if name not in _REQUESTS:
        raise MissingError(f"a broker that can let `{name}` fail (it knows {', '.join(_REQUESTS)})")
    return _REQUESTS[name]


def _error(name: str | None) -> int:
    code = getattr(import_module("confluent_kafka").KafkaError, name or "", None)
    if not isinstance(code, int) or code < _UNKNOWN or code == 0:  # codes below are the client's own
        raise MissingError(f"a broker that knows the error `{name}`, which is none of KafkaError's")
    return code
