"""The lab that a configuration describes."""

import os
from collections.abc import Iterable
from pathlib import Path

from checker.config import Config
from checker.config.file import read_inside, resolve_inside
from checker.config.services_keys import (
    FaultKeys,
    KafkaServiceKeys,
    PostgresqlServiceKeys,
    SparkServiceKeys,
    TopicKeys,
)
from checker.errors import ConfigError
from checker.running.lab import (
    Fault,
    KafkaLab,
    Lab,
    Message,
    PostgresLab,
    RegistryLab,
    SparkLab,
    Topic,
)
from checker.seeding.debezium.maker import Surroundings, make_messages
from checker.seeding.json_lines import read_messages
from checker.seeding.scripts import ScriptTable, find_tables
from checker.units import parse_duration

_TOPIC_FILE_MAX = 64 << 20
_SCRIPT_MAX = 16 << 20
# Everything is passed to each lesson's sandbox.
_BYTES_MAX = 128 << 20
_PORT_MAX = 65_535


def outline_lab(config: Config) -> Lab:
    """The services that the configuration describes, without their contents: enough for planning, and fast.

    Raises ConfigError for a missing file all the same.
    """
    kafka, postgresql = config.services.kafka, config.services.postgresql
    if kafka is not None:
        _refuse_what_is_embedded(kafka, f"{config.path}: services.kafka")
    for where, name in config.service_files():
        resolve_inside(config.folder, name, where, Path.exists)
    return _beside(
        config,
        KafkaLab(kafka.hosts, bootstrap=kafka.bootstrap) if kafka else None,
        _server(config, postgresql, ()) if postgresql else None,
    )


def find_lab(config: Config) -> Lab:
    """The services that the configuration describes, with the contents of files and generators.

    Raises ConfigError, with its position, for a file that is missing or invalid.
    """
    kafka, postgresql = config.services.kafka, config.services.postgresql
    found = _postgresql(config, postgresql) if postgresql else None
    return _beside(config, _kafka(config, kafka, found) if kafka else None, found)


def _beside(config: Config, kafka: KafkaLab | None, postgresql: PostgresLab | None) -> Lab:
    """These services, and those without contents."""
    registry, spark = config.services.schema_registry, config.services.spark
    if registry:
        _refuse_odd_ports(registry.hosts, f"{config.path}: services.schema-registry")
    return Lab(
        kafka,
        postgresql,
        RegistryLab(registry.hosts) if registry else None,
        _spark(config, spark) if spark else None,
        config.run.folders,
    )


def _spark(config: Config, keys: SparkServiceKeys) -> SparkLab:
    _refuse_odd_ports(keys.hosts, f"{config.path}: services.spark")
    if keys.jars is None:
        return SparkLab(keys.hosts)
    folder = resolve_inside(config.folder, keys.jars, f"{config.path}: services.spark.jars", Path.is_dir)
    return SparkLab(keys.hosts, folder, tuple(sorted(n for n in os.listdir(folder) if n.endswith(".jar"))))


def _server(config: Config, keys: PostgresqlServiceKeys, init: tuple[str, ...]) -> PostgresLab:
    # PostgreSQL cannot run SQL of other dialects.
    runs_sql = keys.run_sql and config.sql.dialect in {None, "postgres"}
    return PostgresLab(keys.hosts, keys.database, keys.user, keys.password, init, runs_sql)


