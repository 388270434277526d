"""What librdkafka and confluent-kafka accept: data in `tables/`, read when it is first asked for.

`librdkafka.jsonl` and `errors.jsonl` are written by `scripts/client_tables.py` from the installed library,
and the tests hold them against it. `java.jsonl` is by hand: properties of Kafka's Java clients that
librdkafka has not, with what it has in their place.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

FOLDER = Path(__file__).parent / "tables"

Side = Literal["consumer", "producer"]
Row = TypeVar("Row", bound=Struct)


class Source(Struct, frozen=True):
    """The first line of a generated table: whose listing it is."""

    library: str
    version: str = ""
    versions: tuple[str, ...] = ()


class Property(Struct, frozen=True):
    """A property of librdkafka; `side` is whose it is when not every client has it.

    `kind` is librdkafka's word for its type, `alias` the property that it is another name of, `idle` says
    that it is accepted and does nothing, `since` is the first version that has it (unknown for those of
    2.3).
    """

    name: str
    kind: str
    side: Side | None = None
    low: int | None = None
    high: int | None = None
    values: tuple[str, ...] = ()
    default: str = ""
    alias: str = ""
    idle: bool = False
    since: str = ""


class JavaProperty(Struct, frozen=True):
    """A property of the Java clients; `property` is librdkafka's, else `instead` says what to do."""

    name: str
    property: str = ""
    instead: str = ""


class _Error(Struct, frozen=True):
    name: str
    code: int


def read_table(name: str, kind: type[Row]) -> tuple[Source, list[Row]]:
    """The rows of a table behind the line that says where they are from."""
    head, _, rows = (FOLDER / name).read_bytes().partition(b"\n")
    return msgspec.json.decode(head, type=Source), msgspec.json.Decoder(kind).decode_lines(rows)


@cache
def properties() -> Mapping[str, Property]:
    """All properties by their names."""
    return {each.name: each for each in read_table("librdkafka.jsonl", Property)[1]}


@cache
def version() -> str:
    """The version of librdkafka whose properties these are."""
    return read_table("librdkafka.jsonl", Property)[0].version


@cache
def java_properties() -> Mapping[str, JavaProperty]:
    """What only the Java clients have, by name."""
    return {each.name: each for each in read_table("java.jsonl", JavaProperty)[1]}


@cache
def error_codes() -> Mapping[str, int]:
    """The codes of `KafkaError` by their names."""
    return {each.name: each.code for each in read_table("errors.jsonl", _Error)[1]}
