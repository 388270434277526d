"""Configuration keys that confluent-kafka's Python code handles itself, before librdkafka."""

from functools import cache

# https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html#pythonclient-configuration
_ALL = frozenset({
    "default.topic.config", "error_cb", "logger", "oauth_cb", "stats_cb", "throttle_cb",
})  # fmt: skip
_OF_CLASS = {
    "AIOConsumer": frozenset({"on_commit"}),
    "AIOProducer": frozenset({"on_delivery"}),
    "AvroConsumer": frozenset({"on_commit"}),
    "AvroProducer": frozenset({"on_delivery"}),
    "Consumer": frozenset({"on_commit"}),
    "DeserializingConsumer": frozenset({"key.deserializer", "on_commit", "value.deserializer"}),
    "DeserializingShareConsumer": frozenset({"key.deserializer", "value.deserializer"}),
    "Producer": frozenset({"on_delivery"}),
    "SerializingProducer": frozenset({"key.serializer", "on_delivery", "value.serializer"}),
}
# The old Avro classes pass keys with this prefix to the registry's client.
_REGISTRY = "schema.registry."


@cache
def extra_keys(name: str) -> "Keys":
    """The keys that a class accepts besides librdkafka's."""
    return Keys(_ALL | _OF_CLASS.get(name, frozenset()), _REGISTRY if name.startswith("Avro") else "")


class Keys:
    """Some names, and all names with a prefix if there is one."""

    def __init__(self, names: frozenset[str], prefix: str) -> None:
        self._names = names
        self._prefix = prefix

    def __contains__(self, name: str) -> bool:
        return name in self._names or bool(self._prefix and name.startswith(self._prefix))


def given_name(key: str) -> str:
    """The property that a key sets: topic properties may begin with `topic.`."""
    return key.removeprefix("topic.") if key.startswith("topic.") and not _is_own(key) else key


def _is_own(key: str) -> bool:
    return key.startswith(("topic.metadata.", "topic.blacklist"))
