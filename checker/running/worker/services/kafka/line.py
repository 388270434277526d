"""The session's end of the line to its broker."""

import os
import threading
from collections.abc import Sequence
from socket import socket

from checker.running.worker import wire
from checker.running.worker.services.services import Services


class Line:
    """What the session knows of its broker, and asks it; used from any thread of the lesson's.

    `hosts` are the addresses that lead to the broker, `topics` those that are known to be there. `broken` is
    the end of "it needs …" when there is no broker. `outside` is the address of a real one, which does itself
    what the embedded one has to be helped with; it is empty for that.
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
        # A child that the lesson forks has a copy of this end, and would read the parent's answers.
        self._owner = os.getpid()

    def begin(self) -> None:
        """The lesson makes a client: the time of the lab's faults counts from the first."""
        if self.broken:
            self.services.lack(self.broken)
        if not self._has_begun:
            self._has_begun = True
            self.ask({"begin": True})

    def create(self, topic: str, partitions: int) -> int:
        """Make a topic; returns an error code, 0 for none."""
        error: int = self.ask({"create": topic, "partitions": partitions})["error"]
        self.topics.add(topic)
        return error

    def delete(self, topic: str) -> int:
        """Remove a topic; returns an error code, 0 for none."""
        error: int | None = self.ask({"delete": topic})["error"]
        if error is None:
            self.services.lack("a broker that removes topics, which the installed librdkafka's cannot")
        self.topics.discard(topic)
        return error

    def resend(self, topic: str) -> int:
        """Let the lab's messages of a topic be sent once more; returns how many there are."""
        sent: int = self.ask({"resend": topic})["sent"]
        return sent

    def ask(self, request: wire.Message) -> wire.Message:
        """The broker's answer. Without a broker, however it was ended, the cell ends here."""
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
