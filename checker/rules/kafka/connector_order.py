"""Transformations that use fields which a record does not have at that point in the order.

A change event has the fields of Debezium's envelope; after ExtractNewRecordState it has the row's. Source:
https://debezium.io/documentation/reference/stable/transformations/event-flattening.html and, for Kafka's own,
https://kafka.apache.org/documentation/#connect_transforms: they only know top-level fields.
"""

from collections.abc import Iterator

from checker.patterns import regex
from checker.rules.kafka.connector_names import Wrong
from checker.rules.kafka.connectors import CLASS, ConnectorConfig, Setting

UNWRAPS = frozenset({
    "io.debezium.transforms.ExtractNewRecordState", "io.debezium.transforms.UnwrapFromEnvelope",
    "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState",
})  # fmt: skip
# Transformations that keep the fields of a value, or only add some.
KEEPS = frozenset({
    "io.debezium.transforms.ByLogicalTableRouter", "io.debezium.transforms.ContentBasedRouter",
    "io.debezium.transforms.Filter", "org.apache.kafka.connect.transforms.Cast$Key",
    "org.apache.kafka.connect.transforms.Cast$Value", "org.apache.kafka.connect.transforms.DropHeaders",
    "org.apache.kafka.connect.transforms.ExtractField$Key", "org.apache.kafka.connect.transforms.Filter",
    "org.apache.kafka.connect.transforms.InsertField$Key",
    "org.apache.kafka.connect.transforms.InsertField$Value",
    "org.apache.kafka.connect.transforms.InsertHeader", "org.apache.kafka.connect.transforms.MaskField$Key",
    "org.apache.kafka.connect.transforms.MaskField$Value",
    "org.apache.kafka.connect.transforms.RegexRouter",
    "org.apache.kafka.connect.transforms.ReplaceField$Key",
    "org.apache.kafka.connect.transforms.TimestampConverter$Value",
    "org.apache.kafka.connect.transforms.TimestampRouter",
    "org.apache.kafka.connect.transforms.ValueToKey",
})  # fmt: skip
EXPRESSIONS = {
    "io.debezium.transforms.Filter": "condition",
    "io.debezium.transforms.ContentBasedRouter": "topic.expression",
}
# Options that name fields of a value; without these fields the transformation does nothing.
_FIELDS = {
    "org.apache.kafka.connect.transforms.MaskField$Value": "fields",
    "org.apache.kafka.connect.transforms.TimestampConverter$Value": "field",
    "org.apache.kafka.connect.transforms.ValueToKey": "fields",
}
_ENVELOPE = frozenset({"before", "after", "source", "op", "ts_ms", "ts_us", "ts_ns", "transaction"})
# A table's own column may be called `op` or `source`, but it is hardly a row itself.
_OF_ENVELOPE = regex(r"\bvalue\??\.((?:after|before)\??\.(\w+))")
_DEBEZIUM, _SINK = "io.debezium.", "SinkConnector"


def wrong_order(config: ConnectorConfig) -> Iterator[Wrong]:
    """Expressions and fields that match nothing, where the order of the transformations is known."""
    declared = config.by_name.get("transforms")
    if declared is None or not declared.is_shown or config.elided:
        return
    unwrapped = ""
    for name in (each.strip() for each in (declared.value or "").split(",")):
        kind = config.value(f"transforms.{name}.type")
        if unwrapped and (setting := _shown(config, name, EXPRESSIONS.get(kind))):
            yield from _of_envelope(config, setting, unwrapped)
        elif not unwrapped and (setting := _shown(config, name, _FIELDS.get(kind))):
            yield from _of_row(config, setting, kind)
        if kind in UNWRAPS:
            unwrapped = name
        elif kind not in KEEPS:
            return


def _shown(config: ConnectorConfig, name: str, option: str | None) -> Setting | None:
    setting = config.by_name.get(f"transforms.{name}.{option}")
    return setting if setting and setting.is_shown else None


def _of_envelope(config: ConnectorConfig, setting: Setting, unwrapped: str) -> Iterator[Wrong]:
    found = _OF_ENVELOPE.search(setting.value or "")
    if found is None:
        return
    message = (
        f"after `{unwrapped}`, a record is the row itself, which has no "
        f"`{found[1].partition('.')[0].rstrip('?')}`: write `value.{found[2]}`, or move this before "
        f"`{unwrapped}`"
    )
    certain = f"transforms.{unwrapped}.predicate" not in config.by_name
    yield Wrong(setting, message, certain=certain, of_value=True)


def _of_row(config: ConnectorConfig, setting: Setting, kind: str) -> Iterator[Wrong]:
    connector = config.by_name.get(CLASS)
    if connector is None:
        is_debezium = _DEBEZIUM in config.analysis.lesson.text
    else:
        value = connector.value or ""
        is_debezium = value.startswith(_DEBEZIUM) and not value.endswith(_SINK)
    names = [each.strip() for each in (setting.value or "").split(",")]
    if not is_debezium or not all(names) or not _ENVELOPE.isdisjoint(names):
        return
    short = kind.rpartition(".")[2].partition("$")[0]
    message = (
        f"change events have no field `{names[0]}`, only `before`, `after`, `source`, `op` and "
        f"timestamps: put `ExtractNewRecordState` before `{short}`"
    )
    yield Wrong(setting, message, certain=connector is not None, of_value=True)
