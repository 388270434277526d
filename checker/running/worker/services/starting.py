"""Starts the lab's services in a sandbox, in its first process, before the session that needs them."""

import os
import select
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, NoReturn

from checker.running.sandbox import keeping
from checker.running.sandbox.tier import Isolation
from checker.running.worker import wire
from checker.running.worker.services import schema_registry
from checker.running.worker.services.kafka import broker
from checker.running.worker.services.postgresql import server
from checker.running.worker.services.spark import main as spark

# The main function of a service's process: it gets its end of the line and these descriptors.
_MAIN: dict[str, Callable[..., NoReturn]] = {
    "kafka": broker.main,
    "postgresql": server.main,
    "schema-registry": schema_registry.main,
    "spark": spark.main,
}
# Services listen on well-known ports, which must never be those of the machine.
_WITHOUT_NETWORK = {
    "landlock": "the sandbox tier landlock does not provide",
    "none": "--sandbox none does not provide",
}
_END_SECONDS = 5.0


class Started(NamedTuple):
    """A service: its name, its process as a pidfd, and the line that leads to it from the session."""

    name: str
    process: int
    line: socket.socket


def start(isolation: Isolation, name: str, descriptors: Sequence[int]) -> Started:
    """Start a service in its own process, as confined as the session.

    It reports on its line when it is ready. The first of `descriptors` is that of a file that describes all
    services; another is the line by which Kafka asks for connections to the outside.
    """
    line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        _become(isolation, name, theirs.fileno(), descriptors if name == "kafka" else descriptors[:1])
    theirs.close()
    return Started(name, os.pidfd_open(pid), line)


def end(service: Started) -> None:
    """End a service and wait for it, so that it is not taken for a process that the lesson left behind."""
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(service.process, signal.SIGKILL)
    gone = select.poll()
    gone.register(service.process, select.POLLIN)
    gone.poll(_END_SECONDS * 1000)
    os.close(service.process)


def _become(isolation: Isolation, name: str, line: int, descriptors: Sequence[int]) -> NoReturn:
    try:
        os.setsid()
        keeping.keep_only(line, *descriptors)
        channel = socket.socket(fileno=line)
        tier = isolation.TIER.name
        if tier in _WITHOUT_NETWORK:
            wire.send(channel, {"failed": f"a network of its own, which {_WITHOUT_NETWORK[tier]}"})
        else:
            isolation.enter_session()
            _MAIN[name](channel, *descriptors)
    finally:
        os._exit(1)
