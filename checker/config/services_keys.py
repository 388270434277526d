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
ColumnName = Annotated[str, Meta(min_length=1, max_length=63)]
Amount = Annotated[int, Meta(ge=0, le=100_000)]


class MixKeys(Keys, frozen=True):
    """How many events of each kind; `r` are rows read by the snapshot, all of them unless it is given."""

    r: Amount | None = None
    c: Amount = 0
    u: Amount = 0
    d: Amount = 0


class UnwrapKeys(Keys, frozen=True):
    """What the transformation ExtractNewRecordState leaves of the envelope: the row, and these fields.

    `deletes` is its `delete.tombstone.handling.mode`.
    """

    add_fields: Annotated[
        tuple[Literal["op", "table", "db", "schema", "lsn", "ts_ms", "source.ts_ms"], ...],
        Meta(description="Fields of the envelope to keep, as `__op`.", examples=[["op", "table"]]),
    ] = ()
    deletes: Literal["tombstone", "drop", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone"] = (
        "tombstone"
    )


class DebeziumKeys(Keys, frozen=True):
    """A table, and what happens to it, as Debezium's connector reports it.

    `rows` are those that the connector finds: how many, or the rows; missing values are made up.
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
    rows: Amount | Annotated[tuple[dict[str, Any], ...], Meta(max_length=100_000)] = 10
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
    connector: Literal["postgresql", "mysql"] = "postgresql"
    database: Annotated[str, Meta(min_length=1, max_length=63)] | None = None
    prefix: (
        Annotated[
            str,
            Meta(
                min_length=1, description="`topic.prefix`; without it the topic's name up to its first dot."
            ),
        ]
        | None
    ) = None
    snapshot: Literal["initial", "incremental"] = "initial"
    decimals: Annotated[
        Literal["precise", "string", "double"], Meta(description="`decimal.handling.mode`.")
    ] = "precise"
    unwrap: UnwrapKeys | None = None
    seed: int = 0
    start: Annotated[
        str, Meta(description="When it begins, as ISO 8601.", examples=["2025-01-06T09:00:00Z"])
    ] = "2025-01-06T09:00:00Z"


class TopicKeys(Keys, frozen=True):
    """A topic that is there before the lesson begins, with messages from `file` or made by `debezium`.

    `file` holds one JSON object a line: `key`, `value`, `headers`, `timestamp`, `partition`, all optional.
    """

    name: TopicName
    partitions: Annotated[int, Meta(ge=1, le=100)] = 1
    file: Annotated[str, Meta(min_length=1, examples=["topics/orders.jsonl"])] | None = None
    debezium: DebeziumKeys | None = None


class FaultKeys(Keys, frozen=True):
    """Something that goes wrong in Kafka while the lessons run that the glob `lessons` matches.

    Without `topic` and `request` the broker is down: from `after`, counted from when the lesson's first
    client was made, and for as long as it `lasts`. With `topic` all that is asked about it gets the `error`,
    with `request` the next `count` of these requests do. `error` is a name of confluent_kafka.KafkaError.
    """

    lessons: Annotated[str, Meta(min_length=1, description="A glob; `**` spans folders.")] = "**"
    after: Duration | None = None
    lasts: Duration | None = None
    topic: TopicName | None = None
    request: Annotated[str, Meta(pattern=r"^[A-Za-z]{1,40}" + _END, examples=["Produce", "Fetch"])] | None = (
        None
    )
    error: Annotated[str, Meta(pattern=r"^[A-Z_]{1,60}" + _END, examples=["REQUEST_TIMED_OUT"])] | None = None
    count: Annotated[int, Meta(ge=1, le=10_000)] = 1


class KafkaServiceKeys(Keys, frozen=True):
    """Kafka as lessons call it. It is embedded, unless `bootstrap` is the address of a real broker."""

    hosts: tuple[Address, ...] = ("kafka:9092", "localhost:9092")
    bootstrap: Address | None = None
    topics: Annotated[tuple[TopicKeys, ...], Meta(max_length=200)] = ()
    faults: Annotated[tuple[FaultKeys, ...], Meta(max_length=200)] = ()


class PostgresqlServiceKeys(Keys, frozen=True):
    """PostgreSQL as lessons call it, started from the machine's own binaries where there are any.

    `init` are SQL scripts that are run before the lesson begins, in order. With `run_sql` the lessons' SQL
    blocks are run on it as well, in their order with the Python blocks.
    """

    hosts: tuple[Address, ...] = ("postgres:5432", "localhost:5432")
    database: Annotated[str, Meta(min_length=1, max_length=63)] = "postgres"
    user: Annotated[str, Meta(min_length=1, max_length=63)] = "postgres"
    password: str = "postgres"  # noqa: S105 of a server that only its lesson reaches
    init: Annotated[
        tuple[Annotated[str, Meta(min_length=1)], ...],
        Meta(description="Files, from the configuration's folder.", examples=[["labs/postgres/init.sql"]]),
    ] = ()
    run_sql: bool = False


class SchemaRegistryServiceKeys(Keys, frozen=True):
    """A schema registry as lessons call it: the mock that comes with confluent_kafka's client."""

    hosts: tuple[Address, ...] = ("schema-registry:8081", "localhost:8081")


class SparkServiceKeys(Keys, frozen=True):
    """Spark in local mode, where pyspark is installed and the machine has a Java.

    `hosts` are the clusters that it stands for, as `spark://name:port` has them.
    """

    hosts: Annotated[tuple[Address, ...], Meta(examples=[["spark:7077"]])] = ()
    jars: Annotated[
        str | None,
        Meta(
            description="A folder with connectors as jars, from the configuration's folder.",
            examples=["labs/spark/jars"],
        ),
    ] = None


class ServicesKeys(Keys, frozen=True):
    """The services that lessons find when they run; one without a table is not started."""

    kafka: KafkaServiceKeys | None = None
    postgresql: PostgresqlServiceKeys | None = None
    schema_registry: SchemaRegistryServiceKeys | None = None
    spark: SparkServiceKeys | None = None

    @property
    def are_any(self) -> bool:
        """Is there any service?"""
        services = (self.kafka, self.postgresql, self.schema_registry, self.spark)
        return any(each is not None for each in services)
