"""The lab that lessons find beside them: which services answer there, and what is in them. Data only."""

from msgspec import Struct


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


class KafkaLab(Struct, frozen=True):
    """A Kafka cluster; `hosts` are the `name:port` by which lessons call it.

    `bootstrap` is a real broker's address, and then nothing is embedded; None is the embedded one.
    """

    hosts: tuple[str, ...] = ("kafka:9092", "localhost:9092")
    topics: tuple[Topic, ...] = ()
    bootstrap: str | None = None


class PostgresLab(Struct, frozen=True):
    """A PostgreSQL server; `hosts` are the `name:port` by which lessons call it.

    `init` are SQL scripts, run in order as the superuser `user` in `database`. They come with the course and
    are as hostile as a lesson.
    """

    hosts: tuple[str, ...] = ("postgres:5432", "localhost:5432")
    database: str = "postgres"
    user: str = "postgres"
    password: str = "postgres"  # noqa: S105 of a server that only its lesson reaches
    init: tuple[str, ...] = ()


class Lab(Struct, frozen=True):
    """All services of a course; a service that is None is not there."""

    kafka: KafkaLab | None = None
    postgresql: PostgresLab | None = None
