"""Decides when a reader would press Ctrl-C: all messages of the lab have come, and polls stay empty."""

import threading
import time
from typing import Any
from weakref import WeakKeyDictionary

from checker.running.worker.services.kafka.line import Line
from checker.running.worker.services.kafka.producers import Transactions
from checker.running.worker.services.kafka.progress import Progress

DRAINED_WAIT = 0.02  # seconds that an empty poll takes when nobody is left to send anything
# An endless loop gets this many empty polls before the Ctrl-C: its code for empty polls is part of the
# lesson.
_EMPTY_POLLS = 2
# A loop that may end by itself is given longer, but never until its time is over.
_PATIENCE, _BEFORE_TIMEOUT = 5.0, 1.5


class Drain:
    """For all consumers of a session: none of those that a cell polls may have messages to come."""

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
        """Whether this consumer has everything, and nobody is left to send more."""
        return progress.is_at_end(consumer) and not self._transactions.others_may_send

    def begin_anew(self) -> None:
        """A message has come."""
        self._empty_polls = 0

    def was_empty(self, progress: Progress, *, is_drained: bool) -> bool:
        """A poll has brought nothing; returns true when this leads to the Ctrl-C."""
        progress.is_idle = is_drained
        if progress.cell != self._cell:  # a thread that an earlier cell left running
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
        """Whether a thread asks that an earlier cell left running; nobody waits for it any more."""
        thread = threading.current_thread()
        began = self._threads.setdefault(thread, self._cell)
        return thread is not threading.main_thread() and began != self._cell
