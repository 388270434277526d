"""A real broker outside of the sandbox: relays connections to it, and checks it before the lesson.

The sandbox has no network. For each connection the checker is asked on a line that takes one byte and no
address. It answers with a socket that it has joined to a connection to the broker. Only what the lesson
writes is sent there.
"""

import os
import selectors
import socket
import threading
from collections import deque
from contextlib import suppress
from importlib import import_module
from typing import Any

from checker.running.worker import wire
from checker.running.worker.services.kafka.hosts import are_hosts_of, split
from checker.running.worker.services.kafka.mock import MissingError
from checker.running.worker.services.kafka.pairs import Pairs
from checker.running.worker.services.kafka.relay import Ports

ASK = b"c"  # request for one connection
_MOST_WAITING = 200
_OPEN_SECONDS, _LOOK_SECONDS = 30.0, 10.0
_TICK = 0.02
_REASON_BYTES = 512


class Outside:
    """Connects one session to the broker; `kafka` is a `lab.KafkaLab` as plain data, `way` the line out."""

    def __init__(self, kafka: dict[str, Any], line: socket.socket, way: socket.socket) -> None:
        self._kafka, self._line, self._way = kafka, line, way
        self._selector = selectors.DefaultSelector()
        self._pairs = Pairs(self._selector)
        self._waiting: deque[socket.socket] = deque()
        self._name = f"the broker at {kafka['bootstrap']}"
        self._require_answer()
        ports = [split(each)[1] for each in kafka["hosts"]]
        Ports(self._selector, ports, self._ask).open()
        self._selector.register(way, selectors.EVENT_READ, self._take)
        self._look(ports[0])
        self.answer: wire.Message = {"hosts": kafka["hosts"], "bootstrap": kafka["bootstrap"]}

    def serve(self) -> None:
        """Serve until the session is gone."""
        self._selector.register(self._line, selectors.EVENT_READ, self._hear)
        while True:
            self._turn(None)

    def _turn(self, seconds: float | None) -> None:
        for key, events in self._selector.select(seconds):
            if key.fileobj.fileno() >= 0:  # type: ignore[union-attr]  # not closed a moment ago
                key.data(key.fileobj, events)

    def _hear(self, line: socket.socket, _: int) -> None:
        """Detect the end of the session, which has nothing to ask here."""
        received = wire.receive(line)
        if received is None:
            os._exit(0)
        for each in received[1]:
            os.close(each)
        wire.send(line, {"error": 0})

    def _require_answer(self) -> None:
        self._way.settimeout(_OPEN_SECONDS)
        self._way.send(ASK)
        try:
            connection, reason = _answer(self._way)
        except TimeoutError:
            connection, reason = None, "timed out"
        if connection is None:
            raise MissingError(f"{self._name}, which does not answer ({reason})")
        connection.close()
        self._way.setblocking(False)

    def _ask(self, incoming: socket.socket) -> None:
        """Ask the checker for a connection on behalf of the lesson."""
        try:
            if len(self._waiting) >= _MOST_WAITING:
                raise BlockingIOError
            self._way.send(ASK)
        except OSError:
            incoming.close()
        else:
            self._waiting.append(incoming)

    def _take(self, way: socket.socket, _: int) -> None:
        """Pass the answer to the connection that has waited longest."""
        connection, _reason = _answer(way)
        incoming = self._waiting.popleft()
        if connection is None:
            incoming.close()
        else:
            self._pairs.join(incoming, connection)

    def _look(self, port: int) -> None:
        """Ask the broker for its metadata, over the same way that the lesson will use."""
        answers: list[Any] = []
        asking = threading.Thread(target=lambda: answers.append(_describe(port)))
        asking.start()
        while asking.is_alive():
            self._turn(_TICK)
        described = answers[0] if answers else "no reason given"
        if isinstance(described, str):
            raise MissingError(f"{self._name}, which does not answer as Kafka does ({described})")
        known, brokers = self._kafka["hosts"], described.brokers.values()
        if len(brokers) != 1:
            raise MissingError(f"one broker, and {self._name} is one of {len(brokers)}")
        for each in brokers:
            if not are_hosts_of(known, [f"{each.host}:{each.port}"]):
                raise MissingError(
                    f"{self._name} by the name that it gives itself, {each.host}:{each.port}, and"
                    f" [services.kafka] hosts has only {', '.join(known)}"
                )
        for topic in self._kafka["topics"]:
            if topic["name"] not in described.topics:
                raise MissingError(f"the topic `{topic['name']}`, which {self._name} does not have")


def _answer(way: socket.socket) -> tuple[socket.socket | None, str]:
    """A connection, or why there is none."""
    data, descriptors, _, _ = socket.recv_fds(way, _REASON_BYTES, 1)
    if descriptors:
        return socket.socket(fileno=descriptors[0]), ""
    if not data:
        os._exit(0)  # the checker is gone
    return None, data.decode(errors="replace")


def _describe(port: int) -> Any:
    """The cluster's metadata, or why there is none, in words."""
    try:
        client = import_module("confluent_kafka.admin").AdminClient(
            {"bootstrap.servers": f"127.0.0.1:{port}", "log_level": 0}
        )
        return client.list_topics(timeout=_LOOK_SECONDS)
    except ImportError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 whatever a client of the lesson's interpreter raises
        with suppress(IndexError, AttributeError):
            return str(error.args[0].str())
        return str(error)
