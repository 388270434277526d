"""The session's end: adapts the lesson's `confluent_kafka` once it has a broker."""

from importlib import import_module
from socket import socket
from typing import Any

from checker.running.worker import wire
from checker.running.worker.services.kafka.admin import Admins
from checker.running.worker.services.kafka.consumers import Consumers
from checker.running.worker.services.kafka.deriving import derive, replace
from checker.running.worker.services.kafka.line import Line
from checker.running.worker.services.kafka.producers import Producers, Transactions
from checker.running.worker.services.services import Services


def join(services: Services, answer: wire.Message, channel: socket) -> None:
    """Tell the lesson's clients about the broker, or why there is none."""
    try:
        cimpl: Any = import_module("confluent_kafka.cimpl")
        import_module("confluent_kafka.admin")
    except ImportError:
        return  # the lesson's own import reports the error
    line = Line(services, answer, channel)
    transactions = Transactions(line)
    hooks: dict[Any, Producers | Consumers | Admins] = {
        cimpl.Producer: Producers(cimpl.Producer, line, transactions),
        cimpl.Consumer: Consumers(cimpl.Consumer, line, transactions),
        cimpl._AdminClientImpl: Admins(cimpl._AdminClientImpl, line, cimpl.KafkaError),  # noqa: SLF001
    }
    for real, hook in hooks.items():
        replace(real, derive(real, hook.methods()))
