"""The lab of a course: which services lessons find, and what is in them. Data only."""

import re
from collections.abc import Collection

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.reading.globs import matches

# The services that a session can be given, by their names in a plan's needs.
SERVICES = frozenset({"kafka", "postgresql", "schema-registry", "spark"})


class Message(Struct, frozen=True):
    """One message of a topic.

    A `value` of None is a tombstone. `timestamp` is milliseconds since 1970; None is the broker's own time. A
    `partition` of None leaves the choice to the partitioner.
    """

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    timestamp: int | None = None
    partition: int | None = None


class Topic(Struct, frozen=True):
    """A topic and the messages that it holds before the lesson begins, in order."""

    name: str
    partitions: int = 1
    messages: tuple[Message, ...] = ()


class Fault(Struct, frozen=True):
    """A failure of the cluster while lessons whose path matches the glob `lessons` run.

    It begins `at` seconds after a session creates its first client and ends after `seconds`; None is never.
    With `topic`, every request about that topic gets the `error`; with `request`, such as Produce, the next
    `count` requests of that kind get it. With neither, the broker is down. `error` is a name of
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
    """A Kafka cluster; `hosts` are the `name:port` that lessons use for it.

    `bootstrap` is the address of a real broker; `topics` are then those that must exist on it. None is the
    embedded broker.
    """

    hosts: tuple[str, ...] = ("kafka:9092", "localhost:9092")
    topics: tuple[Topic, ...] = ()
    bootstrap: str | None = None
    faults: tuple[Fault, ...] = ()


class PostgresLab(Struct, frozen=True):
    """A PostgreSQL server; `hosts` are the `name:port` that lessons use for it.

    `init` holds SQL scripts that run in order as the superuser `user` in `database`. They come with the
    course and are as untrusted as a lesson. `runs_sql` says that SQL blocks run on it too. `programs` is the
    folder of this machine's binaries and `version` their version; both are empty where there are none.
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
        """The major version; 0 where there is no server."""
        digits = re.match(r"\d*", self.version)
        return int(digits[0] or 0) if digits else 0


class RegistryLab(Struct, frozen=True):
    """A schema registry; `hosts` are the `name:port` that lessons use for it."""

    hosts: tuple[str, ...] = ("schema-registry:8081", "localhost:8081")


class SparkLab(Struct, frozen=True):
    """Spark in local mode; `hosts` are the `name:port` of the clusters that it stands in for.

    `jars` is the real path of a folder with connectors and `connectors` its files. `java` is the folder of
    this machine's Java and `version` its version; both are empty where there is none.
    """

    hosts: tuple[str, ...] = ()
    jars: str | None = None
    connectors: tuple[str, ...] = ()
    java: str = ""
    version: str = ""


class Lab(Struct, frozen=True):
    """All services of a course; a service that is None does not exist.

    `folders` are paths at which lessons find a writable folder.
    """

    kafka: KafkaLab | None = None
    postgresql: PostgresLab | None = None
    schema_registry: RegistryLab | None = None
    spark: SparkLab | None = None
    folders: tuple[str, ...] = ()

    def only(self, services: Collection[str]) -> "Lab":
        """The lab with only these of its services."""
        kept = {"folders", *(name.replace("-", "_") for name in services)}
        return Lab(**{name: getattr(self, name) for name in self.__struct_fields__ if name in kept})

    def among(self, services: Collection[str]) -> tuple[str, ...]:
        """Those of these services that have to be started."""
        there = {each for each in SERVICES if getattr(self, each.replace("-", "_")) is not None}
        return tuple(each for each in services if each in there)

    def leads_out(self, services: Collection[str]) -> bool:
        """Whether lessons with these services reach a real broker, which keeps its state between runs."""
        return "kafka" in services and self.kafka is not None and self.kafka.bootstrap is not None

    def of_lesson(self, path: str) -> "Lab":
        """The lab for one lesson, without faults of other lessons.

        The path is relative to the configuration.
        """
        if self.kafka is None or not self.kafka.faults:
            return self
        faults = tuple(each for each in self.kafka.faults if matches(path, each.lessons))
        return replace(self, kafka=replace(self.kafka, faults=faults))

    def encoded(self) -> bytes:
        """The lab as canonical JSON with bytes in base64, for the processes that start its services."""
        return msgspec.json.encode(self)

    def host_names(self) -> tuple[str, ...]:
        """The host names that lessons use for its services, without ports."""
        services = (self.kafka, self.postgresql, self.schema_registry, self.spark)
        hosts = [each for service in services if service for each in service.hosts]
        return tuple(sorted({each.rpartition(":")[0] or each for each in hosts}))
