"""Held against what a real connector sent for the same tables: Debezium 3.3.1, PostgreSQL 15, its own JSON.

`connector-3.3.1.sql` created the tables; the connector read one row of each, and saw it deleted.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from checker.config.services_keys import DebeziumKeys, MixKeys
from checker.seeding.debezium.maker import Surroundings, make_messages
from checker.seeding.scripts import find_tables

FOLDER = Path(__file__).parent
TABLES = find_tables([(FOLDER / "connector-3.3.1.sql").read_text(encoding="utf-8")])
REAL = json.loads((FOLDER / "connector-3.3.1.json").read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {
    "kinds": {
        "amount": 999.99,
        "note": "a",
        "opt": None,
        "free": 1.5,
        "single": 1.5,
        "double": 2,
        "maybe": True,
        "sure": True,
        "day": "2025-01-06",
        "at": "2025-01-06T09:00:00.123456",
        "at3": "2025-01-06T09:00:00.123",
        "instant": "2025-01-06T10:00:00+01:00",
        "hour": "09:30",
        "hour3": "09:30",
        "took": 90,
        "data": '{"a": [1]}',
        "ref": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "raw": "abc",
        "list": [1, 2],
        "rates": [1.5],
        "status": "new",
    },
    "defaults": {
        "code": "ab",
        "net": "10.0.0.0/8",
        "page": "<a/>",
        "object": 5,
        "small": 3,
        "next": 1,
        "tags": ["a", "b"],
        "instant3": "2025-01-06T09:00:00.5Z",
        "instant": "2025-01-06T09:00:00Z",
        "day": None,
        "today": "2025-01-06",
        "done": False,
        "half": None,
        "dozen": None,
        "less": None,
        "data": None,
        "ref": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "nothing": None,
        "at": None,
        "hour": None,
        "raw": "abc",
        "short": "x",
        "sum": 2,
    },
}


def events(table: str) -> list[Any]:
    keys = DebeziumKeys(f"public.{table}", rows=({"id": 1, **ROWS[table]},), mix=MixKeys(d=1))
    surroundings = Surroundings("inventory", TABLES, "3.3.1.Final")
    made = make_messages(keys, f"shop.public.{table}", surroundings, "x")
    return [json.loads(each.value) for each in made if each.value is not None]


def test_the_envelope_is_the_same_to_the_order_of_its_words() -> None:
    schema = events("kinds")[0]["schema"]
    for row in schema["fields"][:2]:
        row["fields"] = []
    assert json.dumps(schema) == json.dumps(REAL["envelope"])


@pytest.mark.parametrize("table", ROWS)
def test_the_columns_are_the_same(table: str) -> None:
    made = events(table)[0]["schema"]["fields"][1]["fields"]
    for mine, real in zip(made, REAL["tables"][table]["row"], strict=True):
        assert json.dumps(mine) == json.dumps(real)


@pytest.mark.parametrize("table", ROWS)
def test_a_row_is_told_the_same(table: str) -> None:
    assert events(table)[0]["payload"]["after"] == REAL["tables"][table]["after"]


@pytest.mark.parametrize("table", ROWS)
def test_what_is_left_of_a_deleted_row_is_the_same(table: str) -> None:
    assert events(table)[1]["payload"]["before"] == REAL["tables"][table]["before"]
