"""Which topics contain tombstones: messages without a value, which Debezium sends after deletes."""

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.config.services_keys import TopicKeys
from checker.rules.kafka.connector_order import UNWRAPS
from checker.rules.kafka.connectors import CLASS, ConnectorConfig, connector_configs

_DEBEZIUM, _SINK = "io.debezium.", "SinkConnector"
_SENDS = "tombstones.on.delete"
# Without deletes there are no tombstones, and a snapshot contains only existing rows.
_SKIPPED, _SNAPSHOT, _ROWS_ONLY = "skipped.operations", "snapshot.mode", "initial_only"
_ROUTES = ("Router", ".Filter")
# What ExtractNewRecordState does with them: it drops them by default, unless one of two options says
# otherwise. https://debezium.io/documentation/reference/2.5/transformations/event-flattening.html
_DROPS, _HANDLING = "drop.tombstones", "delete.tombstone.handling.mode"
_KEEP = frozenset({"tombstone", "rewrite-with-tombstone", "delete-to-tombstone"})
# Signs that the topic may have no tombstones, such as the outbox router, which drops them.
_TELLING = (_SENDS, _SKIPPED, _ROWS_ONLY, "ExtractNewRecordState", "EventRouter", "Event Router")
# `prefix.schema.table`, as connectors name their topics.
_PARTS = 3
# Topics of schema histories, heartbeats and dead letters, which are named by hand.
_NO_TABLE_S = ("_", "schema", "dlq")


def holds_tombstones(topic: str, analysis: LessonAnalysis, config: Config) -> bool:
    """Whether a topic is one of a Debezium connector that sends them, as far as lesson and lab tell."""
    if not _may_hold(topic, config):
        return False
    named = [each for each in connector_configs(analysis) if _sends_to(each, topic)]
    if named:
        return all(_keeps(each) for each in named)
    text = analysis.lesson.text
    is_shaped = len([each for each in topic.split(".") if each]) == _PARTS
    is_shaped = is_shaped and not topic.startswith(_NO_TABLE_S)
    return is_shaped and "ebezium" in text and not any(each in text for each in _TELLING)


def _may_hold(topic: str, config: Config) -> bool:
    """Whether the lab does not define a topic of this name without tombstones."""
    kafka = config.services.kafka
    given = next((each for each in kafka.topics if each.name == topic), None) if kafka else None
    return given is None or _holds(given)


def _holds(topic: TopicKeys) -> bool:
    made = topic.debezium
    return made is None or (made.tombstones and (made.unwrap is None or made.unwrap.deletes in _KEEP))


def _sends_to(config: ConnectorConfig, topic: str) -> bool:
    connector = config.value(CLASS)
    prefix = config.value("topic.prefix") or config.value("database.server.name")
    is_source = connector.startswith(_DEBEZIUM) and not connector.endswith(_SINK)
    return is_source and bool(prefix) and topic.startswith(f"{prefix}.")


def _keeps(config: ConnectorConfig) -> bool:
    skipped = {each.strip() for each in config.value(_SKIPPED).split(",")}
    if config.value(_SENDS) == "false" or "d" in skipped or config.value(_SNAPSHOT) == _ROWS_ONLY:
        return False
    for name in (each.strip() for each in config.value("transforms").split(",") if each.strip()):
        kind = config.value(f"transforms.{name}.type")
        if kind.endswith(_ROUTES):
            return False  # its events go to other topics, or nowhere
        if kind in UNWRAPS:
            told = config.value(f"transforms.{name}.{_HANDLING}")
            return told in _KEEP if told else config.value(f"transforms.{name}.{_DROPS}") == "false"
    return True
