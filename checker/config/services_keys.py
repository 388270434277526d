"""The keys of `[services]`: what lessons find beside them when they run, and what is in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from checker.config.table import Keys

# In Python `$` also stands before a final line break, which must not reach the sandbox's /etc/hosts.
_END = r"$(?!\n)"
Address = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?:[0-9]{1,5}" + _END,
        description="A name and a port.",
        examples=["kafka:9092"],
    ),
]
TopicName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9._-]{1,249}" + _END,
        description="A topic's name as Kafka allows them: letters, digits, `.`, `_` and `-`.",
        examples=["inventory.public.orders"],
    ),
]
Duration = Annotated[str, Meta(description="A duration.", examples=["500ms", "10s", "2m"])]
_HOSTS = Meta(description="The names and ports by which lessons call it.")
# The name of the database, of its superuser and their password, unless the lab has others.
_POSTGRES = "postgres"
ColumnName = Annotated[str, Meta(min_length=1, max_length=63)]
Amount = Annotated[int, Meta(ge=0, le=100_000)]


class MixKeys(Keys, frozen=True):
    """How many events of each kind."""

    r: Annotated[Amount | None, Meta(description="Rows that the snapshot reads; by default, all.")] = None
    c: Annotated[Amount, Meta(description="Inserts.")] = 0
    u: Annotated[Amount, Meta(description="Updates.")] = 0
    d: Annotated[Amount, Meta(description="Deletes.")] = 0


class UnwrapKeys(Keys, frozen=True):
    """What the transformation ExtractNewRecordState leaves of the envelope: the row, and these fields."""

    add_fields: Annotated[
        tuple[Literal["op", "table", "db", "schema", "lsn", "ts_ms", "source.ts_ms"], ...],
        Meta(description="Fields of the envelope to keep, as `__op`.", examples=[["op", "table"]]),
    ] = ()
    deletes: Annotated[
        Literal["tombstone", "drop", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone"],
        Meta(description="Its `delete.tombstone.handling.mode`."),
    ] = "tombstone"


class DebeziumKeys(Keys, frozen=True):
    """A table, and what happens to it, as Debezium's connector reports it.

    Columns are those of `columns`, or else of the CREATE TABLE in `[services.postgresql] init`, or else
    guessed from the table's name.
    """

    table: Annotated[
        str,
        Meta(
            pattern=r"^[^.\s\x00]{1,63}(\.[^.\s\x00]{1,63})?" + _END,
            description="The table with its schema, in MySQL its database.",
            examples=["public.orders"],
        ),
    ]
    columns: Annotated[
        dict[ColumnName, Annotated[str, Meta(max_length=200)]],
        Meta(
            description=(
                "SQL types by the names of the columns; `primary key`, `not null`, `default …` may follow, "
                "and `null` makes some values null."
            ),
            examples=[{"id": "serial primary key", "status": "text not null", "amount": "numeric(10,2)"}],
        ),
    ] = field(default_factory=dict)
    rows: Annotated[
        Amount | Annotated[tuple[dict[str, Any], ...], Meta(max_length=100_000)],
        Meta(description="The rows that the connector finds, or how many; missing values are made up."),
    ] = 10
    mix: Annotated[
        MixKeys | None,
        Meta(
            description="Without it: one insert, two updates and one delete for each four rows.",
            examples=[{"c": 3, "u": 5, "d": 2}],
        ),
    ] = None
    tombstones: Annotated[bool, Meta(description="A message without value follows each delete.")] = True
    replica_identity: Annotated[
        Literal["default", "full"],
        Meta(description="What PostgreSQL tells of a row before its change: its key at most, or all of it."),
    ] = "default"
    schema: Annotated[
        bool, Meta(description="Values are `{schema, payload}`, as Kafka Connect's JSON converter has it.")
    ] = True
    connector: Annotated[
        Literal["postgresql", "mysql"], Meta(description="The database whose connector reports it.")
    ] = "postgresql"
    database: (
        Annotated[
            str,
            Meta(min_length=1, max_length=63, description="`source.db`; by default that of the lab."),
        ]
        | None
    ) = None
    prefix: (
        Annotated[
            str,
            Meta(
                min_length=1, description="`topic.prefix`; without it the topic's name up to its first dot."
            ),
        ]
        | None
    ) = None
    snapshot: Annotated[
        Literal["initial", "incremental"], Meta(description="Which kind of snapshot reads the rows.")
    ] = "initial"
    decimals: Annotated[
        Literal["precise", "string", "double"], Meta(description="`decimal.handling.mode`.")
    ] = "precise"
    unwrap: Annotated[
        UnwrapKeys | None, Meta(description="Apply the transformation ExtractNewRecordState.")
    ] = None
    seed: Annotated[int, Meta(description="Another number gives other made-up values.")] = 0
    start: Annotated[
        str, Meta(description="When it begins, as ISO 8601.", examples=["2025-01-06T09:00:00Z"])
    ] = "2025-01-06T09:00:00Z"


class TopicKeys(Keys, frozen=True):
    """A topic that is there before the lesson begins, with messages from `file` or made by `debezium`."""

    name: TopicName
    partitions: Annotated[int, Meta(ge=1, le=100, description="How many partitions it has.")] = 1
    file: (
        Annotated[
            str,
            Meta(
                min_length=1,
                description=(
                    "Its messages, one JSON object per line: `key`, `value`, `headers`, `timestamp` and "
                    "`partition`, all optional."
                ),
                examples=["topics/orders.jsonl"],
            ),
        ]
        | None
    ) = None
    debezium: Annotated[
        DebeziumKeys | None, Meta(description="Make the messages that Debezium would send for a table.")
    ] = None


class FaultKeys(Keys, frozen=True):
    """Something that goes wrong in Kafka; without `topic` and `request`, the broker is down."""

    lessons: Annotated[
        str, Meta(min_length=1, description="A glob of the lessons that it happens to; `**` spans folders.")
    ] = "**"
    after: Annotated[
        Duration | None,
        Meta(description="When it begins, counted from the lesson's first client; by default, at once."),
    ] = None
    lasts: Annotated[
        Duration | None,
        Meta(description="How long it lasts, but for a `request`; by default, to the lesson's end."),
    ] = None
    topic: Annotated[
        TopicName | None, Meta(description="Everything that is asked about this topic gets the `error`.")
    ] = None
    request: (
        Annotated[
            str,
            Meta(
                pattern=r"^[A-Za-z]{1,40}" + _END,
                description="The next `count` requests of this kind get the `error`.",
                examples=["Produce", "Fetch"],
            ),
        ]
        | None
    ) = None
    error: (
        Annotated[
            str,
            Meta(
                pattern=r"^[A-Z_]{1,60}" + _END,
                description="A name of `confluent_kafka.KafkaError`.",
                examples=["REQUEST_TIMED_OUT"],
            ),
        ]
        | None
    ) = None
    count: Annotated[int, Meta(ge=1, le=10_000, description="How many requests fail.")] = 1


class KafkaServiceKeys(Keys, frozen=True):
    """Kafka as lessons call it: an embedded one, or a real broker."""

    hosts: Annotated[tuple[Address, ...], _HOSTS] = ("kafka:9092", "localhost:9092")
    bootstrap: Annotated[
        Address | None,
        Meta(
            description="The address of a real broker, which lessons then reach instead of the embedded one."
        ),
    ] = None
    topics: Annotated[
        tuple[TopicKeys, ...],
        Meta(max_length=200, description="Topics that are there before the lesson begins."),
    ] = ()
    faults: Annotated[
        tuple[FaultKeys, ...], Meta(max_length=200, description="What goes wrong while lessons run.")
    ] = ()


class PostgresqlServiceKeys(Keys, frozen=True):
    """PostgreSQL as lessons call it, started from the machine's own binaries where there are any."""

    hosts: Annotated[tuple[Address, ...], _HOSTS] = ("postgres:5432", "localhost:5432")
    database: Annotated[
        str, Meta(min_length=1, max_length=63, description="The database that lessons connect to.")
    ] = _POSTGRES
    user: Annotated[str, Meta(min_length=1, max_length=63, description="Its superuser.")] = _POSTGRES
    password: Annotated[str, Meta(description="The superuser's password.")] = _POSTGRES
    init: Annotated[
        tuple[Annotated[str, Meta(min_length=1)], ...],
        Meta(
            description="SQL scripts that are run before the lesson begins, in this order.",
            examples=[["labs/postgres/init.sql"]],
        ),
    ] = ()
    run_sql: Annotated[
        bool, Meta(description="Run the lessons' SQL blocks, too, in their order with the Python blocks.")
    ] = False


