"""What ExtractNewRecordState leaves of events."""

import json
from typing import Any

import pytest

from checker.config.services_keys import DebeziumKeys, MixKeys, UnwrapKeys
from checker.seeding.debezium.maker import Surroundings, make_messages
from tests.seeding.debezium.test_maker import check_schema

COLUMNS = {"id": "int primary key", "note": "text"}


def values(unwrap: UnwrapKeys, **keys: Any) -> list[Any]:
    made = DebeziumKeys(
        table="public.orders",
        columns=COLUMNS,
        rows=({"id": 1, "note": "a"},),
        mix=MixKeys(d=1),
        unwrap=unwrap,
        **{"schema": False, **keys},
    )
    messages = tuple(make_messages(made, "shop.public.orders", Surroundings("shopdb", {}), "services.x"))
    assert all(each.key for each in messages)
    return [None if each.value is None else json.loads(each.value) for each in messages]


def test_only_the_row_is_left_and_of_a_delete_its_tombstone() -> None:
    assert values(UnwrapKeys()) == [{"id": 1, "note": "a"}, None]
    assert values(UnwrapKeys(), tombstones=False) == [{"id": 1, "note": "a"}]


@pytest.mark.parametrize(
    ("deletes", "tombstones", "left"),
    [
        ("drop", True, []),
        ("delete-to-tombstone", True, [None]),
        ("delete-to-tombstone", False, [None]),
        ("rewrite", True, [{"id": 1, "note": None, "__deleted": "true"}]),
        ("rewrite-with-tombstone", True, [{"id": 1, "note": None, "__deleted": "true"}, None]),
        ("rewrite-with-tombstone", False, [{"id": 1, "note": None, "__deleted": "true"}]),
    ],
)
def test_what_becomes_of_a_delete(deletes: Any, tombstones: bool, left: list[Any]) -> None:
    first, *others = values(UnwrapKeys(deletes=deletes), tombstones=tombstones)
    assert others == left
    assert first.get("__deleted") == ("false" if deletes.startswith("rewrite") else None)


def test_fields_of_the_envelope_are_kept_by_name() -> None:
    (row, _) = values(UnwrapKeys(("op", "table", "db", "schema", "lsn", "ts_ms", "source.ts_ms")))
    assert (row["__op"], row["__table"], row["__db"], row["__schema"]) == ("r", "orders", "shopdb", "public")
    assert row["__source_ts_ms"] < row["__ts_ms"]
    assert isinstance(row["__lsn"], int)


def test_what_mysql_does_not_have_is_null() -> None:
    (row, _) = values(UnwrapKeys(("schema", "lsn")), connector="mysql")
    assert (row["__schema"], row["__lsn"]) == (None, None)


def test_the_schema_is_that_of_the_row() -> None:
    kept = UnwrapKeys(("op", "lsn"), "rewrite")
    for value in values(kept, schema=True) + values(UnwrapKeys(deletes="drop"), schema=True):
        assert value["schema"]["name"] == "shop.public.orders.Value"
        check_schema(value["schema"], value["payload"])
