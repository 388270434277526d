"""The tables of services: read whole, refused in words."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from checker.config.keys import ConfigKeys
from checker.config.services_keys import DebeziumKeys, FaultKeys, KafkaServiceKeys, MixKeys, TopicKeys
from checker.config.table import to_keys
from checker.errors import ConfigError
from checker.resources import schema_file

FULL = """
[services.kafka]
hosts = ["broker-1.lab:9092", "localhost:29092"]

[[services.kafka.topics]]
name = "inventory.public.orders"
partitions = 3
file = "topics/orders.jsonl"

[[services.kafka.topics]]
name = "shop.shop.customers"

[services.kafka.topics.debezium]
connector = "mysql"
table = "shop.customers"
columns = { id = "int primary key", email = "varchar(100) not null" }
rows = [{ id = 1, email = "ada@example.org" }]
mix = { r = 1, c = 3, u = 2, d = 1 }
tombstones = false
replica-identity = "full"
schema = false
unwrap = { add-fields = ["op", "table"], deletes = "rewrite" }

[[services.kafka.faults]]
lessons = "lessons/**/restart.mdx"
after = "1s"
lasts = "500ms"

[[services.kafka.faults]]
request = "Produce"
error = "REQUEST_TIMED_OUT"
count = 3

[services.postgresql]
hosts = ["postgres:5432"]
database = "inventory"
user = "student"
password = "secret"
init = ["labs/init.sql"]
"""


def keys(text: str) -> ConfigKeys:
    return to_keys(tomllib.loads(text), ConfigKeys, "coursecheck.toml")


def test_there_is_no_service_unless_it_has_a_table() -> None:
    assert (keys("").services.kafka, keys("").services.postgresql) == (None, None)


def test_an_empty_table_is_a_service_with_the_usual_names() -> None:
    services = keys("[services.kafka]\n[services.postgresql]").services
    assert services.kafka == KafkaServiceKeys(("kafka:9092", "localhost:9092"), None, (), ())
    assert services.postgresql is not None
    assert services.postgresql.hosts == ("postgres:5432", "localhost:5432")


def test_a_table_alone_makes_a_topic() -> None:
    services = keys("[[services.kafka.topics]]\nname = 'a'\ndebezium = { table = 'public.a' }").services
    assert services.kafka is not None
    assert services.kafka.topics == (TopicKeys("a", debezium=DebeziumKeys("public.a")),)


def test_every_key_is_read() -> None:
    services = keys(FULL).services
    assert services.kafka is not None
    first, second = services.kafka.topics
    assert (first.name, first.partitions, first.file) == (
        "inventory.public.orders",
        3,
        "topics/orders.jsonl",
    )
    made = second.debezium
    assert made is not None
    assert (made.connector, made.mix, made.tombstones) == ("mysql", MixKeys(1, 3, 2, 1), False)
    assert made.rows == ({"id": 1, "email": "ada@example.org"},)
    assert made.unwrap is not None
    assert services.kafka.faults == (
        FaultKeys("lessons/**/restart.mdx", "1s", "500ms"),
        FaultKeys(request="Produce", error="REQUEST_TIMED_OUT", count=3),
    )
    assert services.postgresql is not None
    assert services.postgresql.init == ("labs/init.sql",)


def test_the_published_schema_allows_it() -> None:
    published = json.loads(Path(schema_file("config.schema.json")).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(published).validate(tomllib.loads(FULL))


TOPIC = "[[services.kafka.topics]]\nname = 'a'\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[services.kafk]", "services.kafk: there is no such key; did you mean kafka?"),
        ("[services.kafka]\nhost = []", "services.kafka.host: there is no such key; did you mean hosts?"),
        ("[services.kafka]\nhosts = ['a b']", "services.kafka.hosts[0]: expected text such as 'kafka:9092'"),
        ("[services.kafka]\nhosts = ['kafka']", "services.kafka.hosts[0]: expected text such as"),
        ('[services.kafka]\nhosts = ["a:1\\n"]', "services.kafka.hosts[0]: expected text such as"),
        ('[services.kafka]\nbootstrap = "a:1 b:2"', "services.kafka.bootstrap: expected text such as"),
        ("[[services.kafka.topics]]\nname = 'a b'", "services.kafka.topics[0].name: expected text such as"),
        ("[[services.kafka.topics]]\npartitions = 3", "services.kafka.topics[0].name is missing"),
        (TOPIC + "fil = 1", "services.kafka.topics[0].fil: there is no such key; did you mean file?"),
        (TOPIC + "partitions = 0", "services.kafka.topics[0].partitions: expected a whole number >= 1"),
        (
            TOPIC + "debezium = { tabel = 'x' }",
            "services.kafka.topics[0].debezium.tabel: there is no such key; did you mean table?",
        ),
        (
            TOPIC + "debezium = { table = 'x', connector = 'oracle' }",
            "services.kafka.topics[0].debezium.connector: 'oracle' is none of postgresql, mysql",
        ),
        (
            TOPIC + "debezium = { table = 'x', rows = 'many' }",
            "services.kafka.topics[0].debezium.rows is 'many'; expected a whole number or a list",
        ),
        (
            TOPIC + "debezium = { table = 'x', mix = { x = 1 } }",
            "services.kafka.topics[0].debezium.mix.x: there is no such key",
        ),
        (
            TOPIC + "debezium = { table = 'x', unwrap = { add-fields = ['ops'] } }",
            "services.kafka.topics[0].debezium.unwrap.add-fields[0]: 'ops' is none of op, table",
        ),
        (
            "[[services.kafka.faults]]\nrequest = 'a b'",
            "services.kafka.faults[0].request: expected text such as 'Produce'",
        ),
        ("[run]\ntier = 'none'", "run.tier: 'none' is none of namespaces, bubblewrap, landlock"),
    ],
)
def test_what_is_wrong_is_named_with_its_key_and_what_is_wanted(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        keys(text)
    assert str(caught.value).startswith(f"coursecheck.toml: {message}")


@pytest.mark.parametrize("name", ["/data", "/data/lake", "/opt/x-1.0", "/mnt", "/homework"])
def test_folders_of_a_lab_are_paths_of_their_own(name: str) -> None:
    assert to_keys({"run": {"folders": [name]}}, ConfigKeys, "coursecheck.toml").run.folders == (name,)


@pytest.mark.parametrize(
    "name",
    [
        "data",
        "/",
        "/usr/x",
        "/etc",
        "/home/a",
        "/tmp/x",
        "/proc",
        "/a/../etc",
        "/a//b",
        "/a/",
        "/.x",
        "/a\n",
        "",
    ],
)
def test_folders_that_are_the_system_s_or_no_paths_are_refused(name: str) -> None:
    with pytest.raises(ConfigError):
        to_keys({"run": {"folders": [name]}}, ConfigKeys, "coursecheck.toml")
