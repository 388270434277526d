"""Polls for a lesson's consumer, without waiting where no message can come."""

import time
from collections.abc import Callable
from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.drain import DRAINED_WAIT, Drain
from checker.running.worker.services.kafka.producers import Transactions
from checker.running.worker.services.kafka.progress import Progress

_END_OF_PARTITION, _UNKNOWN_TOPIC = -191, 3  # _PARTITION_EOF and UNKNOWN_TOPIC_OR_PART
_SLICE = 0.1  # seconds; a wait without a limit is split into these, so that it can be interrupted
_FOREVER = float("inf")


class Reader:
    """Polls for one consumer; `real` is the client's own class."""

    def __init__(
        self, real: Any, progress: Progress, drain: Drain, transactions: Transactions, config: dict[str, Any]
    ) -> None:
        self._real, self.progress, self._drain, self._transactions = real, progress, drain, transactions
        self._wants_ends = configs.wants_ends(config)
        # Where others send as well, a reader waits as long as the lesson says.
        self._waits = progress.is_shared
        self._hides_uncommitted = config.get("isolation.level", "read_committed") == "read_committed"

    def poll(self, consumer: Any, timeout: float) -> Any:
        """One message, an error that the client returns as a message, or None when the time is over."""
        messages = self._read(consumer, 1, timeout, lambda _, seconds: [self._real.poll(consumer, seconds)])
        return messages[0] if messages else None

    def consume(self, consumer: Any, count: int, timeout: float) -> list[Any]:
        """Up to this many messages, as they come until the time is over."""
        return self._read(
            consumer, count, timeout, lambda number, seconds: self._real.consume(consumer, number, seconds)
        )

    def _read(
        self, consumer: Any, count: int, timeout: float, ask: Callable[[int, float], list[Any]]
    ) -> list[Any]:
        ends = _FOREVER if timeout < 0 else time.monotonic() + timeout
        found: list[Any] = []
        self._drain.polls(self.progress)
        while True:
            left = max(0.0, ends - time.monotonic())
            is_drained = self._drain.is_drained(self.progress, consumer)
            hurries = is_drained and not self._waits
            answers = ask(count - len(found), min(left, DRAINED_WAIT if hurries else _SLICE))
            new = [each for each in answers if each is not None and self._is_for_lesson(consumer, each)]
            found += new
            if len(found) >= count:
                return found
            if answers and answers != [None]:
                continue
            if ends == _FOREVER:
                if self._drain.was_empty(self.progress, is_drained=is_drained):
                    return found
            elif hurries or time.monotonic() >= ends:
                if not found:
                    self._drain.was_empty(self.progress, is_drained=is_drained)
                return found

    def _is_for_lesson(self, consumer: Any, message: Any) -> bool:
        """Note what the client returns; false for events that the lesson has not asked for."""
        error = message.error()
        if error is None:
            self.progress.note_message(message)
            self._drain.begin_anew()
            if self._hides_uncommitted:
                self._transactions.read(message.topic())
            return True
        if error.code() == _UNKNOWN_TOPIC:
            self.progress.note_unknown(message.topic())
        if error.code() != _END_OF_PARTITION:
            return True
        self.progress.note_end(consumer, message)
        return self._wants_ends
