"""The lab that lessons find beside them: which services answer there, and what is in them. Data only."""

import re
from collections.abc import Collection

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.reading.globs import matches

# What a session can be given, by the names that they have in a plan's needs.
SERVICES = frozenset({"kafka", "postgresql", "schema-registry", "spark"})


class Message(Struct, frozen=True):
    """One message of a topic.

    `value` None is a tombstone. `timestamp` is milliseconds since 1970, and the broker's own time when it is
    None; `partition` is the partitioner's choice by key when it is None.
    """

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    timestamp: int | None = None
    partition: int | None = None


class Topic(Struct, frozen=True):
    """A topic and what was sent to it before the lesson begins, in order."""

    name: str
    partitions: int = 1
    messages: tuple[Message, ...] = ()


class Fault(Struct, frozen=True):
    """What goes wrong in the cluster while lessons whose path matches the glob `lessons` run.

    It begins `at` seconds after a session's first client was made, and ends after `seconds`; None is never.
    With `topic`, whatever is asked about that topic gets the `error`; with `request`, such as Produce, the
    next `count` requests of that kind do. With neither, the broker is down. `error` is a name of
    confluent_kafka.KafkaError, such as REQUEST_TIMED_OUT.
    """

    lessons: str = "**"
    at: float = 0.0
    seconds: float | None = None
    topic: str | None = None
    request: str | None = None
    error: str | None = None
    count: int = 1


class KafkaLab(Struct, frozen=True):
    """A Kafka cluster; `hosts` are the `name:port` by which lessons call it.

    `bootstrap` is a real broker's address; then nothing is embedded, and `topics` are those that have to be
    there. None is the embedded one.
    """

    hosts: tuple[str, ...] = ("kafka:9092", "localhost:9092")
    topics: tuple[Topic, ...] = ()
    bootstrap: str | None = None
    faults: tuple[Fault, ...] = ()


class PostgresLab(Struct, frozen=True):
    """A PostgreSQL server; `hosts` are the `name:port` by which lessons call it.

    `init` are SQL scripts, run in order as the superuser `user` in `database`. They come with the course and
    are as hostile as a lesson. `runs_sql` says that SQL blocks are run on it too. `programs` is the folder of
    the machine's own binaries and `version` what they are; both are empty where it has none.
    """

    hosts: tuple[str, ...] = ("postgres:5432", "localhost:5432")
    database: str = "postgres"
    user: str = "postgres"
    password: str = "postgres"  # noqa: S105 of a server that only its lesson reaches
    init: tuple[str, ...] = ()
    runs_sql: bool = False
    programs: str = ""
    version: str = ""

    @property
    def major(self) -> int:
        """The number by which versions of PostgreSQL differ; 0 where there is none."""
        digits = re.match(r"\d*", self.version)
        return int(digits[0] or 0) if digits else 0


class RegistryLab(Struct, frozen=True):
    """A schema registry; `hosts` are the `name:port` by which lessons call it."""

    hosts: tuple[str, ...] = ("schema-registry:8081", "localhost:8081")


class SparkLab(Struct, frozen=True):
    """Spark in local mode; `hosts` are the `name:port` of clusters that it stands for.

    `jars` is the real path of a folder with connectors and `connectors` are the files in it, `java` the
    folder of the machine's own Java and `version` what it is; both are empty where it has none.
    """

    hosts: tuple[str, ...] = ()
    jars: str | None = None
    connectors: tuple[str, ...] = ()
    java: str = ""
    version: str = ""


class Lab(Struct, frozen=True):
    """All services of a course; a service that is None is not there.

    `folders` are paths at which lessons find a folder to write in.
    """

    kafka: KafkaLab | None = None
    postgresql: PostgresLab | None = None
    schema_registry: RegistryLab | None = None
    spark: SparkLab | None = None
    folders: tuple[str, ...] = ()

    def only(self, services: Collection[str]) -> "Lab":
        """The lab with these of its services."""
        kept = {"folders", *(name.replace("-", "_") for name in services)}
        return Lab(**{name: getattr(self, name) for name in self.__struct_fields__ if name in kept})

    def among(self, services: Collection[str]) -> tuple[str, ...]:
        """Those of these services that are there to be started."""
        there = {each for each in SERVICES if getattr(self, each.replace("-", "_")) is not None}
        return tuple(each for each in services if each in there)

    def leads_out(self, services: Collection[str]) -> bool:
        """Do lessons with these services reach a broker outside, whose state no run knows?"""
        return "kafka" in services and self.kafka is not None and self.kafka.bootstrap is not None

    def of_lesson(self, path: str) -> "Lab":
        """The lab of one lesson, by its path from the configuration's folder, without others' faults."""
        if self.kafka is None or not self.kafka.faults:
            return self
        faults = tuple(each for each in self.kafka.faults if matches(path, each.lessons))
        return replace(self, kafka=replace(self.kafka, faults=faults))

    def encoded(self) -> bytes:
        """As it is handed to what starts its services: JSON, bytes in base64; no two labs have the same."""
        return msgspec.json.encode(self)

    def host_names(self) -> tuple[str, ...]:
        """The names by which lessons call its services, without ports."""
        services = (self.kafka, self.postgresql, self.schema_registry, self.spark)
        hosts = [each for service in services if service for each in service.hosts]
        return tuple(sorted({each.rpartition(":")[0] or each for each in hosts}))
