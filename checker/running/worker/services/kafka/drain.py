"""When a reader would press Ctrl-C: all that the lab sends has come, and polls stay empty."""

import threading
import time
from typing import Any
from weakref import WeakKeyDictionary

from checker.running.worker.services.kafka.line import Line
from checker.running.worker.services.kafka.producers import Transactions
from checker.running.worker.services.kafka.progress import Progress

DRAINED_WAIT = 0.02  # seconds that an empty poll takes when nobody is there to send anything
# How many polls of an endless loop stay empty before the Ctrl-C: what it does then is a part of the lesson.
_EMPTY_POLLS = 2
# A loop that may end by itself is given longer, but never so long that its time ends it.
_PATIENCE, _BEFORE_TIMEOUT = 5.0, 1.5


class Drain:
    """Of all consumers of a session together: none of those that a cell polls may have anything to come."""

    def __init__(self, line: Line, transactions: Transactions) -> None:
        self._line, self._services, self._transactions = line, line.services, transactions
        self._polled: list[Progress] = []
        self._threads: WeakKeyDictionary[threading.Thread, int] = WeakKeyDictionary()
        self._cell = 0
        self._began = self._idle_since = 0.0
        self._empty_polls = 0

    def polls(self, progress: Progress) -> None:
        """A consumer is about to be polled."""
        if self._services.cell != self._cell:
            self._cell, self._began, self._polled = self._services.cell, time.monotonic(), []
            self._empty_polls = 0
            self._services.reads()
        if progress.cell != self._cell and not self._is_left_over():
            progress.cell, progress.is_idle = self._cell, False
            self._polled.append(progress)

    def is_drained(self, progress: Progress, consumer: Any) -> bool:
        """Has this consumer everything, and is nobody there to send more?"""
        return progress.is_at_end(consumer) and not self._transactions.others_may_send

    def begin_anew(self) -> None:
        """Something has come."""
        self._empty_polls = 0

    def was_empty(self, progress: Progress, *, is_drained: bool) -> bool:
        """A poll has brought nothing; the Ctrl-C comes when that is the last straw, and then returns true."""
        progress.is_idle = is_drained
        if progress.cell != self._cell:  # a thread's that an earlier cell has left running
            return False
        if not all(each.is_idle for each in self._polled):
            self._empty_polls = 0
            return False
        now = time.monotonic()
        if self._empty_polls == 0:
            self._idle_since = now
        self._empty_polls += 1
        if self._services.drained:
            has_enough = self._empty_polls > _EMPTY_POLLS
        else:
            most = self._began + self._services.timeout - _BEFORE_TIMEOUT
            has_enough = now >= min(self._idle_since + _PATIENCE, most)
        if has_enough:
            self._services.interrupt(self._cell)
        return has_enough

    def _is_left_over(self) -> bool:
        """Does a thread ask that an earlier cell has left running? Nobody waits for it any more."""
        thread = threading.current_thread()
        began = self._threads.setdefault(thread, self._cell)
        return thread is not threading.main_thread() and began != self._cell
