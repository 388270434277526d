"""A session joins the services that were started for it, before its first cell."""

from collections.abc import Callable, Mapping
from socket import socket

from checker.running.worker import wire
from checker.running.worker.services.kafka import clients
from checker.running.worker.services.services import Services

# What a session does when a service is ready, or has said why it is not.
_JOIN: dict[str, Callable[[Services, wire.Message, socket], None]] = {"kafka": clients.join}
_READY_SECONDS = 10.0


def join(lines: Mapping[str, socket], tell: Callable[[wire.Message], None]) -> Services:
    """Wait for the services at the other ends of these lines, by name, and let the lesson find them."""
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