def _kafka(config: Config, keys: KafkaServiceKeys, postgresql: PostgresLab | None) -> KafkaLab:
    where = f"{config.path}: services.kafka"
    _refuse_odd_ports((*keys.hosts, *filter(None, (keys.bootstrap,))), where)
    _refuse_what_is_embedded(keys, where)
    names = [topic.name for topic in keys.topics]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ConfigError(f"{where}.topics: {twice!r} is there twice", "Put its messages into one of them.")
    beside = postgresql or PostgresLab()
    surroundings = Surroundings(beside.database, _tables(keys, beside, where), config.kafka.debezium)
    topics, left = [], _BYTES_MAX
    for index, topic in enumerate(keys.topics):
        found = []
        for message in _messages(config, topic, surroundings, f"{where}.topics[{index}]"):
            left -= len(message.key or b"") + len(message.value or b"")
            if left < 0:
                raise ConfigError(
                    f"{where}.topics: more than {_BYTES_MAX >> 20} MiB of messages", "Send fewer."
                )
            found.append(message)
        topics.append(Topic(topic.name, topic.partitions, tuple(found)))
    faults = tuple(_fault(fault, f"{where}.faults[{index}]") for index, fault in enumerate(keys.faults))
    return KafkaLab(keys.hosts, tuple(topics), keys.bootstrap, faults)


def _refuse_what_is_embedded(keys: KafkaServiceKeys, where: str) -> None:
    """Only lessons send anything to a real broker, and nothing is broken there."""
    if keys.bootstrap is None:
        return
    remedy = "Leave it out, or leave out bootstrap: the embedded broker has it."
    for index, topic in enumerate(keys.topics):
        for key, value in (("file", topic.file), ("debezium", topic.debezium)):
            if value is not None:
                raise ConfigError(f"{where}.topics[{index}].{key}: nothing is sent to a real broker", remedy)
    if keys.faults:
        raise ConfigError(f"{where}.faults: a real broker has no faults on request", remedy)


def _fault(keys: FaultKeys, where: str) -> Fault:
    if keys.topic is not None and keys.request is not None:
        raise ConfigError(f"{where}: it has both topic and request", "Keep one of them.")
    asks = keys.topic is not None or keys.request is not None
    if asks != (keys.error is not None):
        remedy = (
            "Name what is to fail, by topic or request, and the error; for a broker that is down, neither."
        )
        raise ConfigError(f"{where}: {'error is missing' if asks else 'there is nothing to fail'}", remedy)
    lasts = None if keys.lasts is None else _duration(keys.lasts, f"{where}.lasts")
    begins = 0.0 if keys.after is None else _duration(keys.after, f"{where}.after")
    return Fault(keys.lessons, begins, lasts, keys.topic, keys.request, keys.error, keys.count)


def _duration(text: str, where: str) -> float:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _tables(keys: KafkaServiceKeys, postgresql: PostgresLab, where: str) -> dict[str, ScriptTable]:
    """The tables of the scripts, when a topic is generated from a table that it does not fully describe."""
    if not postgresql.init or all(each.debezium is None or each.debezium.columns for each in keys.topics):
        return {}
    try:
        return find_tables(postgresql.init)
    except ImportError:
        raise ConfigError(
            f"{where}.topics: reading tables from SQL needs pglast, which is not installed",
            "pip install 'coursecheck[languages]', or give each debezium its columns.",
        ) from None


def _messages(config: Config, keys: TopicKeys, surroundings: Surroundings, where: str) -> Iterable[Message]:
    if keys.file is not None and keys.debezium is not None:
        raise ConfigError(f"{where}: it has both file and debezium", "Keep one of them.")
    if keys.file is not None:
        text = read_inside(config.folder, keys.file, f"{where}.file", _TOPIC_FILE_MAX)
        return read_messages(text, keys.file, keys.partitions)
    if keys.debezium is not None:
        return make_messages(keys.debezium, keys.name, surroundings, f"{where}.debezium")
    return ()


def _postgresql(config: Config, keys: PostgresqlServiceKeys) -> PostgresLab:
    where = f"{config.path}: services.postgresql"
    _refuse_odd_ports(keys.hosts, where)
    init = tuple(
        read_inside(config.folder, name, f"{where}.init[{index}]", _SCRIPT_MAX)
        for index, name in enumerate(keys.init)
    )
    return _server(config, keys, init)


def _refuse_odd_ports(addresses: tuple[str, ...], where: str) -> None:
    for address in addresses:
        if not 0 < int(address.rpartition(":")[2]) <= _PORT_MAX:
            raise ConfigError(f"{where}: {address!r} has no port", f"Ports are 1 to {_PORT_MAX}.")
