"""How far one consumer has read in each of its partitions."""

from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.line import Line

_AT_END = -1  # OFFSET_END, as an offset to be assigned
_ASK_SECONDS = 2.0

Partition = tuple[str, int]


class Progress:
    """The progress of one consumer.

    `real` is the client's own class, `cell` the number of the cell that polled it last.
    """

    def __init__(self, real: Any, line: Line, config: dict[str, Any]) -> None:
        self._real, self._line = real, line
        self._has_group = bool(config.get("group.id"))
        self._starts_at_end = configs.starts_at_end(config)
        self._put_at_end: set[str] = set()
        self._ends: dict[Partition, int] = {}
        self._begun: set[str] = set()
        self._is_lost = False
        self.is_shared = bool(line.outside)
        self.cell = 0
        self.is_idle = False

    def note_message(self, message: Any) -> None:
        """A message was handed out."""
        self.is_idle = False
        self._begun.add(message.topic())
        self._ends.pop((message.topic(), message.partition()), None)

    def note_end(self, consumer: Any, end: Any) -> None:
        """The end of a partition was reached. A consumer that starts there is sent the lab's messages now."""
        topic = end.topic()
        self._ends[topic, end.partition()] = end.offset()
        partitions = [each for each in self._real.assignment(consumer) if each.topic == topic]
        if topic in self._begun or any((topic, each.partition) not in self._ends for each in partitions):
            return
        self._begun.add(topic)
        if not (self._starts_at_end or topic in self._put_at_end) or self._has_offsets(consumer, partitions):
            return
        if not self._line.outside and self._line.resend(topic):
            self._ends = {each: offset for each, offset in self._ends.items() if each[0] != topic}

    def note_unknown(self, topic: str) -> None:
        """A subscribed topic does not exist: excuse the cell when the lab does not have it."""
        self._is_lost = True
        if self._line.outside:
            self._line.services.excuse(
                f"the topic `{topic}`, which the broker at {self._line.outside} does not have"
            )
        elif topic not in self._line.topics:
            self._line.services.excuse(f"the topic `{topic}`, which [[services.kafka.topics]] does not have")

    def note_assigned(self, partitions: Any) -> None:
        """The lesson has chosen its partitions and where to begin in them."""
        self._put_at_end |= {each.topic for each in partitions if each.offset == _AT_END}
        self.forget_ends()

    def forget_ends(self) -> None:
        """The lesson has moved the consumer's position."""
        self._ends = {}

    def is_at_end(self, consumer: Any) -> bool:
        """Whether the consumer has read everything in its partitions, including messages sent just now."""
        if not self._ends:
            return self._is_lost
        assigned = [(each.topic, each.partition, each) for each in self._real.assignment(consumer)]
        if not assigned or any((topic, number) not in self._ends for topic, number, _ in assigned):
            return False
        for topic, number, partition in assigned:
            marks = self._real.get_watermark_offsets(consumer, partition, _ASK_SECONDS)
            if marks is None or marks[1] > self._ends[topic, number]:
                self._ends.pop((topic, number))
                return False
        return True

    def _has_offsets(self, consumer: Any, partitions: list[Any]) -> bool:
        """Whether the consumer's group continues from committed offsets."""
        if not self._has_group:
            return False
        return any(each.offset >= 0 for each in self._real.committed(consumer, partitions, _ASK_SECONDS))
