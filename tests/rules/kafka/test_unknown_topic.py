"""Topics that are not there, silent cases first."""

import json
from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.kafka.unknown_topic import check
from tests.rules.kafka.lessons import fenced, mended, reports, shown
from tests.rules.kafka.test_connectors import FULL
from tests.rules.lab.labs import lab

COMPOSE = """
services:
  connect:
    image: quay.io/debezium/connect:3.2
    environment:
      OFFSET_STORAGE_TOPIC: connect_offsets
      CONFIG_STORAGE_TOPIC: configs
  other:
    image: confluentinc/cp-kafka-connect:7.8.0
    environment:
      CONNECT_STATUS_STORAGE_TOPIC: connect.status
"""
READ = "kafka-console-consumer --bootstrap-server kafka:9092 --topic {} --from-beginning"


@pytest.fixture
def course(tmp_path: Path) -> Config:
    return lab(tmp_path, {"compose": COMPOSE})


def connector(tables: str = "public.orders", **more: str) -> str:
    config = {**FULL, "table.include.list": tables, **{k.replace("_", "."): v for k, v in more.items()}}
    return fenced("json", json.dumps({"name": "shop", "config": config}))


def found(text: str, tables: str = "public.orders", **more: str) -> list[str]:
    return shown(check, connector(tables, **more) + text)


def reading(topic: str) -> str:
    return fenced("bash", READ.format(topic))


@pytest.mark.parametrize(
    "name",
    ["connect_offsets", "configs", "connect.status", "connect-offsets-2", "offsets", "$TOPIC", "<name>"],
)
def test_the_lab_s_topics_and_other_names_are_silent(course: Config, name: str) -> None:
    assert shown(check, reading(name), course) == []


def test_without_a_lab_nothing_is_known(course: Config) -> None:
    assert shown(check, reading("connect-offsets")) == []
    own = fenced("yaml", "environment:\n  OFFSET_STORAGE_TOPIC: connect-offsets")
    assert shown(check, own + reading("connect-offsets"), course) == []
    worker = fenced("properties", "offset.storage.topic = connect-offsets")
    assert shown(check, worker + reading("connect-offsets"), course) == []
    assert shown(check, "Kafka keeps `connect-offsets`, `--topic connect-offsets`.\n", course) == []
    assert shown(check, fenced("json", '{"a": "--topic connect-offsets"}'), course) == []


@pytest.mark.parametrize(
    "made",
    [
        "kafka-topics --bootstrap-server kafka:9092 \\\n  --create \\\n  --topic connect-offsets",
        "kafka-topics --topic connect-offsets \\\n  --create",
        "kafka-console-producer --topic connect-offsets",
        "kafka-topics --create --topic connect-offsets\nkafka-topics --describe --topic connect_offsets",
    ],
)
def test_what_the_lesson_makes_is_there(course: Config, made: str) -> None:
    assert shown(check, fenced("bash", made) + reading("connect-offsets"), course) == []


def test_connect_s_topics_by_another_name(course: Config) -> None:
    text = reading("connect-offsets") + reading("'connect-offsets'") + reading("connect_status")
    assert shown(check, text, course) == ["connect-offsets", "connect-offsets", "connect_status"]
    assert shown(check, fenced("bash", 'OFFSETS_TOPIC="connect-offsets"'), course) == ["connect-offsets"]
    python = fenced("python", "consumer.subscribe(['connect-offsets'])")
    assert shown(check, python, course) == ["connect-offsets"]
    fixed = mended(text, reports(check, text, course))
    assert shown(check, fixed, course) == []


def test_where_it_is_shown_wrong_it_is_intended(course: Config) -> None:
    text = "{/* check: wrong */}\n" + reading("connect-offsets").removeprefix("# A title\n\n")
    assert shown(check, text, course) == ["connect-offsets~"]


@pytest.mark.parametrize(
    "topic",
    ["shop.public.orders", "shop.transaction", "shop", "other.public.orders", "__debezium-heartbeat.shop"],
)
def test_what_a_connector_sends_to_is_silent(topic: str) -> None:
    assert found(reading(topic)) == []


@pytest.mark.parametrize("tables", ["public.*", "public\\.orders_.*", "", "orders"])
def test_patterns_of_tables_are_left_alone(tables: str) -> None:
    assert found(reading("shop.public.users"), tables) == []


