"""Options of Flink's Kafka tables that Flink does not know, and values that it cannot parse.

https://nightlies.apache.org/flink/flink-docs-stable/docs/connectors/table/kafka/#connector-options
https://nightlies.apache.org/flink/flink-docs-stable/docs/connectors/table/upsert-kafka/#connector-options
"""

from collections.abc import Iterator, Mapping

from checker.spelling import nearest

Place = tuple[int, int]

_BOTH = (
    "connector", "topic", "topic-pattern", "key.format", "key.fields-prefix", "value.format",
    "value.fields-include", "scan.bounded.mode", "scan.bounded.specific-offsets",
    "scan.bounded.timestamp-millis", "scan.parallelism",
    "sink.parallelism", "sink.delivery-guarantee", "sink.transactional-id-prefix",
    "sink.transaction-naming-strategy",
)  # fmt: skip
_OPTIONS = {
    "kafka": (
        *_BOTH, "format", "key.fields", "scan.startup.mode", "scan.startup.specific-offsets",
        "scan.startup.timestamp-millis", "scan.topic-partition-discovery.interval",
        "scan.watermark.alignment.group", "scan.watermark.alignment.max-drift",
        "scan.watermark.alignment.update-interval", "scan.watermark.emit.strategy",
        "scan.watermark.emit.on-event.gap", "scan.watermark.idle-timeout", "sink.partitioner",
        "sink.semantic",
    ),
    "upsert-kafka": (*_BOTH, "sink.buffer-flush.max-rows", "sink.buffer-flush.interval"),
}  # fmt: skip
_OFFSETS = ("latest-offset", "group-offsets", "timestamp", "specific-offsets")
_VALUES = {
    "scan.startup.mode": ("earliest-offset", *_OFFSETS),
    "scan.bounded.mode": ("unbounded", *_OFFSETS),
    "sink.delivery-guarantee": ("at-least-once", "exactly-once", "none"),
}
# As much alike as a slip leaves a name; what is less alike may be an option of a vendor's.
_SLIP = 0.85


def odd_options(
    connector: str, options: Mapping[str, tuple[str, Place]]
) -> Iterator[tuple[str, Place, tuple[str]]]:
    """What Flink refuses: the message, the place of the option, and its name."""
    known = _OPTIONS[connector]
    for name, (value, place) in options.items():
        if name.startswith("properties."):  # the client's
            continue
        if name not in known:
            if connector == "upsert-kafka" and name in _OPTIONS["kafka"] and "startup" in name:
                yield (
                    f"`{connector}` has no `{name}`: it always reads from the beginning; delete it",
                    place,
                    (name,),
                )
            elif near := nearest(name, known, alike=_SLIP):
                yield (
                    f"the connector `{connector}` has no option `{name}`: did you mean `{near}`?",
                    place,
                    (name,),
                )
        elif name in _VALUES and value.lower() not in _VALUES[name] and value.replace("-", "").isalpha():
            meant = ", ".join(f"`{each}`" for each in _VALUES[name])
            yield f"Flink does not accept `{value}` for `{name}`; it accepts {meant}", place, (name,)
