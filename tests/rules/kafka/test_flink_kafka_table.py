"""Tables of Flink's over Kafka, silent cases first."""

import pytest

from checker.rules.kafka.flink_kafka_table import check
from tests.rules.kafka.lessons import fenced, reports, shown

OPTIONS = {
    "connector": "kafka",
    "topic": "orders",
    "properties.bootstrap.servers": "kafka:9092",
    "format": "json",
}
UPSERT = {**OPTIONS, "connector": "upsert-kafka", "key.format": "json", "value.format": "json"}
KEY = "PRIMARY KEY (id) NOT ENFORCED"


def table(options: dict[str, str], *more: str, without: str = "", what: str = "TABLE") -> str:
    columns = ",\n  ".join(("id INT", *more))
    given = ",\n  ".join(f"'{name}' = '{value}'" for name, value in options.items() if name != without)
    return f"CREATE {what} t (\n  {columns}\n) WITH (\n  {given}\n)"


def in_sql(*statements: str) -> list[str]:
    return shown(check, fenced("sql", ";\n".join(statements)))


def in_python(statement: str) -> list[str]:
    return shown(check, fenced("python", f't.execute_sql("""\n{statement}\n""")'))


def test_what_flink_takes_is_silent() -> None:
    assert in_sql(table(OPTIONS), table(UPSERT, KEY)) == []
    assert in_python(table(OPTIONS)) == []
    assert in_sql(table({**OPTIONS, "format": "debezium-json"}, KEY)) == []
    assert in_sql(table({**OPTIONS, "value.format": "json"}, without="format")) == []
    assert in_sql(table({**OPTIONS, "topic-pattern": "o.*"}, without="topic")) == []
    assert in_sql(table(OPTIONS, "a TIMESTAMP(3)", "WATERMARK FOR a AS a")) == []
    assert in_sql("CREATE VIEW v AS SELECT 1", table(OPTIONS, "WATERMARK FOR a AS a")) == []
    assert in_sql("CREATE VIEW v AS SELECT 1 -- WATERMARK FOR") == []


def test_options_that_flink_knows_or_that_may_be_a_vendors_are_silent() -> None:
    more = {"scan.startup.mode": "timestamp", "scan.startup.timestamp-millis": "0", "sink.parallelism": "2"}
    assert in_sql(table({**OPTIONS, **more, "json.ignore-parse-errors": "true", "key.fields": "id"})) == []
    assert in_sql(table({**OPTIONS, "properties.group.idd": "a", "vendor.mode": "b"})) == []
    assert in_sql(table({**OPTIONS, "scan.startup.mode": "{mode}", "scan.bounded.mode": "${mode}"})) == []
    assert (
        in_sql(table({**UPSERT, "sink.buffer-flush.interval": "1s", "scan.bounded.mode": "unbounded"}, KEY))
        == []
    )
    assert in_sql(table({"connector": "postgres-cdc", "scan.startup.mode": "initial"})) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {**OPTIONS, "scan.startup.mode": "earliest"},
            (
                "Flink does not accept `earliest` for `scan.startup.mode`; it accepts `earliest-offset`, "
                "`latest-offset`, `group-offsets`, `timestamp`, `specific-offsets`"
            ),
        ),
        (
            {**OPTIONS, "scan.startup.mod": "earliest-offset"},
            "the connector `kafka` has no option `scan.startup.mod`: did you mean `scan.startup.mode`?",
        ),
        (
            {**UPSERT, "scan.startup.mode": "earliest-offset"},
            "`upsert-kafka` has no `scan.startup.mode`: it always reads from the beginning; delete it",
        ),
    ],
)
def test_options_that_flink_refuses(options: dict[str, str], message: str) -> None:
    key = [KEY] if options["connector"] == "upsert-kafka" else []
    (report,) = reports(check, fenced("sql", table(options, *key)))
    assert report.message == message


def test_other_connectors_and_languages_are_silent() -> None:
    assert in_sql(table({"connector": "jdbc", "url": "jdbc:x"}, KEY)) == []
    assert in_sql("CREATE TABLE t (id INT PRIMARY KEY)") == []
    assert shown(check, fenced("text", table({"connector": "kafka"}, KEY))) == []


@pytest.mark.parametrize("more", ["...", "{columns}", "-- …\n  ..."])
def test_what_is_left_out_is_silent(more: str) -> None:
    assert in_sql(table({"connector": "kafka"}, more)) == []
    assert in_sql(table({"connector": "kafka"}) + " LIKE other") == []


@pytest.mark.parametrize(
    "code",
    [
        """ddl = "CREATE TABLE %s (a INT) WITH ('connector' = 'kafka', %s)" % (name, more)""",
        """ddl = "CREATE TABLE t (a INT) WITH ('connector' = 'kafka', " + more + ")" """,
        """t.execute_sql("CREATE VIEW v AS SELECT 1")\nprint("no WATERMARK FOR a view")""",
    ],
)
def test_what_code_puts_together_is_silent(code: str) -> None:
    assert shown(check, fenced("python", code)) == []


def test_texts_and_comments_end_nothing() -> None:
    assert in_sql(table({"connector": "kafka", **OPTIONS, "topic": "a;b"})) == []
    assert in_sql(table(OPTIONS, "-- here; CREATE \n  a INT")) == []
    assert in_sql("CREATE VIEW v AS SELECT 'WATERMARK FOR' AS a") == []
    assert in_sql(table({**OPTIONS, "topic": "a;b"}, KEY)) == ["PRIMARY KEY"]
    lines = "t.execute_sql(\n    \"CREATE TABLE t (a INT) WITH (\"\n    \"'connector' = 'kafka')\"\n)"
    assert shown(check, fenced("python", lines)) == ["'connector' = 'kafka'"] * 3


def test_a_key_that_the_format_cannot_keep() -> None:
    assert in_sql(table(OPTIONS, KEY)) == ["PRIMARY KEY"]
    assert in_python(table({**OPTIONS, "format": "csv"}, KEY)) == ["PRIMARY KEY"]
    assert in_sql(table(OPTIONS, f"-- {KEY}")) == []
    assert in_sql(table(OPTIONS, KEY, what="TEMPORARY TABLE").lower()) == ["primary key"]


@pytest.mark.parametrize("name", ["topic", "properties.bootstrap.servers", "format"])
def test_options_that_are_missing(name: str) -> None:
    text = fenced("sql", table(OPTIONS, without=name))
    (report,) = reports(check, text)
    assert report.message == f"`{name}` is missing: Flink rejects a `kafka` table without it"
    assert text[report.span.start : report.span.end] == "'connector' = 'kafka'"


def test_an_upsert_needs_a_key_and_its_formats() -> None:
    assert in_sql(table(UPSERT)) == ["'connector' = 'upsert-kafka'"]
    assert len(in_sql(table({**OPTIONS, "connector": "upsert-kafka"}, KEY))) == 2


def test_a_view_has_no_watermark() -> None:
    view = "CREATE VIEW v AS SELECT a, WATERMARK FOR a AS a - INTERVAL '5' SECOND FROM t"
    assert in_sql(table(OPTIONS), view, table(OPTIONS)) == ["WATERMARK FOR"]
    assert in_python(view) == ["WATERMARK FOR"]


def test_one_that_is_shown_wrong_is_intended() -> None:
    text = "{/* check: wrong */}\n```sql\n" + table(OPTIONS, KEY) + "\n```\n"
    assert shown(check, text) == ["PRIMARY KEY~"]
