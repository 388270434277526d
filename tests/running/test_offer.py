"""What of a lab is there for a block, and what is said where it is not."""

import pytest

from checker.model import BlockPlan
from checker.running.lab import KafkaLab, Lab, PostgresLab, RegistryLab, SparkLab
from checker.running.plan import plan_lesson
from tests.analysis.lessons import analysis, fenced

SERVER = PostgresLab(
    hosts=("db:5432", "localhost:5433"), programs="/usr/lib/postgresql/15/bin", version="15.1"
)
LAB = Lab(KafkaLab(), SERVER, RegistryLab(), SparkLab(java="/usr/lib/jvm/java-17", version="17.0.1"))

CONNECT = "import psycopg2\npsycopg2.connect({})"
ENGINE = "from sqlalchemy import create_engine\ncreate_engine('{}')"
REGISTRY = (
    "from confluent_kafka.schema_registry import SchemaRegistryClient\nSchemaRegistryClient({{'url': '{}'}})"
)
SPARK = "from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()"
STREAM = f"{SPARK}\nspark.readStream.format('kafka').option('kafka.bootstrap.servers', '{{}}').load()"


def last(*codes: str, lab: Lab = LAB) -> BlockPlan:
    return plan_lesson(analysis(fenced(*codes)), has_package=lambda _: True, lab=lab)[-1]


THERE = {
    "by its name": CONNECT.format("host='db'"),
    "by its port": CONNECT.format("host='localhost', port=5433"),
    "by a text": CONNECT.format("'host=127.0.0.1 port=5433 dbname=shop'"),
    "by a URL": ENGINE.format("postgresql+psycopg2://u:p@db/shop"),
    "by what is not written out": "import psycopg2\npsycopg2.connect()",
    "a registry": REGISTRY.format("http://schema-registry:8081"),
    "spark": SPARK,
    "kafka for spark": STREAM.format("kafka:9092"),
}


@pytest.mark.parametrize("code", THERE.values(), ids=THERE)
def test_what_is_in_the_lab_is_there(code: str) -> None:
    assert last(code).runs


ELSEWHERE = {
    "another host": (CONNECT.format("host='other'"), "the one in the sandbox is at db:5432, localhost:5433"),
    "another port": (CONNECT.format("host='localhost'"), "[services.postgresql] hosts"),
    "another registry": (REGISTRY.format("http://other:8081"), "[services.schema-registry] hosts"),
    "another broker": (STREAM.format("other:9092"), "[services.kafka] hosts"),
    "another database": (ENGINE.format("mysql://u:p@db/shop"), "a database at db"),
}


@pytest.mark.parametrize(("code", "words"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_elsewhere_is_not(code: str, words: str) -> None:
    found = last(code)
    assert (found.kind, found.runs) == ("needs-service", False)
    assert words in found.reason


ADVICE = {
    "postgresql": (CONNECT.format("host='db'"), "with [services.postgresql] in the configuration"),
    "registry": (REGISTRY.format("http://r:1"), "with [services.schema-registry] in the configuration"),
    "spark": (SPARK, "with [services.spark] in the configuration, the sandbox runs it in local mode"),
}


@pytest.mark.parametrize(("code", "words"), ADVICE.values(), ids=ADVICE)
def test_a_service_that_is_not_declared_is_named(code: str, words: str) -> None:
    found = last(code, lab=Lab())
    assert (found.kind, found.runs) == ("needs-service", False)
    assert words in found.reason


def test_what_the_machine_has_not_is_named_with_the_command_that_gets_it() -> None:
    lab = Lab(postgresql=PostgresLab(), spark=SparkLab())
    assert "sudo apt-get install postgresql" in last(CONNECT.format("host='postgres'"), lab=lab).reason
    assert "sudo apt-get install default-jre-headless" in last(SPARK, lab=lab).reason


def test_an_own_folder_of_the_lab_is_there_but_empty() -> None:
    lab = Lab(folders=("/srv/data",))
    assert last("import os\nos.listdir('/srv/data')", lab=lab).runs
    assert last("import os\nos.listdir('/srv')", lab=lab).runs
    assert last("open('/srv/data/a.csv').read()", lab=lab).kind == "needs-data"
    assert last("import os\nos.listdir('/srv/other')", lab=lab).kind == "needs-data"