class SchemaRegistryServiceKeys(Keys, frozen=True):
    """A schema registry as lessons call it: the mock that comes with confluent_kafka's client."""

    hosts: Annotated[tuple[Address, ...], _HOSTS] = ("schema-registry:8081", "localhost:8081")


class SparkServiceKeys(Keys, frozen=True):
    """Spark in local mode, where pyspark is installed and the machine has a Java."""

    hosts: Annotated[
        tuple[Address, ...],
        Meta(
            description="Clusters that it replaces, as `spark://name:port` names them.",
            examples=[["spark:7077"]],
        ),
    ] = ()
    jars: Annotated[
        str | None,
        Meta(
            description="A folder with connectors as jars, from the configuration's folder.",
            examples=["labs/spark/jars"],
        ),
    ] = None


class ServicesKeys(Keys, frozen=True):
    """The services that lessons find when they run; one without a table is not started."""

    kafka: Annotated[KafkaServiceKeys | None, Meta(description="Kafka.")] = None
    postgresql: Annotated[PostgresqlServiceKeys | None, Meta(description="PostgreSQL.")] = None
    schema_registry: Annotated[
        SchemaRegistryServiceKeys | None, Meta(description="Confluent's schema registry.")
    ] = None
    spark: Annotated[SparkServiceKeys | None, Meta(description="Spark in local mode.")] = None

    @property
    def are_any(self) -> bool:
        """Whether any service is configured."""
        services = (self.kafka, self.postgresql, self.schema_registry, self.spark)
        return any(each is not None for each in services)
