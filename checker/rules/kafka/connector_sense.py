"""Combinations of valid properties that do not work together, or not in the lab."""

import re
from collections.abc import Iterator

from checker.patterns import regex
from checker.rules.kafka.connector_names import Wrong
from checker.rules.kafka.connectors import CLASS, ConnectorConfig
from checker.rules.lab.reading import Lab

_POSTGRES = "io.debezium.connector.postgresql.PostgresConnector"
_MYSQL = ("io.debezium.connector.mysql.MySqlConnector", "io.debezium.connector.mariadb.MariaDbConnector")
# PostgreSQL's own image lacks the decoders that are not part of PostgreSQL:
# https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-property-plugin-name
_PLAIN_POSTGRES = "postgres"
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})
_CONNECT_IMAGES = ("debezium/connect", "cp-kafka-connect", "cp-kafka-connect-base", "cp-server-connect")
_CHANNELS = "signal.enabled.channels"
_SIGNAL_TOPIC = "signal.kafka.topic"
# https://kafka.apache.org/documentation/#connect_fileconfigprovider: `${file:PATH:KEY}`.
_FILE_WITHOUT_KEY = regex(r"\$\{file:[^:{}]*\}")
# Both require the field that holds the key:
# https://docs.confluent.io/kafka-connectors/bigquery/current/kafka_connect_bigquery_config.html
_BIGQUERY = "BigQuerySinkConnector"
_CHANGES, _KEY_FIELD, _OTHER_API = (
    ("upsertEnabled", "deleteEnabled"),
    "kafkaKeyFieldName",
    "useStorageWriteApi",
)
_WORD = regex(r"\w+", re.ASCII)
_TABLE = regex(r"(\w+)\\?\.\S+", re.ASCII)


def senseless(config: ConnectorConfig, lab: Lab) -> Iterator[Wrong]:
    """Each combination that does not do what it says."""
    yield from _without_decoder(config, lab)
    yield from _signals_unheard(config)
    yield from _file_without_key(config)
    yield from _tables_elsewhere(config)
    yield from _reached_otherwise(config, lab)
    yield from _changes_without_key(config)


def _without_decoder(config: ConnectorConfig, lab: Lab) -> Iterator[Wrong]:
    if config.value(CLASS) != _POSTGRES or "plugin.name" in config.by_name or config.elided:
        return
    service = lab.service_of(config.value("database.hostname"))
    if service is None or not any(
        each is service and name == _PLAIN_POSTGRES for each, name, _ in lab.images()
    ):
        return
    message = (
        "`plugin.name` is missing, and its default, `decoderbufs`, is not in the image of "
        f"`{service.name}` (`{service.image}`): add `plugin.name` `pgoutput`"
    )
    yield Wrong(config.by_name[CLASS], message, certain=config.whole, of_value=True)


def _signals_unheard(config: ConnectorConfig) -> Iterator[Wrong]:
    topic = config.by_name.get(_SIGNAL_TOPIC)
    channels = config.by_name.get(_CHANNELS)
    if topic is None or (channels is not None and not channels.is_shown) or config.elided:
        return
    if channels is None and CLASS not in config.by_name:
        return  # an excerpt
    if "kafka" not in (channels.value or "" if channels else "source").split(","):
        how = "does not include" if channels else "is not set, and its default does not include"
        message = f"`{_SIGNAL_TOPIC}` has no effect: `{_CHANNELS}` {how} `kafka`"
        yield Wrong(topic, message)


def _file_without_key(config: ConnectorConfig) -> Iterator[Wrong]:
    for setting in config.settings:
        if setting.value is not None and _FILE_WITHOUT_KEY.fullmatch(setting.value.strip()):
            message = (
                f"`{setting.value.strip()}` names no key in the file, so Connect inserts nothing: "
                f"write `${{file:PATH:KEY}}`"
            )
            yield Wrong(setting, message, of_value=True)


def _tables_elsewhere(config: ConnectorConfig) -> Iterator[Wrong]:
    """Tables of databases that are not captured."""
    tables = config.by_name.get("table.include.list")
    databases = [each.strip() for each in config.value("database.include.list").split(",") if each.strip()]
    if tables is None or not tables.is_shown or not databases or not config.value(CLASS).startswith(_MYSQL):
        return
    if not all(_WORD.fullmatch(each) for each in databases):
        return
    for table in (tables.value or "").split(","):
        found = _TABLE.fullmatch(table.strip())
        if found and found[1] not in databases:
            message = (
                f"`{table.strip()}` is in none of the databases in `database.include.list`, so it "
                "is not captured"
            )
            yield Wrong(tables, message, of_value=True)
            return


def _reached_otherwise(config: ConnectorConfig, lab: Lab) -> Iterator[Wrong]:
    """A database address that Connect cannot reach from its own container."""
    host, port = config.by_name.get("database.hostname"), config.by_name.get("database.port")
    if host is None or not host.is_shown or not _has_connect(lab):
        return
    if host.value in _THIS_MACHINE:
        message = f"`{host.value}` is the Connect container itself: write the name of the database's service"
        yield Wrong(host, message, certain=config.whole, of_value=True)
        return
    service = lab.service_of(host.value or "")
    number = int(port.value[:6]) if port and port.value and port.value[:6].isdigit() else None
    if service is None or port is None or number is None or not service.published:
        return
    inner = service.published.get(number)
    if number not in service.published.values() and inner is not None:
        message = (
            f"{number} is the port of `{service.name}` on this machine; containers reach it at "
            f"{inner}: write {inner}"
        )
        yield Wrong(port, message, value=str(inner), of_value=True)


def _changes_without_key(config: ConnectorConfig) -> Iterator[Wrong]:
    """Changes of rows in BigQuery by a key that no column receives."""
    if not config.value(CLASS).endswith(_BIGQUERY) or config.elided:
        return
    if _KEY_FIELD in config.by_name or _OTHER_API in config.by_name:
        return
    for name in _CHANGES:
        if config.value(name) == "true":
            message = f"`{_KEY_FIELD}` is missing: with `{name}`, `{_BIGQUERY}` does not start without it"
            yield Wrong(config.by_name[name], message, certain=config.whole)
            return


def _has_connect(lab: Lab) -> bool:
    return any(name.endswith(_CONNECT_IMAGES) for _, name, _ in lab.images())
