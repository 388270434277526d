"""Adapts a lesson's consumers: at the end of their topics, an endless loop ends as by Ctrl-C.

A consumer that starts at the end gets the lab's messages once more after it has joined, as from a connector
that keeps running.
"""

from collections.abc import Callable, Mapping
from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.drain import Drain
from checker.running.worker.services.kafka.line import Line
from checker.running.worker.services.kafka.producers import Transactions
from checker.running.worker.services.kafka.progress import Progress
from checker.running.worker.services.kafka.reader import Reader
from checker.running.worker.services.kafka.times import find_offset

_MOST_MESSAGES = 1_000_000  # that the client returns at once


class Consumers:
    """The lesson's consumers; `real` is the class of the C extension.

    They are kept by id, because objects of that class cannot hold attributes. Consumers of the lesson's own
    mock cluster are left unchanged.
    """

    def __init__(self, real: Any, line: Line, transactions: Transactions) -> None:
        self._real, self._line, self._transactions = real, line, transactions
        self._drain = Drain(line, transactions)
        self._readers: dict[int, Reader] = {}
        self._closed: dict[int, int] = {}

    def methods(self) -> Mapping[str, Callable[..., Any]]:
        """The methods that replace the real ones, by name."""
        methods = {
            "__init__": self._init,
            "poll": self._poll,
            "consume": self._consume,
            "assign": self._assign,
            "seek": self._seek,
            "close": self._close,
            "offsets_for_times": self._offsets_for_times,
        }
        if self._line.outside:
            del methods["offsets_for_times"]
        return methods

    def _init(self, consumer: Any, *arguments: Any, **keywords: Any) -> None:
        config = configs.given(arguments, keywords)
        self._readers.pop(id(consumer), None)
        self._closed.pop(id(consumer), None)
        if configs.is_own_cluster(config):
            self._real.__init__(consumer, *arguments, **keywords)
            return
        self._line.begin()
        configs.check(self._line, config)
        arguments, keywords = configs.for_consumer(self._line, arguments, keywords)
        self._real.__init__(consumer, *arguments, **keywords)
        progress = Progress(self._real, self._line, config)
        self._readers[id(consumer)] = Reader(self._real, progress, self._drain, self._transactions, config)

    def _poll(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        reader = self._reader(consumer)
        timeout = _timeout(arguments, keywords)
        if reader is None or timeout is None:
            return self._real.poll(consumer, *arguments, **keywords)
        return reader.poll(consumer, timeout)

    def _consume(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        reader = self._reader(consumer)
        count = arguments[0] if arguments else keywords.get("num_messages", 1)
        rest = {name: value for name, value in keywords.items() if name != "num_messages"}
        timeout = _timeout(arguments[1:], rest)
        is_plain = isinstance(count, int) and 0 < count <= _MOST_MESSAGES
        if reader is None or timeout is None or not is_plain:
            return self._real.consume(consumer, *arguments, **keywords)
        return reader.consume(consumer, count, timeout)

    def _assign(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        result = self._real.assign(consumer, *arguments, **keywords)
        if (reader := self._readers.get(id(consumer))) is not None:
            reader.progress.note_assigned(*arguments, **keywords)
        return result

    def _seek(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        result = self._real.seek(consumer, *arguments, **keywords)
        if (reader := self._readers.get(id(consumer))) is not None:
            reader.progress.forget_ends()
        return result

    def _close(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        if self._readers.pop(id(consumer), None) is not None and self._line.services.is_interrupted:
            self._closed[id(consumer)] = self._line.services.cell
        return self._real.close(consumer, *arguments, **keywords)

    def _offsets_for_times(self, consumer: Any, *arguments: Any, **keywords: Any) -> Any:
        if id(consumer) not in self._readers:
            return self._real.offsets_for_times(consumer, *arguments, **keywords)
        partitions: Any = arguments[0] if arguments else keywords.get("partitions")
        # Let the client check its arguments; the mock broker always answers that there is no offset.
        answers = self._real.offsets_for_times(consumer, *arguments, **keywords)
        for asked, answer in zip(partitions, answers, strict=True):
            if answer.error is None and asked.offset >= 0:
                answer.offset = find_offset(self._real, self._line.hosts[0], asked)
        return answers

    def _reader(self, consumer: Any) -> Reader | None:
        """The reader of a consumer. For one that was closed by our Ctrl-C, a later block is excused."""
        if self._closed.get(id(consumer), self._line.services.cell) != self._line.services.cell:
            self._line.services.excuse("its consumer, which an earlier block closed when its loop was ended")
        return self._readers.get(id(consumer))


def _timeout(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> float | None:
    """The timeout, -1 when it is not given; None when the client would not accept the arguments."""
    if len(arguments) + len(keywords) > 1 or not keywords.keys() <= {"timeout"}:
        return None
    timeout = arguments[0] if arguments else keywords.get("timeout", -1)
    return timeout if isinstance(timeout, int | float) else None
