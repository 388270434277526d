"""The values of a connector's properties: closed lists, numbers, and what Debezium checks at startup."""

import re
from collections.abc import Collection, Iterator

from checker.patterns import regex
from checker.rules.kafka.connector_names import Wrong
from checker.rules.kafka.connectors import CLASS, ConnectorConfig, Setting, connector_configs
from checker.rules.kafka.debezium import Known, accepted, known_names, owners
from checker.rules.kafka.versions import Version

# The former and current names of a value; Debezium 2.6 unified names that differed between connectors.
_MEANS = {
    "initial_schema_only": ("schema_only", "no_data"),
    "never": ("no_data",),
    "no_data": ("schema_only", "never"),
    "recovery": ("schema_only_recovery",),
    "schema_only": ("no_data",),
    "schema_only_recovery": ("recovery",),
}
_FIRST = (2, 0)
_BOOLEANS = frozenset({"true", "false"})
_NUMBER = regex(r"[+-]?\d+")
_SLOT = regex(r"[a-z0-9_]{1,63}")
_PREFIX = regex(r"[\w.-]+", re.ASCII)
_DEFAULT_BATCH = 2048
_QUEUE = "max.queue.size"
# A pattern must match `database.table` or `schema.table` as a whole.
_TABLE_LISTS = ("table.include.list", "table.exclude.list")
_TABLES_HAVE_DOTS = ("MySqlConnector", "PostgresConnector", "SqlServerConnector", "OracleConnector")
# Names that no other system uses.
_TELLING = frozenset({"snapshot.mode", "snapshot.locking.mode", "publication.autocreate.mode"})
_ONLY_A_WORD = regex(r"\s*\w+\s*", re.ASCII)


def wrong_values(config: ConnectorConfig, version: Version | None) -> Iterator[Wrong]:
    """Each value that Debezium rejects, or that can match nothing."""
    connector = config.value(CLASS)
    if version is not None and version < _FIRST:
        return
    if not connector:
        yield from _of_no_connector(config, version)
    if connector not in owners():
        return
    names = known_names(connector)
    for setting in config.settings:
        known = names.get(setting.name)
        if known and setting.is_shown and (value := setting.value or ""):
            yield from _of_kind(setting, value.strip(), known, version)
            yield from _of_form(config, setting, value.strip(), connector)


def _of_no_connector(config: ConnectorConfig, version: Version | None) -> Iterator[Wrong]:
    """Values that none of the lesson's connectors accepts, in an excerpt without a class."""
    for setting in config.settings:
        if setting.name in _TELLING and setting.is_shown and (value := (setting.value or "").strip().lower()):
            rows = [known_names(each).get(setting.name) for each in _spoken_of(config)]
            taken = frozenset().union(*(accepted(each, version)[0] for each in rows if each and each.values))
            if value not in taken:
                yield _not_taken(setting, value, taken, version, certain=False)


def _spoken_of(config: ConnectorConfig) -> Collection[str]:
    """The classes of the lesson's other connectors, when all are known; else every connector's."""
    shown = {each.value(CLASS) for each in connector_configs(config.analysis) if CLASS in each.by_name}
    return shown if shown and shown <= owners() else [each for each in owners() if ".transforms." not in each]


def _of_kind(setting: Setting, value: str, known: Known, version: Version | None) -> Iterator[Wrong]:
    if known.values:
        taken, certain = accepted(known, version)
        if value.lower() not in {each.lower() for each in taken}:
            yield _not_taken(setting, value, taken, version, certain=certain)
    elif known.type == "boolean" and value.lower() not in _BOOLEANS:
        yield Wrong(setting, f"`{setting.name}` must be true or false, not `{value[:40]}`", of_value=True)
    elif known.type in {"int", "long", "short"} and not _NUMBER.fullmatch(value):
        yield Wrong(setting, f"`{setting.name}` must be a whole number, not `{value[:40]}`", of_value=True)


def _not_taken(
    setting: Setting, value: str, taken: frozenset[str], version: Version | None, *, certain: bool
) -> Wrong:
    instead = next((each for each in _MEANS.get(value.lower(), ()) if each in taken), "")
    which = f"Debezium {'.'.join(map(str, version))}" if version else "Debezium"
    message = f"{which} does not accept `{value[:40]}` for `{setting.name}`"
    if instead:
        message += f": write `{instead}`"
    else:
        message += f"; it accepts {', '.join(f'`{each}`' for each in sorted(taken))}"
    return Wrong(setting, message, certain=certain, value=instead, of_value=True)


def _of_form(config: ConnectorConfig, setting: Setting, value: str, connector: str) -> Iterator[Wrong]:
    if setting.name == "slot.name" and not _SLOT.fullmatch(value):
        message = (
            "a replication slot name has only lowercase letters, digits and `_`, and at most 63 characters"
        )
        yield Wrong(setting, message, of_value=True)
    elif setting.name == "topic.prefix" and not _PREFIX.fullmatch(value):
        message = "a topic prefix has only letters, digits, `_`, `-` and `.`"
        yield Wrong(setting, message, of_value=True)
    elif setting.name in _TABLE_LISTS and connector.endswith(_TABLES_HAVE_DOTS):
        bare = [each.strip() for each in value.split(",") if _ONLY_A_WORD.fullmatch(each)]
        if bare:
            owner = "database" if connector.endswith("MySqlConnector") else "schema"
            message = f"`{bare[0]}` matches no table: write it as `{owner}.table`"
            yield Wrong(setting, message, of_value=True)
    elif setting.name == _QUEUE and _NUMBER.fullmatch(value):
        batch = config.value("max.batch.size") or str(_DEFAULT_BATCH)
        if _NUMBER.fullmatch(batch) and int(value[:18]) <= int(batch[:18]):
            what = "" if "max.batch.size" in config.by_name else ", the default"
            message = (
                f"`{_QUEUE}` must be greater than `max.batch.size` ({batch}{what}): Connect rejects the "
                "connector"
            )
            certain = not config.elided and ("max.batch.size" in config.by_name or config.whole)
            yield Wrong(setting, message, certain=certain, of_value=True)
