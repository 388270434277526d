"""Configurations of connectors: where they are found, and what is wrong with them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from checker.config import Config
from checker.rules.kafka.connector_property import check
from tests.rules.kafka.lessons import debezium, fenced, mended, reports, shown

POSTGRES = "io.debezium.connector.postgresql.PostgresConnector"
MYSQL = "io.debezium.connector.mysql.MySqlConnector"
FULL: Mapping[str, str] = {
    "connector.class": POSTGRES,
    "database.hostname": "db.example.com",
    "database.user": "postgres",
    "database.dbname": "shop",
    "topic.prefix": "shop",
    "plugin.name": "pgoutput",
}
FULL_MYSQL: Mapping[str, str] = {
    "connector.class": MYSQL,
    "database.hostname": "db.example.com",
    "database.user": "dbz",
    "database.server.id": "1",
    "topic.prefix": "shop",
    "schema.history.internal.kafka.topic": "history",
    "schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
}
NEW = debezium("3.3")


def request(config: Mapping[str, Any]) -> str:
    """A whole configuration as a command sends it."""
    body = json.dumps({"name": "shop", "config": config}, indent=2)
    return fenced("bash", f"curl -X POST http://localhost:8083/connectors --json '{body}'")


def found(config: Mapping[str, Any], settings: Config = NEW) -> list[str]:
    return shown(check, request(config), settings)


SILENT: list[Mapping[str, Any]] = [
    FULL,
    FULL_MYSQL,
    {**FULL, "snapshot.mode": "INITIAL", "tombstones.on.delete": "False", "max.queue.size": "8192"},
    {
        **FULL,
        "snapshot.mode": "${MODE}",
        "heartbeat.interval.ms": "<milliseconds>",
        "slot.name": "{{ slot }}",
    },
    {**FULL, "table.include.list": "public.orders,shop\\\\.customers", "column.mask.with.12.chars": "a.b"},
    {**FULL, "key.converter": "x.Y", "value.converter.schemas.enable": "false", "errors.tolerance": "all"},
    {**FULL, "producer.override.linger.ms": "5", "topic.creation.default.partitions": 1, "tasks.max": 1},
    {**FULL, "driver.socketTimeout": "1", "database.tcpKeepAlive": "true", "database.loginTimeout": "5"},
    {**FULL, "database.encrypt": "false"},
    {
        **FULL,
        "converters": "isbn, x",
        "isbn.type": "a.B",
        "x.y.z": "1",
        "post.processors": "p",
        "p.type": "q",
    },
    {**FULL, "signal.enabled.channels": "source,kafka", "signal.kafka.topic": "signals"},
    {**FULL, "signal.enabled.channels": "${CHANNELS}", "signal.kafka.topic": "signals"},
    {"signal.kafka.topic": "signals", "incremental.snapshot.chunk.size": "1"},
    {**FULL, "max.queue.size": "20000", "max.batch.size": "10000"},
    {**FULL, "database.password": "${file:/secrets/db.properties:password}"},
    {**FULL_MYSQL, "database.include.list": "shop,crm", "table.include.list": "shop.orders,crm\\.people"},
    {**FULL_MYSQL, "database.include.list": "shop.*", "table.include.list": "crm.people"},
    {**FULL_MYSQL, "database.include.list": "shop", "table.include.list": "(a|b).people,.*"},
    {
        **FULL,
        "transforms": "unwrap",
        "transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState",
        "transforms.unwrap.delete.tombstone.handling.mode": "drop",
        "transforms.unwrap.add.fields": "op",
    },
    {
        **FULL,
        "transforms": "f",
        "transforms.f.type": "io.debezium.transforms.Filter",
        "transforms.f.language": "jsr223.groovy",
        "transforms.f.condition": "value.op == 'c'",
    },
    {
        **FULL,
        "transforms": "mine",
        "transforms.mine.type": "org.example.Mine",
        "transforms.mine.anything": "1",
    },
    {
        **FULL,
        "transforms": "m",
        "transforms.m.type": "org.apache.kafka.connect.transforms.MaskField$Key",
        "transforms.m.fields": "a",
        "transforms.m.predicate": "p",
        "transforms.m.negate": "true",
        "predicates": "p",
        "predicates.p.type": "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
        "predicates.p.pattern": ".*",
    },
    {**FULL, "transforms": "${SMTS}", "transforms.a.type": "org.example.A"},
    {
        **FULL,
        "transforms": "o",
        "transforms.o.type": "io.debezium.transforms.outbox.EventRouter",
        "transforms.o.table.fields.additional.placement": "type:header",
        "transforms.o.route.by.field": "t",
    },
    # Other connectors, with names that Debezium's had.
    {
        "connector.class": "io.confluent.connect.jdbc.JdbcSourceConnector",
        "table.whitelist": "orders",
        "a.b": 1,
    },
    {"connector.class": "PostgresCdcSourceV2", "database.server.name": "x", "snapshot.mode": "anything"},
    {
        "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
        "connection.url": "jdbc:x",
        "a.b": "c",
    },
]


@pytest.mark.parametrize("config", SILENT)
def test_silent(config: Mapping[str, Any]) -> None:
    assert found(config) == []


@pytest.mark.parametrize(
    "text",
    [
        fenced("json", '{"a": 1}'),
        fenced("json", f'{{"connector.class": "{POSTGRES}", "snapshot.mode": "initial"}}'),
        fenced("json", f'{{"connector.class": "{POSTGRES}", "database.hostname": "db", ...}}'),
        fenced("json", f'{{"connector.class": "{POSTGRES}", // ... the rest\n "database.hostname": "db"}}'),
        fenced("yaml", "topic.prefix: shop\nkey: value\n"),
        fenced("yaml", "kind: Deployment\nspec:\n  class: io.debezium.connector.mysql.MySqlConnector\n"),
        fenced("properties", "bootstrap.servers=kafka:9092\nkey.converter=x\nconnector.class=\n"),
        fenced("python", f"config = {{'connector.class': '{POSTGRES}', 'topic.prefix': name}}"),
        fenced(
            "python", "config = {'database.server.name': 'x', 'connector.class': 1}\nx = {'topic.prefix': 1}"
        ),
        fenced("python", "'connector.class' ("),
        fenced("python", f"config = {{**base, 1: 2, 'connector.class': '{POSTGRES}'}}"),
        fenced("yaml", f"a: 1\n---\n---\nconnector.class: {POSTGRES}\n"),
        fenced("sql", "CREATE TABLE t (a int) WITH ('connector.class' = 'x', 'snapshot.mode' = 'y');"),
        fenced("sql", "CREATE SOURCE CONNECTOR a WITH ();\n-- connector.class"),
        fenced("diff", '- "database.server.name": "x"'),
        fenced("json", '"table.whitelist": "a.b"'),
        fenced("bash", "curl http://localhost:8083/connectors/shop/status | jq '{a: .b, \"c.d\": 1}'"),
        fenced("json", "x" * 60_000 + '"topic.prefix"'),
        "`database.server.name` was renamed.\n",
    ],
)
def test_silent_elsewhere(text: str) -> None:
    assert shown(check, text, NEW) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"database.server.name": "x"}, ["database.server.name"]),
        ({"table.whitelist": "a.b"}, ["table.whitelist"]),
        ({"snapshot.new.tables": "off"}, ["snapshot.new.tables"]),
        ({"sanitize.field.names": "true"}, ["sanitize.field.names"]),
        ({"snapshot.mode": "exported"}, ["exported"]),
        ({"snapshot.mode": "never"}, ["never"]),
        ({"plugin.name": "wal2json"}, ["wal2json"]),
        ({"tombstones.on.delete": "maybe"}, ["maybe"]),
        ({"max.batch.size": "many"}, ["many"]),
        ({"slot.name": "Shop-Slot"}, ["Shop-Slot"]),
        ({"topic.prefix": "my shop"}, ["my shop"]),
        ({"table.include.list": "orders, public.x"}, ["orders, public.x"]),
        ({"max.queue.size": "1024"}, ["1024"]),
        ({"max.queue.size": "100", "max.batch.size": "100"}, ["100"]),
        ({"snapshot.lock.timeouts.ms": "1"}, ["snapshot.lock.timeouts.ms"]),
        ({"some.thing.else": "1"}, ["some.thing.else!"]),
        ({"database.password": "${file:/secrets/db.txt}"}, ["${file:/secrets/db.txt}"]),
        ({"signal.kafka.topic": "signals"}, ["signal.kafka.topic"]),
        ({"signal.kafka.topic": "signals", "signal.enabled.channels": "source"}, ["signal.kafka.topic"]),
        ({"transforms": "a"}, ["a"]),
        ({"transforms.a.type": "org.example.A"}, ["transforms.a.type"]),
        ({"transforms": "b", "transforms.b.type": "x.B", "transforms.a.type": "x.A"}, ["transforms.a.type"]),
        ({"transforms": "b", "transforms.b.type": "x.B", "transforms.b.predicate": "p"}, ["p"]),
        (
            {
                "transforms": "f",
                "transforms.f.type": "io.debezium.transforms.Filter",
                "transforms.f.when": "x",
            },
            ["transforms.f.when"],
        ),
        (
            {
                "transforms": "u",
                "transforms.u.type": "io.debezium.transforms.ExtractNewRecordState",
                "transforms.u.drop.tombstones": "false",
            },
            ["transforms.u.drop.tombstones"],
        ),
        (
            {
                "transforms": "u",
                "transforms.u.type": "io.debezium.transforms.ExtractNewRecordState",
                "transforms.u.add.field": "op",
            },
            ["transforms.u.add.field"],
        ),
        (
            {"transforms": "u", "transforms.u.type": "io.debezium.transforms.UnwrapFromEnvelope"},
            ["io.debezium.transforms.UnwrapFromEnvelope!"],
        ),
        (
            {"predicates": "p", "predicates.p.type": "x.Y", "predicates.p.negate": "true"},
            ["predicates.p.negate"],
        ),
    ],
)
def test_wrong(more: Mapping[str, Any], expected: list[str]) -> None:
    assert found({**FULL, **more}) == expected


def test_what_is_missing_stands_at_the_class() -> None:
    without = {name: value for name, value in FULL.items() if name != "topic.prefix"}
    assert found(without) == [POSTGRES]
    assert "`topic.prefix` is missing" in reports(check, request(without), NEW)[0].message
    # Beside its name in a block of JSON it may be shortened, and an excerpt is no configuration.
    body = json.dumps({"name": "shop", "config": without})
    assert shown(check, fenced("json", body), NEW) == [f"{POSTGRES}!"]
    assert found({"connector.class": POSTGRES, "database.hostname": "db"}) == []
    # What was renamed is not missing as well.
    assert found({**without, "database.server.name": "shop"}) == ["database.server.name"]


def test_mysql_wants_a_history() -> None:
    without = {name: value for name, value in FULL_MYSQL.items() if not name.startswith("schema")}
    assert found(without) == [MYSQL]
    elsewhere = "io.debezium.storage.file.history.FileSchemaHistory"
    assert found({**without, "schema.history.internal": elsewhere}) == []
    assert found({**without, "database.history.kafka.topic": "a"}) == ["database.history.kafka.topic", MYSQL]


def test_two_names_for_one_property() -> None:
    text = request({**FULL, "database.server.name": "shop"})
    (report,) = reports(check, text, NEW)
    assert "takes effect instead" in report.message
    assert report.fix is None


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("database.server.name", "topic.prefix"),
        ("database.history.kafka.topic", "schema.history.internal.kafka.topic"),
        ("database.history.internal.kafka.topic", "schema.history.internal.kafka.topic"),
        ("database.history", "schema.history.internal"),
        ("table.blacklist", "table.exclude.list"),
    ],
)
def test_renamed_properties_are_mended(name: str, new: str) -> None:
    text = fenced("json", f'{{"connector.class": "{MYSQL}", "{name}": "x.y"}}')
    assert f'"{new}"' in mended(text, reports(check, text, NEW))


@pytest.mark.parametrize(
    ("version", "value", "expected"),
    [
        ("2.5.4.Final", "schema_only", []),
        ("2.5", "recovery", ["recovery"]),
        ("2.5", "no_data", ["no_data"]),
        ("2.6", "no_data", []),
        ("2.6", "schema_only", []),
        ("3.0.7", "schema_only", []),
        ("3.2", "schema_only", []),  # nobody asked that release
        ("3.3", "schema_only", ["schema_only"]),
        ("3.3", "never", []),
        ("3.6.3", "never", ["never"]),
        ("9.9", "never", ["never"]),
        ("1.9", "anything", []),
    ],
)
def test_values_by_version(version: str, value: str, expected: list[str]) -> None:
    assert found({**FULL_MYSQL, "snapshot.mode": value}, debezium(version)) == expected


def test_a_renamed_value_is_mended() -> None:
    text = request({**FULL_MYSQL, "snapshot.mode": "schema_only"})
    assert '"no_data"' in mended(text, reports(check, text, debezium("3.6")))


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.5", []),
        ("3.1", []),
        ("3.2", ["transforms.u.drop.tombstones!"]),
        ("3.3", ["transforms.u.drop.tombstones"]),
        ("3.6.3", ["transforms.u.drop.tombstones"]),
    ],
)
def test_options_by_version(version: str, expected: list[str]) -> None:
    more = {
        "transforms": "u",
        "transforms.u.type": "io.debezium.transforms.ExtractNewRecordState",
        "transforms.u.drop.tombstones": "true",
    }
    assert found({**FULL, **more}, debezium(version)) == expected


def test_options_with_the_same_values_are_mended() -> None:
    kind = "org.apache.kafka.connect.transforms.ReplaceField$Value"
    text = request({**FULL, "transforms": "r", "transforms.r.type": kind, "transforms.r.blacklist": "a"})
    assert '"transforms.r.exclude"' in mended(text, reports(check, text, NEW))


def test_without_a_version_only_what_none_takes_is_certain() -> None:
    old = {**FULL, "database.server.name": "x"}
    assert found(old, Config()) == ["database.server.name!"]
    assert "[kafka] debezium" in reports(check, request(old))[0].message
    assert found({**FULL, "snapshot.mode": "never"}, Config()) == []
    assert found({**FULL, "snapshot.mode": "ever"}, Config()) == ["ever"]


def test_a_lesson_can_show_the_version_itself() -> None:
    old = {name: value for name, value in FULL.items() if name != "topic.prefix"}
    text = request({**old, "database.server.name": "x", "a.b.c": "d", "snapshot.mode": "?"})
    assert shown(check, text + "\n`docker pull debezium/connect:1.9`\n") == []
    assert len(shown(check, text + "\n`docker pull debezium/connect:2.5`\n")) == 3


def test_old_versions_take_old_names() -> None:
    assert found({**FULL, "database.server.name": "x"}, debezium("1.9.7.Final")) == []


def test_values_of_unknown_connectors() -> None:
    assert shown(check, fenced("json", '"snapshot.mode": "sometimes"'), NEW) == ["sometimes!"]
    assert shown(check, fenced("json", '"snapshot.mode": "when_needed"'), NEW) == []
    assert shown(check, fenced("json", '"snapshot.mode": "${MODE}"'), NEW) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (fenced("json", '"database.server.name": "x"'), ["database.server.name!"]),
        (fenced("json", '{"table.whitelist": "a.b", "database.user": "x"}'), ["table.whitelist!"]),
        (
            fenced("yaml", f"spec:\n  class: {MYSQL}\n  config:\n    database.server.name: x\n"),
            ["database.server.name"],
        ),
        (
            fenced(
                "yaml",
                f"spec:\n  class: {MYSQL}\n  config:\n    snapshot.mode: always\n---\n"
                f"spec:\n  class: {POSTGRES}\n  config:\n    snapshot.mode: recovery\n",
            ),
            ["recovery"],
        ),
        (
            fenced("properties", f"connector.class={MYSQL}\ndatabase.history.kafka.topic=a\n"),
            ["database.history.kafka.topic"],
        ),
        (
            fenced(
                "properties",
                f"debezium.source.connector.class={POSTGRES}\ndebezium.source.database.server.name=a\n"
                "debezium.sink.type=redis\ndebezium.transforms=\n",
            ),
            ["database.server.name"],
        ),
        (
            fenced(
                "python", f"c = {{'connector.class': '{MYSQL}', 'database.server.name': 'a', 'b': '''c'''}}"
            ),
            ["database.server.name"],
        ),
        (
            fenced(
                "sql",
                f"CREATE SOURCE CONNECTOR a WITH (\n'connector.class' = '{MYSQL}',\n"
                "'database.server.name' = 'x'\n);",
            ),
            ["database.server.name"],
        ),
        (
            fenced(
                "http", f'POST /connectors\n\n{{"connector.class": "{MYSQL}", "database.server.name": "x"}}'
            ),
            ["database.server.name"],
        ),
        (
            fenced("bash", f'cat > a.json <<EOF\n{{"connector.class": "{MYSQL}", "plugin.name": "x"}}\nEOF'),
            ["plugin.name!"],
        ),
    ],
)
def test_where_configurations_stand(text: str, expected: list[str]) -> None:
    assert shown(check, text, NEW) == expected


def test_what_a_lesson_tells_of_the_past_is_intended() -> None:
    text = 'The old name (Debezium 1.x):\n\n```json\n"database.server.name": "x"\n```\n'
    assert shown(check, text, NEW) == ["database.server.name!~"]
    marked = fenced("json", f'{{"connector.class": "{POSTGRES}",\n"slot.name": "A-B"  // ❌ WRONG\n}}')
    assert shown(check, marked, NEW) == ["A-B~"]


def test_transformations_in_excerpts() -> None:
    assert shown(check, fenced("json", '"transforms": "a,b"\n"transforms.c.type": "x.C"'), NEW) == [
        "a,b!",
        "a,b!",
        "transforms.c.type!",
    ]
    assert shown(check, fenced("json", '"transforms": "a",\n"topic.prefix": "x"'), NEW) == []
    assert (
        shown(check, fenced("json", '"transforms.a.type": "x.A", "transforms.a.predicate": "p"'), NEW) == []
    )
    two = '"transforms": "a", "transforms.a.x": "1", "predicates": "q", "transforms.a.predicate": "p"'
    assert shown(check, fenced("json", two), NEW) == ["a", "p!"]


def test_lines_that_are_shown_as_deleted_do_not_count() -> None:
    code = f'{{"connector.class": "{MYSQL}",\n"database.server.name": "x"\n}}'
    assert shown(check, fenced("json del={2}", code), NEW) == []


def test_an_excerpt_is_of_the_connector_that_its_lesson_shows() -> None:
    excerpt = fenced("json", '"snapshot.mode": "when_needed"')
    lab = debezium("2.5.4.Final")
    assert shown(check, excerpt, lab) == []
    assert shown(check, request(FULL_MYSQL) + excerpt, lab) == []
    assert shown(check, request(FULL_MYSQL) + request(FULL) + excerpt, lab) == []
    assert shown(check, request({**FULL, "connector.class": "com.example.Other"}) + excerpt, lab) == []
    (report,) = reports(check, request(FULL) + excerpt, lab)
    assert (report.severity, "not accept `when_needed`" in report.message) == ("warning", True)


def test_options_that_a_transformation_does_not_start_without() -> None:
    router = {"transforms": "r", "transforms.r.type": "io.debezium.transforms.ContentBasedRouter"}
    ((shown_, message),) = [
        (each.span, each.message)
        for each in reports(check, request({**FULL, **router}), NEW)
        if "missing" in each.message
    ]
    assert message == (
        "`transforms.r.language` and `transforms.r.topic.expression` are missing: `ContentBasedRouter` does "
        "not start without them"
    )
    assert shown_.end > shown_.start
    mask = {"transforms": "m", "transforms.m.type": "org.apache.kafka.connect.transforms.MaskField$Key"}
    assert found({**FULL, **mask}) == ["org.apache.kafka.connect.transforms.MaskField$Key"]
    assert found({**FULL, **mask, "transforms.m.fields": "id"}) == []
    predicate = {
        "predicates": "p",
        "predicates.p.type": "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
    }
    assert len(found({**FULL, **predicate})) == 1
    excerpt = json.dumps({**router, "transforms.r.language": "jsr223.groovy"}, indent=1)
    assert shown(check, fenced("json", excerpt), NEW) == ["io.debezium.transforms.ContentBasedRouter!"]
    elided = excerpt.replace("}", ' "...": 1}').replace('"...": 1', "...")
    assert shown(check, fenced("json", elided), NEW) == []


def test_the_prefix_of_heartbeats_has_another_name() -> None:
    name = "heartbeat.topics.prefix"
    assert found({**FULL, "topic.heartbeat.prefix": "beats"}) == []
    assert found({**FULL, name: "beats"}) == [name]
    assert found({**FULL, name: "__debezium-heartbeat"}) == [f"{name}!"]


def test_changes_in_bigquery_need_a_field_for_the_key() -> None:
    sink = {
        "connector.class": "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector",
        "topics": "orders",
        "upsertEnabled": "true",
        "deleteEnabled": "true",
    }
    assert found({**sink, "kafkaKeyFieldName": "key"}) == []
    assert found({**sink, "useStorageWriteApi": "true"}) == []
    assert found({**sink, "upsertEnabled": "false", "deleteEnabled": "${DELETE}"}) == []
    assert found(sink) == ["upsertEnabled"]
    assert found({**sink, "upsertEnabled": "false"}) == ["deleteEnabled"]
    excerpt = json.dumps(sink, indent=1)
    assert shown(check, fenced("json", excerpt), NEW) == ["upsertEnabled!"]
    assert shown(check, fenced("json", excerpt.replace("}", ", ...}")), NEW) == []
