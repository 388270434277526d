"""The session's end of the line to its broker."""

import os
import threading
from collections.abc import Sequence
from socket import socket

from checker.running.worker import wire
from checker.running.worker.services.services import Services


class Line:
    """What the session knows about its broker and can ask it; used from any thread of the lesson.

    `hosts` are the addresses that lead to the broker, `topics` those that are known to exist. `broken` is the
    end of "it needs …" when there is no broker. `outside` is the address of a real broker, which needs none
    of the help that the embedded one gets; it is empty for the embedded one.
    """

    def __init__(self, services: Services, answer: wire.Message, channel: socket) -> None:
        self.services = services
        self.broken: str = answer.get("failed", "")
        self.hosts: Sequence[str] = answer.get("hosts", ())
        self.outside: str = answer.get("bootstrap", "")
        self.topics: set[str] = set(answer.get("topics", ()))
        self._channel = channel
        self._lock = threading.Lock()
        self._has_begun = False
        # A child process that the lesson forks has a copy of this end, and would read the parent's answers.
        self._owner = os.getpid()

    def begin(self) -> None:
        """The lesson creates a client: the times of the lab's faults count from the first."""
        if self.broken:
            self.services.lack(self.broken)
        if not self._has_begun:
            self._has_begun = True
            self.ask({"begin": True})

    def create(self, topic: str, partitions: int) -> int:
        """Create a topic; returns an error code, 0 for none."""
        error: int = self.ask({"create": topic, "partitions": partitions})["error"]
        self.topics.add(topic)
        return error

    def delete(self, topic: str) -> int:
        """Delete a topic; returns an error code, 0 for none."""
        error: int | None = self.ask({"delete": topic})["error"]
        if error is None:
            self.services.lack("a broker that removes topics, which the installed librdkafka's cannot")
        self.topics.discard(topic)
        return error

    def resend(self, topic: str) -> int:
        """Send the lab's messages of a topic once more; returns their number."""
        sent: int = self.ask({"resend": topic})["sent"]
        return sent

    def ask(self, request: wire.Message) -> wire.Message:
        """The broker's answer. Without a broker, the cell ends here."""
        if os.getpid() != self._owner:
            self.services.lack("one process: the lab's Kafka is asked by the session's own only")
        with self._lock:
            try:
                wire.send(self._channel, request)
                received = wire.receive(self._channel)
            except OSError:
                received = None
        if received is None:
            self.services.lack("its broker, which the lesson has ended")
        return received[0]
