"""The broker's process: a cluster with the lab's topics, the ports that lead to it, and timed faults.

It makes and removes topics and sends the lab's messages again when the session asks for it.
"""

import json
import os
import selectors
import socket
import time
from typing import Any, NoReturn

from checker.running.worker import wire
from checker.running.worker.services.kafka.faults import plan_faults
from checker.running.worker.services.kafka.hosts import split
from checker.running.worker.services.kafka.mock import Cluster, MissingError
from checker.running.worker.services.kafka.outside import Outside
from checker.running.worker.services.kafka.relay import Relay
from checker.running.worker.services.kafka.seeding import Seeder

_TOPIC_EXISTS, _UNKNOWN_TOPIC = 36, 3  # Kafka's error codes


def main(line: socket.socket, lab: int, way: int | None = None) -> NoReturn:
    """Serve until the session is gone, on the `line` to it; `lab` is a descriptor of its description.

    `way` is a descriptor of the line on which the checker is asked for connections to a real broker.
    """
    try:
        kafka = json.loads(os.pread(lab, os.fstat(lab).st_size, 0))["kafka"]
        os.close(lab)
        broker = Broker(kafka, line) if way is None else Outside(kafka, line, socket.socket(fileno=way))
    except MissingError as error:
        wire.send(line, {"failed": str(error)})
    except OSError as error:
        wire.send(line, {"failed": f"a broker, which does not start here ({error})"})
    else:
        wire.send(line, broker.answer)
        broker.serve()
    os._exit(0)


class Broker:
    """Serves one session; `kafka` is a `lab.KafkaLab` as plain data."""

    def __init__(self, kafka: dict[str, Any], line: socket.socket) -> None:
        self._line = line
        self._selector = selectors.DefaultSelector()
        self._cluster = Cluster()
        self._seeds: dict[str, dict[str, Any]] = {each["name"]: each for each in kafka["topics"]}
        self.topics = {name: each["partitions"] for name, each in self._seeds.items()}
        for name, count in self.topics.items():
            self._cluster.create_topic(name, count)
        self._seeder = Seeder(self._cluster.address)
        for each in self._seeds.values():
            self._seeder.send(each)
        if not self._seeder.flush():
            raise MissingError("a broker with its messages in it, and they were not all sent in time")
        hosts = [split(each) for each in kafka["hosts"]]
        self._relay = Relay(self._selector, [port for _, port in hosts], self._cluster.address)
        self._relay.open()
        # From now on, clients are given a name that lessons know; the seeder is connected already.
        self._cluster.advertise(*hosts[0])
        self._faults = plan_faults(kafka["faults"], self._cluster, self._go_down, self._come_up)
        self._began: float | None = None
        self.answer: wire.Message = {"hosts": kafka["hosts"], "topics": list(self.topics)}

    def serve(self) -> None:
        """Serve until the session is gone."""
        self._selector.register(self._line, selectors.EVENT_READ)
        while True:
            for key, events in self._selector.select(self._seconds_to_fault()):
                if key.fileobj is self._line:
                    if not self._answer():
                        return
                elif key.fileobj.fileno() >= 0:  # type: ignore[union-attr]  # not closed a moment ago
                    key.data(key.fileobj, events)
            while self._faults and self._seconds_to_fault() == 0:
                self._faults.pop(0)[1]()

    def _answer(self) -> bool:
        """Handle a request of the session; returns false when the session is gone."""
        received = wire.receive(self._line)
        if received is None:
            return False
        request, descriptors = received
        for each in descriptors:  # a lesson may have found the line and sent descriptors
            os.close(each)
        answer: dict[str, Any] = {"error": 0}
        match request:
            case {"create": str(name), "partitions": int(count)}:
                answer = {"error": self._create(name, count)}
            case {"delete": str(name)}:
                answer = {"error": self._delete(name)}
            case {"resend": str(name)}:
                answer = {"sent": self._resend(name)}
            case {"begin": True} if self._began is None:
                self._began = time.monotonic()
        wire.send(self._line, answer)
        return True

    def _create(self, name: str, count: int) -> int:
        if name in self.topics:
            return _TOPIC_EXISTS
        error = self._cluster.create_topic(name, count)
        if not error:
            self.topics[name] = count
        return error

    def _delete(self, name: str) -> int | None:
        if name not in self.topics:
            return _UNKNOWN_TOPIC
        error = self._cluster.delete_topic(name)
        if error == 0:
            del self.topics[name]
            self._seeds.pop(name, None)
        return error

    def _resend(self, name: str) -> int:
        """Send the lab's messages of a topic once more; returns their number."""
        seed = self._seeds.get(name)
        if seed is None:
            return 0
        self._seeder.send(seed)
        return len(seed["messages"]) if self._seeder.flush() else 0

    def _seconds_to_fault(self) -> float | None:
        if self._began is None or not self._faults:
            return None
        return max(0.0, self._began + self._faults[0][0] - time.monotonic())

    def _go_down(self) -> None:
        self._relay.close()
        self._cluster.go_down()

    def _come_up(self) -> None:
        self._cluster.come_up()
        self._relay.open()
