"""Adapts a lesson's producers: topics are created as real brokers do it, transactions are tracked."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.line import Line

_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")
_DEFAULT_PARTITIONS = 1  # num.partitions of a broker; the mock would create four


class Transactions:
    """Tracks topics with messages of open or aborted transactions, which the mock shows to every reader.

    Also tracks the threads that have sent anything, since they may send more.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._open: dict[int, set[str]] = {}
        self._hidden: set[str] = set()
        self._senders: dict[int, int] = {}

    def begin(self, producer: int) -> None:
        """A transaction begins."""
        self._open[producer] = set()

    def end(self, producer: int, *, aborted: bool) -> None:
        """The transaction was committed or aborted."""
        topics = self._open.pop(producer, set())
        if aborted:
            self._hidden |= topics

    def sent(self, producer: int, topic: str) -> None:
        """A message is sent. A new topic is created with a broker's defaults."""
        self._senders[threading.get_ident()] = self._line.services.cell
        if producer in self._open:
            self._open[producer].add(topic)
        if self._line.outside:
            return
        if topic not in self._line.topics and _TOPIC.fullmatch(topic):
            self._line.create(topic, _DEFAULT_PARTITIONS)

    def read(self, topic: str) -> None:
        """A reader of committed messages gets one of this topic: end the cell when it may be uncommitted."""
        if self._line.outside:
            return  # the reader would see only committed messages anyway
        if topic in self._hidden or any(topic in topics for topics in self._open.values()):
            self._line.services.lack(
                "a broker that hides what no transaction has committed, and the one in the sandbox shows it"
            )

    @property
    def others_may_send(self) -> bool:
        """Whether another thread has sent something in this cell, and may send more."""
        mine, cell = threading.get_ident(), self._line.services.cell
        others = {each for each, sent in self._senders.items() if each != mine and sent == cell}
        return bool(others) and any(each.ident in others for each in threading.enumerate())


class Producers:
    """The lesson's producers; `real` is the class of the C extension.

    Producers of the lesson's own mock cluster are left unchanged.
    """

    def __init__(self, real: Any, line: Line, transactions: Transactions) -> None:
        self._real, self._line, self._transactions = real, line, transactions
        self._own: set[int] = set()

    def methods(self) -> Mapping[str, Callable[..., Any]]:
        """The methods that replace the real ones, by name."""
        methods = {
            "__init__": self._init,
            "produce": self._produce,
            "produce_batch": self._produce_batch,
            "begin_transaction": self._begin,
            "commit_transaction": self._commit,
            "abort_transaction": self._abort,
        }
        return {name: method for name, method in methods.items() if hasattr(self._real, name)}

    def _init(self, producer: Any, *arguments: Any, **keywords: Any) -> None:
        config = configs.given(arguments, keywords)
        self._own.discard(id(producer))
        if configs.is_own_cluster(config):
            self._own.add(id(producer))
        else:
            self._line.begin()
            configs.check(self._line, config)
        self._real.__init__(producer, *arguments, **keywords)

    def _produce(self, producer: Any, *arguments: Any, **keywords: Any) -> Any:
        self._note(producer, arguments, keywords)
        return self._real.produce(producer, *arguments, **keywords)

    def _produce_batch(self, producer: Any, *arguments: Any, **keywords: Any) -> Any:
        self._note(producer, arguments, keywords)
        return self._real.produce_batch(producer, *arguments, **keywords)

    def _note(self, producer: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        topic = arguments[0] if arguments else keywords.get("topic")
        if isinstance(topic, str) and id(producer) not in self._own:
            self._transactions.sent(id(producer), topic)

    def _begin(self, producer: Any, *arguments: Any, **keywords: Any) -> Any:
        result = self._real.begin_transaction(producer, *arguments, **keywords)
        self._transactions.begin(id(producer))
        return result

    def _commit(self, producer: Any, *arguments: Any, **keywords: Any) -> Any:
        result = self._real.commit_transaction(producer, *arguments, **keywords)
        self._transactions.end(id(producer), aborted=False)
        return result

    def _abort(self, producer: Any, *arguments: Any, **keywords: Any) -> Any:
        result = self._real.abort_transaction(producer, *arguments, **keywords)
        self._transactions.end(id(producer), aborted=True)
        return result
