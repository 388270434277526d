"""Lessons that use Spark, where there is Java and an interpreter with pyspark: our own, or SPARK_PYTHON.

Elsewhere they are skipped, in a gate as well: Spark has 400 MB.
"""

import os
from collections.abc import Iterator

import pytest

from checker.running.engine import Engine
from checker.running.environment import Packages
from checker.running.interpreter import Interpreter, find_interpreter, own_interpreter
from checker.running.job import Limits
from checker.running.lab import KafkaLab, Lab, Message, SparkLab, Topic
from checker.running.services.equipment import equipped
from checker.running.services.java import find_java
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox

NAMED = os.environ.get("SPARK_PYTHON")


def interpreter() -> Interpreter:
    return find_interpreter(NAMED) if NAMED else own_interpreter()


pytestmark = [
    needs_sandbox,
    pytest.mark.skipif(not Packages(interpreter()).has("pyspark"), reason="pyspark is not installed"),
    pytest.mark.skipif(find_java() is None, reason="there is no Java"),
]
ORDERS = tuple(Message(str(n).encode(), b'{"id": %d, "total": 2.5}' % n) for n in range(8))
LAB = Lab(
    kafka=KafkaLab(topics=(Topic("orders", 2, ORDERS), Topic("copies"))),
    spark=SparkLab(hosts=("spark:7077",)),
    folders=("/data",),
)
START = """
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

spark = SparkSession.builder.master("spark://spark:7077").appName("a").getOrCreate()
spark.createDataFrame([(1, "a"), (2, "b")], ["id", "name"]).count()
"""
READ = """
orders = (
    spark.readStream.format("kafka").option("kafka.bootstrap.servers", "kafka:9092")
    .option("subscribe", "orders").option("startingOffsets", "earliest").load()
)
query = (
    orders.select(col("key"), col("value")).writeStream.format("kafka")
    .option("kafka.bootstrap.servers", "kafka:9092").option("topic", "copies")
    .option("checkpointLocation", "/data/checkpoint").start()
)
"""
COUNT = """
copies = spark.read.format("kafka").option("kafka.bootstrap.servers", "kafka:9092")
copies.option("subscribe", "copies").load().count()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(Limits(), workers=1, lab=equipped(LAB), interpreter=interpreter()) as engine:
        yield engine


def test_streams_go_from_kafka_to_kafka_and_are_ended_when_they_are_drained(engine: Engine) -> None:
    found = outcomes(
        engine,
        lesson(
            START,
            READ,
            "query.awaitTermination()",
            COUNT,
            "spark.read.parquet('/data/none')",
            "spark.read.format('delta').load('/data/none')",
            "spark.createDataFrame([(1,)], ['id']).select('nope')",
            services=("kafka", "spark"),
            timeout=120.0,
            interrupt=100.0,
            drained=True,
            may_fail=True,
        ),
    )
    kinds = [each.kind for each in found]
    assert kinds == ["passed", "passed", "interrupted", "passed", "skipped", "skipped", "failed"]
    assert found[0].stdout == "2\n"
    assert found[3].stdout == "8\n"
    assert "nothing has written" in found[4].reason
    assert "`delta`" in found[5].reason
    assert "nope" in found[6].reason
