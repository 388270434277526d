"""Topics made from tables: as a real connector sends them."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.config.services_keys import DebeziumKeys, MixKeys
from checker.errors import ConfigError
from checker.running.lab import Message
from checker.seeding.debezium.maker import Surroundings, make_messages
from checker.seeding.scripts import find_tables

COLUMNS = {
    "id": "serial primary key",
    "status": "varchar(20) not null default 'new'",
    "amount": "numeric(10,2) not null",
    "note": "text",
}


def make(
    table: str = "public.orders", script: str = "", version: str | None = None, **keys: Any
) -> tuple[Message, ...]:
    made = DebeziumKeys(table=table, **keys)
    surroundings = Surroundings("shopdb", find_tables([script]), version)
    return tuple(make_messages(made, "shop.public.orders", surroundings, "services.x"))


def payloads(messages: tuple[Message, ...]) -> list[Any]:
    """The events; None is a tombstone."""
    values = [None if each.value is None else json.loads(each.value) for each in messages]
    return [value["payload"] if value and "payload" in value else value for value in values]


def only(op: str, messages: tuple[Message, ...]) -> dict[str, Any]:
    found = [event for event in payloads(messages) if event and event["op"] == op]
    assert len(found) == 1
    event: dict[str, Any] = found[0]
    return event


def refused(**keys: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        make(**keys)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_table_alone_is_a_whole_topic() -> None:
    """Reads, inserts, updates, deletes, tombstones, keys, the schema."""
    messages = make()
    ops = Counter(event["op"] if event else None for event in payloads(messages))
    assert ops == {"r": 10, "c": 3, "u": 6, "d": 3, None: 3}
    assert all(json.loads(each.key or b"")["payload"].keys() == {"id"} for each in messages)
    assert set(payloads(messages)[0]["after"]) == {
        "id",
        "customer_id",
        "status",
        "amount",
        "order_date",
        "updated_at",
    }


@given(
    st.integers(0, 8),
    st.builds(MixKeys, c=st.integers(0, 8), u=st.integers(0, 8)),
    st.booleans(),
    st.sampled_from(["default", "full"]),
    st.sampled_from(["postgresql", "mysql"]),
)
@settings(deadline=None, max_examples=60)
def test_every_topic_is_consistent(
    rows: int, mix: MixKeys, tombstones: bool, identity: Any, connector: Any
) -> None:
    if not rows + mix.c:
        mix = MixKeys()
    mix = MixKeys(rows, mix.c, mix.u, (rows + mix.c) // 2)
    keys = {"replica_identity": identity, "connector": connector, "tombstones": tombstones}
    messages = make("s.orders", rows=rows, mix=mix, columns=COLUMNS, **keys)
    events = payloads(messages)
    told = Counter(event["op"] if event else None for event in events)
    assert told == +Counter({"r": rows, "c": mix.c, "u": mix.u, "d": mix.d, None: mix.d * tombstones})
    state: dict[int, Any] = {}
    knows_before = identity == "full" or connector == "mysql"
    for index, (message, event) in enumerate(zip(messages, events, strict=True)):
        row_id = json.loads(message.key or b"")["payload"]["id"]
        if event is None:
            assert events[index - 1]["op"] == "d"
            assert messages[index - 1].key == message.key
            continue
        assert message.timestamp == event["ts_ms"]
        before, after = event["before"], event["after"]
        match event["op"]:
            case "r" | "c":
                assert before is None
                assert row_id not in state
                state[row_id] = after
            case "u":
                assert before == (state[row_id] if knows_before else None)
                state[row_id] = after
            case "d":
                assert after is None
                assert before["id"] == row_id
                assert before == state[row_id] or not knows_before
                del state[row_id]
    times = [message.timestamp or 0 for message in messages]
    assert times == sorted(times)
    assert messages == make("s.orders", rows=rows, mix=mix, columns=COLUMNS, **keys)


def test_seeds_differ() -> None:
    assert make(seed=1) == make(seed=1) != make(seed=2)


def test_what_a_delete_leaves_of_a_row_that_postgresql_names_by_its_key() -> None:
    event = only("d", make(columns=COLUMNS, rows=1, mix=MixKeys(d=1)))
    # Null where a column may be null, else its default, else zero: the schema promises a value.
    assert event["before"] == {"id": 1, "status": "new", "amount": "AA==", "note": None}
    full = only("d", make(columns=COLUMNS, rows=1, mix=MixKeys(d=1), replica_identity="full"))
    assert full["before"]["note"]


def test_a_null_is_told_as_the_default_of_its_column() -> None:
    columns = {"id": "int primary key", "status": "text default 'new'", "note": "text"}
    messages = make(columns=columns, rows=({"id": 1, "status": None, "note": None},), mix=MixKeys())
    assert payloads(messages)[0]["after"] == {"id": 1, "status": "new", "note": None}


def test_the_whole_event_of_postgresql() -> None:
    messages = make(columns={"id": "int primary key"}, rows=2, mix=MixKeys(c=1), schema=False)
    assert [each.key for each in messages] == [b'{"id":1}', b'{"id":2}', b'{"id":3}']
    first, last, created = payloads(messages)
    assert list(created) == ["before", "after", "source", "transaction", "op", "ts_ms", "ts_us", "ts_ns"]
    source = created["source"]
    assert list(source) == [
        *("version", "connector", "name", "ts_ms", "snapshot", "db", "sequence", "ts_us", "ts_ns"),
        *("schema", "table", "txId", "lsn", "xmin"),
    ]
    assert (source["version"], source["connector"], source["name"]) == ("3.2.0.Final", "postgresql", "shop")
    assert (source["db"], source["schema"], source["table"]) == ("shopdb", "public", "orders")
    assert json.loads(source["sequence"]) == [None, str(source["lsn"])]  # no commit before it
    assert json.loads(first["source"]["sequence"]) == [None, str(first["source"]["lsn"])]
    assert [each["source"]["snapshot"] for each in (first, last, created)] == ["first", "last", "false"]
    assert source["lsn"] > first["source"]["lsn"] == last["source"]["lsn"]
    assert source["txId"] > first["source"]["txId"]
    assert created["ts_us"] // 1000 == created["ts_ms"] > source["ts_ms"]
    assert created["ts_ns"] // 1000 == created["ts_us"]
    assert source["ts_us"] // 1000 == source["ts_ms"]


def test_later_events_name_the_last_commit() -> None:
    sources = [event["source"] for event in payloads(make(rows=1, mix=MixKeys(c=3)))]
    assert [json.loads(each["sequence"])[0] for each in sources[:2]] == [None, None]
    assert json.loads(sources[2]["sequence"]) == [str(sources[2]["lsn"])] * 2


def test_before_2_6_there_are_only_milliseconds() -> None:
    message = make(columns={"id": "int primary key"}, rows=1, mix=MixKeys(), version="2.5.4.Final")[0]
    value = json.loads(message.value or b"")
    check_schema(value["schema"], value["payload"])
    assert list(value["payload"]) == ["before", "after", "source", "op", "ts_ms", "transaction"]
    assert not {"ts_us", "ts_ns"} & set(value["payload"]["source"])
    assert value["payload"]["source"]["version"] == "2.5.4.Final"
    assert value["schema"]["version"] == 1


def test_a_version_is_completed() -> None:
    (event,) = payloads(make(rows=1, mix=MixKeys(), version="2.7"))
    assert event["source"]["version"] == "2.7.0.Final"
    assert "ts_us" in event


def test_the_whole_event_of_mysql() -> None:
    columns = {"id": "int primary key", "ok": "boolean"}
    messages = make("shop.orders", connector="mysql", columns=columns, rows=1, mix=MixKeys(c=1))
    read, created = payloads(messages)
    source = created["source"]
    assert list(source) == [
        *("version", "connector", "name", "ts_ms", "snapshot", "db", "sequence", "ts_us", "ts_ns"),
        *("table", "server_id", "gtid", "file", "pos", "row", "thread", "query"),
    ]
    assert (source["db"], source["sequence"], source["server_id"]) == ("shop", None, 223344)
    assert source["ts_ms"] % 1000 == 0
    assert (read["source"]["server_id"], read["source"]["thread"]) == (0, None)
    assert source["pos"] > read["source"]["pos"]
    assert created["after"]["ok"] in {0, 1}


def test_an_incremental_snapshot_says_so() -> None:
    events = payloads(make(rows=3, mix=MixKeys(), snapshot="incremental"))
    assert [each["source"]["snapshot"] for each in events] == ["incremental"] * 3
    one = payloads(make(rows=3, mix=MixKeys()))
    assert [each["source"]["snapshot"] for each in one] == ["first", "true", "last"]


def test_rows_that_the_snapshot_does_not_read_are_there_all_the_same() -> None:
    (event,) = payloads(make(rows=1, mix=MixKeys(r=0, u=1)))
    assert event["op"] == "u"


def check_schema(schema: Any, value: Any) -> None:
    """What Kafka Connect checks: each field is there, of its type, and null only where it may be."""
    if value is None:
        assert schema["optional"]
        return
    match schema["type"]:
        case "struct":
            assert [field["field"] for field in schema["fields"]] == list(value)
            for field in schema["fields"]:
                check_schema(field, value[field["field"]])
        case "array":
            for each in value:
                check_schema(schema["items"], each)
        case "string" | "bytes":
            assert isinstance(value, str)
        case "float" | "double":
            assert isinstance(value, float)
        case "boolean":
            assert isinstance(value, bool)
        case kind:
            assert isinstance(value, int)
            assert kind in {"int16", "int32", "int64"}


EVERY_TYPE = {
    "id": "bigserial primary key",
    "a": "smallint",
    "b": "real not null",
    "c": "double precision",
    "d": "boolean default true",
    "e": "text not null",
    "f": "numeric(10,2) not null default 1.5",
    "g": "numeric not null",
    "h": "date not null",
    "i": "timestamp not null default now()",
    "j": "timestamp(3) not null",
    "k": "timestamptz not null",
    "l": "time not null",
    "m": "time(3) not null",
    "n": "interval not null",
    "o": "jsonb not null",
    "p": "uuid not null",
    "q": "bytea not null",
    "r": "int[] not null",
    "s": "numeric(5,1)[] null",
}


@pytest.mark.parametrize("decimals", ["precise", "string", "double"])
@pytest.mark.parametrize("identity", ["default", "full"])
def test_values_are_what_their_schema_says(decimals: str, identity: str) -> None:
    messages = make(columns=EVERY_TYPE, rows=8, decimals=decimals, replica_identity=identity)
    for message in messages:
        key = json.loads(message.key or b"")
        check_schema(key["schema"], key["payload"])
        if message.value is not None:
            value = json.loads(message.value)
            check_schema(value["schema"], value["payload"])


def test_values_of_mysql_are_what_their_schema_says() -> None:
    columns = {
        "id": "int auto_increment primary key",
        "a": "tinyint(1) not null",
        "b": "datetime(6) not null default CURRENT_TIMESTAMP",
        "c": "timestamp not null",
        "d": "decimal(8,3) not null",
        "e": "time not null",
    }
    for message in make("shop.orders", connector="mysql", columns=columns):
        if message.value is not None:
            value = json.loads(message.value)
            check_schema(value["schema"], value["payload"])


def test_the_schema_has_the_names_and_forms_of_kafka_connect() -> None:
    message = make(columns=EVERY_TYPE, rows=1, mix=MixKeys())[0]
    key, value = json.loads(message.key or b""), json.loads(message.value or b"")
    assert key["schema"] == {
        "type": "struct",
        "fields": [{"type": "int64", "optional": False, "default": 0, "field": "id"}],
        "optional": False,
        "name": "shop.public.orders.Key",
    }
    schema = value["schema"]
    assert (schema["name"], schema["version"]) == ("shop.public.orders.Envelope", 2)
    before, _, source, transaction, *_ = schema["fields"]
    assert (before["name"], before["field"], before["optional"]) == (
        "shop.public.orders.Value",
        "before",
        True,
    )
    assert source["name"] == "io.debezium.connector.postgresql.Source"
    assert transaction["name"] == "event.block"
    columns = {field["field"]: field for field in before["fields"]}
    assert columns["f"] == {
        "type": "bytes",
        "optional": False,
        "name": "org.apache.kafka.connect.data.Decimal",
        "version": 1,
        "parameters": {"scale": "2", "connect.decimal.precision": "10"},
        "default": "AJY=",
        "field": "f",
    }
    assert columns["i"] == {
        "type": "int64",
        "optional": False,
        "name": "io.debezium.time.MicroTimestamp",
        "version": 1,
        "default": 0,
        "field": "i",
    }
    assert columns["j"]["name"] == "io.debezium.time.Timestamp"
    assert (columns["m"]["type"], columns["m"]["name"]) == ("int32", "io.debezium.time.Time")
    assert columns["r"] == {
        "type": "array",
        "items": {"type": "int32", "optional": True},
        "optional": False,
        "field": "r",
    }


def test_columns_and_rows_of_a_script() -> None:
    script = (
        "CREATE TABLE orders (nr int PRIMARY KEY, what text);"
        "INSERT INTO orders VALUES (5, 'tea'), (6, 'cups');"
    )
    rows = [event["after"] for event in payloads(make(script=script, rows=3, mix=MixKeys()))]
    assert rows[:2] == [{"nr": 5, "what": "tea"}, {"nr": 6, "what": "cups"}]
    assert rows[2]["nr"] == 3
    # A table without its schema is looked for in public; the columns of the configuration come first.
    assert payloads(make("orders", script, rows=1, mix=MixKeys()))[0]["after"]["nr"] == 5
    own = payloads(make(script=script, columns={"id": "int"}, rows=1, mix=MixKeys()))
    assert own[0]["after"] == {"id": 1}


def test_what_a_row_does_not_say_is_made_up() -> None:
    rows = payloads(make(columns=COLUMNS, rows=({"status": "odd"}, {"id": 1}), mix=MixKeys()))
    assert [(row["after"]["id"], row["after"]["status"] == "odd") for row in rows] == [(2, True), (1, False)]


def test_columns_are_guessed_by_the_tables_name() -> None:
    assert "email" in payloads(make("public.users"))[0]["after"]
    assert "price" in payloads(make("public.products"))[0]["after"]
    assert "name" in payloads(make("public.anything"))[0]["after"]


def test_a_table_without_a_key() -> None:
    columns = {"what": "text"}
    messages = make(columns=columns, rows=4)
    assert [event["op"] for event in payloads(messages)] == ["r"] * 4 + ["c"]
    assert all(each.key is None for each in messages)
    full = make(columns=columns, rows=4, replica_identity="full")
    # There is no key to compact by, so there are no tombstones.
    assert [event["op"] for event in payloads(full)].count("d") == 1


def test_the_prefix_and_the_database_may_be_given() -> None:
    (event,) = payloads(make(rows=1, mix=MixKeys(), prefix="other", database="db2"))
    assert (event["source"]["name"], event["source"]["db"]) == ("other", "db2")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"columns": {"a": "point"}}, "services.x.columns.a: 'point' is no type of postgresql"),
        ({"rows": ({"di": 1},)}, "services.x.rows[0].di: there is no such column"),
        ({"rows": ({"id": 1}, {"id": "x"})}, "services.x.rows[1].id: 'x' is no int32"),
        ({"rows": ({"id": 1}, {"id": 1})}, "services.x.rows[1]: a row with this key is there already"),
        ({"rows": 2, "mix": MixKeys(r=3)}, "services.x.mix.r: 3 rows are read where there are 2"),
        ({"rows": 2, "mix": MixKeys(d=3)}, "services.x.mix.d: 3 rows are deleted where there are 2"),
        ({"rows": 0, "mix": MixKeys(u=1)}, "services.x.mix.u: there is no row to update"),
        ({"start": "9999-12-31"}, "services.x.start: 9999 is too far away"),
        ({"start": "soon"}, "services.x.start: 'soon' is no moment"),
        (
            {"columns": {"a": "text"}, "mix": MixKeys(u=1)},
            "services.x.mix: rows of a table without a key are not updated or deleted",
        ),
        (
            {"columns": {f"c{n}": "int" for n in range(21)}, "rows": 100_000},
            "services.x: more than 2,000,000 values",
        ),
        ({"columns": {"k": "boolean primary key"}}, "services.x: the key k has no more values"),
    ],
)
def test_what_cannot_be_made_is_named_with_its_key(keys: dict[str, Any], message: str) -> None:
    assert refused(**keys).startswith(message)


def test_a_topic_of_ten_thousand_rows_is_made_at_once() -> None:
    assert len(make(rows=10_000, mix=MixKeys())) == 10_000
