"""The names of a connector's properties: renamed, removed, unknown, missing."""

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.patterns import regex
from checker.rules.kafka.connectors import CLASS, ConnectorConfig, Setting
from checker.rules.kafka.debezium import change_of, known_names, owners
from checker.rules.kafka.versions import Version
from checker.spelling import nearest


class Wrong(Struct, frozen=True):
    """What is wrong with a setting; `name` and `value` are the replacements for its name and value.

    `certain` is false where it may be right elsewhere. `since` is the first version in which it is wrong, for
    lessons that describe earlier versions. `is_guess` says that the replacement is only the nearest name.
    """

    setting: Setting
    message: str
    certain: bool = True
    name: str = ""
    value: str = ""
    of_value: bool = False
    since: str = ""
    is_guess: bool = False


# Properties of Connect itself, of those that its workers pass on, and of drivers and plug-ins with their own
# names. `encrypt` is SQL Server's:
# https://learn.microsoft.com/sql/connect/jdbc/setting-the-connection-properties
_PASSED_ON = regex(
    r"(?:transforms|predicates|topic\.creation|(?:producer|consumer|admin)\.override|(?:key|value|header)\.converter"
    r"|errors|offsets\.storage|exactly\.once|transaction\.boundary|config\.action|internal|driver|schema\.history"
    r"|signal|notification|offset|converters|post\.processors|openlineage|topic|snapshot\.select\.statement\.overrides"
    r"|snapshot\.mode|column\.(?:mask|truncate)|tasks|connector)(?:\.|\Z).*|database\.(?:encrypt|[a-z]+[A-Z]\w*)",
    re.DOTALL,
)
# About earlier versions, only later renamings are known.
_FIRST = (2, 0)
_OF_CONNECT = frozenset({"name", "group", "plugin.version", "plugin.path"})
# Names that identify an excerpt as Debezium's even without a class.
_TELLING = regex(r"database\.(?:server\.name|history(?:\.\S+)?)|mongodb\.(?:name|hosts)")
_DEBEZIUM = "io.debezium."
_HISTORY = ("MySqlConnector", "MariaDbConnector", "SqlServerConnector", "OracleConnector", "Db2Connector")
_KAFKA_HISTORY = ("schema.history.internal.kafka.topic", "schema.history.internal.kafka.bootstrap.servers")
_NEAR = 0.88
# Required only with another adapter, or with a default although the field says otherwise.
_OPTIONAL = frozenset({
    "database.ssl.mode", "openlogreplicator.host", "openlogreplicator.port", "openlogreplicator.source",
    "xstream.out.server.name",
})  # fmt: skip
# With at most this many required properties missing and at least this many present, it is no excerpt.
_MOST_MISSING, _LEAST_THERE = 3, 2


def wrong_names(config: ConnectorConfig, version: Version | None) -> Iterator[Wrong]:
    """Each name that this version of Debezium does not read, and each required name that is missing."""
    connector = config.value(CLASS)
    if connector and not connector.startswith(_DEBEZIUM):
        return
    renamed: set[str] = set()
    is_known = connector in owners() and (version is None or version >= _FIRST)
    plugged = tuple(f"{each}." for each in _words(config, "converters") + _words(config, "post.processors"))
    for setting in config.settings:
        change = change_of(setting.name, connector, version)
        if change is not None and (
            connector or _TELLING.fullmatch(setting.name) or _lists(config, setting.name)
        ):
            row, name = change
            renamed.add(name)
            also = f"; `{name}` is also set, and takes effect instead" if name in config.by_name else ""
            instead = f"write `{name}`" if name and not also else "delete the old property"
            words = f": {row.words}" if row.words and name else f"; {row.words}" if row.words else ""
            message = (
                f"Debezium {row.removed} and later no longer read `{setting.name}`{also}: {instead}{words}"
            )
            plain = not row.words and not also
            certain = bool(connector) and (not row.default or setting.value != row.default)
            yield Wrong(setting, message, certain=certain, name=name if plain else "", since=row.removed)
        elif is_known and _is_unknown(setting.name, connector) and not setting.name.startswith(plugged):
            yield _unknown(setting, connector)
    if is_known:
        yield from _missing(config, connector, renamed)


def _words(config: ConnectorConfig, name: str) -> list[str]:
    """The names that a property lists, each of which has properties of its own."""
    return [each.strip() for each in config.value(name).split(",") if each.strip()]


def _lists(config: ConnectorConfig, name: str) -> bool:
    """Whether `table.whitelist` is beside other properties of a database connector."""
    return name.endswith(("whitelist", "blacklist")) and any(
        each.name.startswith(("database.", "topic.prefix", "snapshot.")) for each in config.settings
    )


def _is_unknown(name: str, connector: str) -> bool:
    return (
        "." in name
        and name not in known_names(connector)
        and name not in _OF_CONNECT
        and _PASSED_ON.fullmatch(name) is None
    )


def _unknown(setting: Setting, connector: str) -> Wrong:
    short = connector.rpartition(".")[2]
    message = f"`{short}` has no property `{setting.name}` and ignores it"
    if near := nearest(setting.name, known_names(connector), alike=_NEAR):
        return Wrong(setting, f"{message}: did you mean `{near}`?", name=near, is_guess=True)
    hint = "This is a mistake unless a plug-in or the driver reads the property"
    return Wrong(setting, f"{message}. {hint}", certain=False)


def _missing(config: ConnectorConfig, connector: str, renamed: set[str]) -> Iterator[Wrong]:
    if config.elided:
        return
    required = required_names(config, connector)
    missing = [each for each in required if each not in config.by_name and each not in renamed]
    there = len(required) - len(missing)
    if not missing or len(missing) > _MOST_MISSING or there < _LEAST_THERE:
        return
    names = " and ".join(f"`{each}`" for each in missing)
    verb, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    message = f"{names} {verb} missing: `{connector.rpartition('.')[2]}` does not start without {them}"
    yield Wrong(config.by_name[CLASS], message, certain=config.whole, of_value=True)


def required_names(config: ConnectorConfig, connector: str) -> list[str]:
    """The properties that a connector requires; a plug-in's own replace the usual ones."""
    names = [
        each.name for each in known_names(connector).values() if each.required and each.owner == connector
    ]
    kept = [each for each in names if each not in _OPTIONAL]
    history = "schema.history.internal" in config.by_name or "database.history" in config.by_name
    if connector.endswith(_HISTORY) and not history:
        kept += _KAFKA_HISTORY
    return kept
