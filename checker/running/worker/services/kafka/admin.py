"""Implements admin requests that the mock broker does not understand, or reports them as missing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from checker.running.worker.services.kafka import configs
from checker.running.worker.services.kafka.describing import describe_cluster, describe_topics
from checker.running.worker.services.kafka.line import Line

_DEFAULT_PARTITIONS = 1
_BROKERS = 1
_ASK_SECONDS = 5.0
# KafkaError codes, and the messages of Kafka's brokers.
_TOPIC_EXISTS, _UNKNOWN_TOPIC, _INVALID_PARTITIONS = 36, 3, 37
_INVALID_WORDS = "Number of partitions was set to an invalid non-positive value."
_UNKNOWN_WORDS = "This server does not host this topic-partition."
# The mock itself answers what is neither here nor below: `list_topics`, `list_offsets`, `cluster_id`.
_MISSING = (
    "alter_configs", "alter_consumer_group_offsets", "alter_user_scram_credentials", "create_acls",
    "create_partitions", "delete_acls", "delete_consumer_groups", "delete_records", "describe_acls",
    "describe_configs", "describe_consumer_groups", "describe_user_scram_credentials", "elect_leaders",
    "incremental_alter_configs", "list_consumer_groups", "list_groups",
)  # fmt: skip


class Admins:
    """The lesson's admin clients; `real` is the class of the C extension.

    Its methods are passed a future, to be resolved with an error or None for each thing that was asked for.
    """

    def __init__(self, real: Any, line: Line, error: Any) -> None:
        self._real, self._line, self._error = real, line, error
        self._own: set[int] = set()

    def methods(self) -> Mapping[str, Callable[..., Any]]:
        """The methods that replace the real ones, by name."""
        if self._line.outside:
            return {"__init__": self._init}
        methods: dict[str, Callable[..., Any]] = {
            "__init__": self._init,
            "create_topics": self._create_topics,
            "delete_topics": self._delete_topics,
            "describe_topics": self._describe_topics,
            "describe_cluster": self._describe_cluster,
            "list_consumer_group_offsets": self._list_offsets,
        }
        for name in _MISSING:
            if hasattr(self._real, name):
                methods[name] = partial(self._lack, name)
        return methods

    def _init(self, admin: Any, *arguments: Any, **keywords: Any) -> None:
        config = configs.given(arguments, keywords)
        self._own.discard(id(admin))
        if configs.is_own_cluster(config):
            self._own.add(id(admin))
        else:
            self._line.begin()
            configs.check(self._line, config)
        self._real.__init__(admin, *arguments, **keywords)

    def _create_topics(self, admin: Any, topics: Any, future: Any, **keywords: Any) -> None:
        if id(admin) in self._own:
            self._real.create_topics(admin, topics, future, **keywords)
            return
        only_asks = bool(keywords.get("validate_only"))
        future.set_result({each.topic: self._create(each, only_asks=only_asks) for each in topics})

    def _create(self, topic: Any, *, only_asks: bool) -> Any:
        count = _DEFAULT_PARTITIONS if topic.num_partitions == -1 else topic.num_partitions
        if count < 1:
            return self._error(_INVALID_PARTITIONS, _INVALID_WORDS)
        if topic.replication_factor > _BROKERS:
            self._line.services.lack(f"{topic.replication_factor} brokers, and in the sandbox there is one")
        if topic.topic in self._line.topics:
            return self._error(_TOPIC_EXISTS, f"Topic '{topic.topic}' already exists.")
        code = 0 if only_asks else self._line.create(topic.topic, count)
        return self._error(code) if code else None

    def _delete_topics(self, admin: Any, topics: Any, future: Any, **keywords: Any) -> None:
        if id(admin) in self._own:
            self._real.delete_topics(admin, topics, future, **keywords)
            return
        future.set_result({each: self._delete(each) for each in topics})

    def _delete(self, topic: str) -> Any:
        code = self._line.delete(topic)
        return self._error(code, _UNKNOWN_WORDS if code == _UNKNOWN_TOPIC else None) if code else None

    def _describe_topics(self, admin: Any, names: Any, future: Any, **keywords: Any) -> None:
        if id(admin) in self._own:
            self._real.describe_topics(admin, names, future, **keywords)
            return
        future.set_result(describe_topics(self._real.list_topics(admin, timeout=_ASK_SECONDS), names))

    def _describe_cluster(self, admin: Any, future: Any, **keywords: Any) -> None:
        if id(admin) in self._own:
            self._real.describe_cluster(admin, future, **keywords)
            return
        future.set_result(describe_cluster(self._real.list_topics(admin, timeout=_ASK_SECONDS)))

    def _list_offsets(self, admin: Any, request: Any, future: Any, **keywords: Any) -> Any:
        if id(admin) not in self._own and any(each.topic_partitions is None for each in request):
            self._line.services.lack("a broker that lists all offsets of a group, and the one here does not")
        return self._real.list_consumer_group_offsets(admin, request, future, **keywords)

    def _lack(self, name: str, admin: Any, *arguments: Any, **keywords: Any) -> Any:
        if id(admin) not in self._own:
            self._line.services.lack(
                f"a broker that understands `{name}`, and the one in the sandbox does not"
            )
        return getattr(self._real, name)(admin, *arguments, **keywords)