def test_connectors_that_send_elsewhere_are_left_alone() -> None:
    users = reading("shop.public.users")
    route = {"transforms": "r", "transforms_r_type": "org.apache.kafka.connect.transforms.RegexRouter"}
    assert found(users, **route) == []
    assert found(users, transforms="r", transforms_r_type="com.example.Other") == []
    assert found(users, connector_class="io.debezium.connector.jdbc.JdbcSinkConnector") == []
    elided = connector().replace('"topic.prefix"', '..., "topic.prefix"')
    assert shown(check, elided + users) == []
    excerpt = fenced("json", '{"topic.prefix": "shop", "table.include.list": "public.orders"}')
    assert shown(check, connector() + excerpt + users) == []
    assert found(fenced("bash", "curl http://registry:8081/subjects/shop.public.users/versions")) == []
    assert found(fenced("bash", "kafka-topics --create --partitions 1") + reading("shop.public.orders")) == []


@pytest.mark.parametrize(
    "code",
    [
        fenced("python", 'admin.create_topics([NewTopic("shop.public.users", 3)])'),
        fenced("python", 'producer.produce("shop.public.users", b"{}")'),
        fenced("python", 'out.option("topic", "shop.public.users").start()'),
        fenced("sql", "CREATE STREAM s WITH (KAFKA_TOPIC = 'shop.public.users')"),
        fenced(
            "sql", "CREATE TABLE a (b INT);\nCREATE TABLE users (a INT) WITH ('topic' = 'shop.public.users')"
        )
        + fenced("sql", "INSERT INTO users SELECT 1"),
        fenced("python", 't(\'CREATE TABLE u (a INT) WITH ("topic" = "shop.public.users")\')')
        + fenced("python", 'table.execute_insert("u")'),
        fenced("json", json.dumps({**FULL, "notification.sink.topic.name": "shop.public.users"})),
        fenced("bash", 'jq \'."table.include.list" = "public.orders,public.users"\''),
    ],
)
def test_what_is_written_or_added_elsewhere_is_silent(code: str) -> None:
    assert found(code + reading("shop.public.users")) == []


@pytest.mark.parametrize(
    "topic",
    ["shop.public.orders.dlq", "shop.public.orders-retry", "shop.totals-changelog", "shop.notifications"],
)
def test_what_is_not_named_as_tables_are_is_silent(topic: str) -> None:
    assert found(reading(topic)) == []


def test_what_only_reads_it_makes_no_topic() -> None:
    sink = {
        "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
        "topics": "shop.inventory.orders",
    }
    text = fenced("json", json.dumps(sink)) + reading("shop.inventory.orders") + reading("shop.orders")
    assert found(text) == ["shop.inventory.orders!", "shop.orders!"]


def test_names_as_the_connector_makes_them() -> None:
    assert found(reading("shop.public.______"), "public.Заказы") == []
    sql_server = {
        "database_names": "one,two",
        "connector_class": "io.debezium.connector.sqlserver.SqlServerConnector",
    }
    assert found(reading("shop.two.dbo.orders"), "dbo.orders", **sql_server) == []
    assert found(reading("shop.dbo.orders"), "dbo.orders", **sql_server) == ["shop.dbo.orders!"]


@pytest.mark.parametrize(
    "code",
    [
        fenced("bash", READ.format("shop.inventory.orders")),
        fenced("bash", "curl http://registry:8081/subjects/shop.inventory.orders-value/versions"),
        fenced("python", 'consumer.subscribe(["shop.inventory.orders"])'),
        fenced("python", 'stream.option("subscribe", "shop.inventory.orders")'),
        fenced("sql", "CREATE TABLE a (b INT) WITH ('topic' = 'shop.inventory.orders')"),
    ],
)
def test_a_topic_that_no_connector_sends_to(code: str) -> None:
    assert found(code) == ["shop.inventory.orders!"]


def test_it_is_told_once_with_what_was_meant() -> None:
    twice = reading("shop.inventory.orders") * 2
    (report,) = reports(check, connector("public\\.orders,public.users") + twice)
    assert report.message == (
        "no connector in this lesson writes to `shop.inventory.orders`: did you mean `shop.public.orders`?"
    )
    other = connector("public.users") + reading("shop.public.carts") + reading("shop.public.users")
    (report,) = reports(check, connector() + other)
    assert report.message.endswith("; the lesson captures `public.orders`, `public.users`")
    unwrap = {"transforms": "u,", "transforms_u_type": "io.debezium.transforms.ExtractNewRecordState"}
    assert found(reading("shop.public.users"), **unwrap) == ["shop.public.users!"]
    old = connector().replace("topic.prefix", "database.server.name")
    assert shown(check, old + reading("shop.public.users")) == ["shop.public.users!"]
