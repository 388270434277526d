"""What happens to a table: whatever is asked for, it could have happened."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.seeding.debezium.history import Change, Mix, tell_history
from checker.seeding.debezium.sql_types import column_from_text
from checker.seeding.debezium.table import Row, Table

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
COLUMNS = {
    "id": "serial primary key",
    "status": "varchar(20) not null",
    "amount": "numeric(10,2)",
    "note": "text null",
    "tags": "text[]",
    "data": "jsonb",
    "ref": "uuid",
    "raw": "bytea",
    "page": "xml",
    "day": "date",
    "hour": "time",
    "took": "interval",
    "created_at": "timestamp",
    "updated_at": "timestamptz",
}


def table(columns: dict[str, str]) -> Table:
    made = tuple(column_from_text(name, text, "postgresql") for name, text in columns.items())
    return Table("postgresql", "shop", "public", "orders", made)


def history(
    mix: Mix, columns: dict[str, str] = COLUMNS, seed: int = 0, given: tuple[Row, ...] = ()
) -> list[Change]:
    return list(tell_history(table(columns), given, mix, START, Random(seed)))


@st.composite
def mixes(draw: st.DrawFn) -> Mix:
    rows, c = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    r, d = draw(st.integers(0, rows)), draw(st.integers(0, rows + c))
    return Mix(rows, r, c, draw(st.integers(0, 12)) if rows + c else 0, d)


@given(mixes(), st.integers(0, 1000))
@settings(deadline=None)
def test_every_history_could_have_happened(mix: Mix, seed: int) -> None:
    changes = history(mix, seed=seed)
    assert Counter(change.op for change in changes) == +Counter(r=mix.r, c=mix.c, u=mix.u, d=mix.d)
    assert [change.op for change in changes[: mix.r]] == ["r"] * mix.r
    live: dict[int, Row | None] = dict.fromkeys(range(1, mix.rows + 1))
    seen = set(live)
    for change in changes:
        match change:
            case Change("r" | "c", _, None, after) if after is not None:
                assert change.op == "r" or after["id"] not in seen
                live[after["id"]] = after
            case Change("u", _, before, after) if before is not None and after is not None:
                assert live[before["id"]] in (None, before)
                assert after["id"] == before["id"]
                live[after["id"]] = after
            case Change("d", _, before, None) if before is not None:
                assert live.pop(before["id"]) in (None, before)
            case _:
                raise AssertionError(change)
        seen |= set(live)
    times = [change.at for change in changes]
    assert times == sorted(times)
    assert all(time > START for time in times[mix.r :])


@given(mixes(), st.integers(0, 1000))
@settings(deadline=None)
def test_the_same_seed_tells_the_same(mix: Mix, seed: int) -> None:
    assert history(mix, seed=seed) == history(mix, seed=seed)


def test_another_seed_tells_something_else() -> None:
    assert history(Mix(3, 3, 2, 2, 1), seed=1) != history(Mix(3, 3, 2, 2, 1), seed=2)


def test_given_rows_come_first_and_keep_their_values() -> None:
    changes = history(Mix(3, 3, 2, 0, 0), given=({"id": 2, "note": "mine"}, {"status": "odd"}))
    rows = [change.after or {} for change in changes]
    assert (rows[0]["id"], rows[0]["note"], rows[1]["status"]) == (2, "mine", "odd")
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == 5


def test_updates_change_something_and_stamp_it() -> None:
    for change in history(Mix(5, 5, 0, 50, 0)):
        if change.op == "u" and change.before and change.after:
            changed = {name for name in COLUMNS if change.before[name] != change.after[name]}
            assert changed & (set(COLUMNS) - {"id", "created_at", "updated_at"})
            assert not changed & {"id", "created_at"}
            assert change.after["updated_at"] == change.at


def test_a_table_of_keys_alone_is_updated_to_what_it_was() -> None:
    changes = history(Mix(1, 1, 0, 1, 0), {"id": "int primary key"})
    assert changes[1].before == changes[1].after


def test_a_column_of_one_value_keeps_it() -> None:
    changes = history(Mix(1, 1, 0, 1, 0), {"id": "int primary key", "none": "varchar(0)"})
    assert changes[1].before == changes[1].after


def test_nulls_come_only_where_they_are_asked_for() -> None:
    rows = [change.after or {} for change in history(Mix(200, 200, 0, 0, 0))]
    assert 10 < sum(row["note"] is None for row in rows) < 80
    assert all(row[name] is not None for row in rows for name in COLUMNS if name != "note")


@pytest.mark.parametrize(
    "sql", ["text", "uuid", "numeric(6,0)", "date", "timestamp", "varchar(4)", "bytea", "smallint"]
)
def test_any_key_is_used_once(sql: str) -> None:
    changes = history(Mix(50, 50, 50, 0, 0), {"k": f"{sql} primary key"})
    assert len({(change.after or {})["k"] for change in changes}) == 100


def test_a_key_that_runs_out_is_said() -> None:
    with pytest.raises(ValueError, match="the key k has no more values"):
        history(Mix(3, 3, 0, 0, 0), {"k": "boolean primary key"})


def test_a_key_of_several_columns() -> None:
    changes = history(Mix(20, 20, 20, 0, 0), {"order_id": "int primary key", "line": "int primary key"})
    assert len({tuple((change.after or {}).values()) for change in changes}) == 40


def test_names_say_what_texts_hold() -> None:
    columns = {
        "id": "int primary key",
        "email": "text",
        "phone": "text",
        "address": "text",
        "full_name": "text",
        "sku": "text",
        "remark": "text",
        "age": "int",
        "quantity": "int",
        "customer_id": "int",
        "weight": "real",
        "size": "numeric(2,1)",
        "rate": "numeric(2,3)",
        "free": "numeric",
        "ok": "boolean",
    }
    row = history(Mix(1, 1, 0, 0, 0), columns)[0].after
    assert row is not None
    assert row["email"].endswith("@example.org")
    assert row["phone"].startswith("+49 30 ")
    assert row["address"][-1].isdigit()
    assert " " in row["full_name"]
    assert 18 <= row["age"] <= 80
    assert 1 <= row["quantity"] <= 9
    assert 1 <= row["customer_id"] <= 3
    assert 0 < row["size"] < 10
    assert 0 < row["rate"] < 1
