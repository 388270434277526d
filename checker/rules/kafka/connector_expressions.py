"""Scripts of Filter and ContentBasedRouter that fail on an event without the row they use.

A delete has no `after`; a create or read has no `before`. A script that reads a column of null fails, and
with it the connector's task; `null.handling.mode` applies only to tombstones. Source:
https://debezium.io/documentation/reference/stable/transformations/filtering.html
"""

from collections.abc import Iterator

from checker.patterns import regex
from checker.rules.kafka.connector_names import Wrong
from checker.rules.kafka.connector_order import EXPRESSIONS, KEEPS, UNWRAPS
from checker.rules.kafka.connectors import ConnectorConfig, Setting

_ROW = regex(r"\bvalue\??\.(?P<row>after|before)\.(?P<column>\w+)")
# Tests of the event's kind, or of the row itself: `value.op == 'u'`, `value.after != null`, `value.after ?`.
_ASKS_KIND = regex(r"\bvalue\??\.op\b")
_ASKS_ROW = {
    "after": regex(r"\bvalue\??\.after\b(?!\??\.)"),
    "before": regex(r"\bvalue\??\.before\b(?!\??\.)"),
}
_SKIPPED = "skipped.operations"


def unguarded(config: ConnectorConfig) -> Iterator[Wrong]:
    """The first unguarded column of each script, where the order of the transformations is known."""
    declared = config.by_name.get("transforms")
    if declared is None or not declared.is_shown:
        return
    for name in (each.strip() for each in (declared.value or "").split(",")):
        kind = config.value(f"transforms.{name}.type")
        if kind in UNWRAPS or kind not in KEEPS:
            return
        script = config.by_name.get(f"transforms.{name}.{EXPRESSIONS.get(kind)}")
        if script is None or not script.is_shown:
            continue
        if _ASKS_KIND.search(script.value or ""):
            return  # after it, only some kinds of events may be left
        yield from _of_script(config, script)


def _of_script(config: ConnectorConfig, script: Setting) -> Iterator[Wrong]:
    found = _ROW.search(script.value or "")
    if found is None or _ASKS_ROW[found["row"]].search(script.value or ""):
        return
    if found["row"] == "after" and "d" in config.value(_SKIPPED):
        return
    column = found["column"]
    if found["row"] == "after":
        message = (
            "`after` is null in delete events, so the script fails and the connector stops: write "
            f"`value.after?.{column}`, unless no delete event reaches this script"
        )
    else:
        message = (
            "`before` is null in snapshot reads and inserts, so the script fails and the connector "
            f"stops: write `value.before?.{column}`, unless no such event reaches this script"
        )
    yield Wrong(script, message, certain=False, of_value=True)
