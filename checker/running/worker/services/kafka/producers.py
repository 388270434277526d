"""What a lesson's producer does besides: topics come to be as brokers make them, transactions are noted."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.line import Line

_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")
_DEFAULT_PARTITIONS = 1  # num.partitions of a broker; the mock would make four


class Transactions:
    """Which topics hold messages that no reader should see: the mock shows them all the same.

    Also, which threads have sent anything: what they may still send is not there yet.
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
        """It was committed or aborted."""
        topics = self._open.pop(producer, set())
        if aborted:
            self._hidden |= topics

    def sent(self, producer: int, topic: str) -> None:
        """A message is sent. A topic that is new comes to be, as brokers have it by default."""
        self._senders[threading.get_ident()] = self._line.services.cell
        if producer in self._open:
            self._open[producer].add(topic)
        if self._line.outside:
            return
        if topic not in self._line.topics and _TOPIC.fullmatch(topic):
            self._line.create(topic, _DEFAULT_PARTITIONS)

    def read(self, topic: str) -> None:
        """A reader of committed messages gets one of this topic: end the cell when it may be one of those."""
        if self._line.outside:
            return  # it shows nothing that no transaction has committed
        if topic in self._hidden or any(topic in topics for topics in self._open.values()):
            self._line.services.lack(
                "a broker that hides what no transaction has committed, and the one in the sandbox shows it"
            )

    @property
    def others_may_send(self) -> bool:
        """Is there another thread that has sent something in this cell, and may send more?"""
        mine, cell = threading.get_ident(), self._line.services.cell
        others = {each for each, sent in self._senders.items() if each != mine and sent == cell}
        return bool(others) and any(each.ident in others for each in threading.enumerate())


class Producers:
    """The lesson's producers; `real` is the class of the C extension.

    One of a cluster of the lesson's own does what the client does.
    """

    def __init__(self, real: Any, line: Line, transactions: Transactions) -> None:
        self._real, self._line, self._transactions = real, line, transactions
        self._own: set[int] = set()

    def methods(self) -> Mapping[str, Callable[..., Any]]:
        """What takes the place of the real methods, by their names."""
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
