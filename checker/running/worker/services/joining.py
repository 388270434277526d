"""Connects a session to the services that were started for it, before its first cell."""

from collections.abc import Callable, Mapping
from socket import socket

from checker.running.worker import wire
from checker.running.worker.services import schema_registry
from checker.running.worker.services.kafka import clients
from checker.running.worker.services.postgresql import joining as postgresql
from checker.running.worker.services.services import Services
from checker.running.worker.services.spark import adapting as spark

# What a session does when a service is ready, or has said why it is not.
_JOIN: dict[str, Callable[[Services, wire.Message, socket], None]] = {
    "kafka": clients.join,
    "postgresql": postgresql.join,
    "schema-registry": schema_registry.join,
    "spark": spark.join,
}
_READY_SECONDS = 90.0


def join(lines: Mapping[str, socket], tell: Callable[[wire.Message], None]) -> Services:
    """Wait for the services at the other ends of these lines, by name, and make the lesson use them."""
    services = Services(tell)
    for name, line in lines.items():
        line.settimeout(_READY_SECONDS)
        try:
            received = wire.receive(line)
        except OSError:
            received = None
        answer = received[0] if received else {"failed": f"the lab's {name}, which did not start"}
        line.settimeout(_READY_SECONDS)
        _JOIN[name](services, answer, line)
    return services
