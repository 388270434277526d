"""What cells need of Spark, silent cases first."""

import pytest

from tests.analysis.lessons import of_blocks

SESSION = "from pyspark.sql import SparkSession\nspark = SparkSession.builder.appName('a').getOrCreate()"


def services(*codes: str) -> list[tuple[str, tuple[str, ...]]]:
    """The services that the last block needs, with their hosts."""
    wants = of_blocks(*codes).needs[len(codes) - 1].wants
    return [(want.need.name, want.hosts) for want in wants if want.need.kind == "service"]


NOTHING = {
    "functions": ("from pyspark.sql.functions import col\ncol('a')",),
    "a builder alone": ("from pyspark.sql import SparkSession\nbuilder = SparkSession.builder",),
    "another library's": ("from shelf import Shelf\nShelf.builder.getOrCreate()",),
    "a text": ("'{}'.format('kafka')",),
    "a text that is read": ("text = open('a').read()\ntext.format('kafka')",),
    "another format": (SESSION, "spark.readStream.format('rate').load()"),
    "a sink": (SESSION, "spark.range(3).write.format('parquet').save('a')"),
    "a format that is not known": (SESSION, "spark.read.format(kind).load()"),
    "a form of address": (SESSION, "spark.read.load('kafka')"),
}


@pytest.mark.parametrize("codes", NOTHING.values(), ids=NOTHING)
def test_nothing_is_needed(codes: tuple[str, ...]) -> None:
    assert services(*codes) == []


STARTS = {
    "a session": (SESSION,),
    "a long chain": (SESSION.replace(".get", ".config('a', 'b').config('c', 'd').master('local[*]').get"),),
    "by its module": ("import pyspark\npyspark.sql.SparkSession.builder.getOrCreate()",),
    "a context": ("from pyspark import SparkContext\nSparkContext('local')",),
}


@pytest.mark.parametrize("codes", STARTS.values(), ids=STARTS)
def test_spark_is_needed_where_it_is_started(codes: tuple[str, ...]) -> None:
    assert services(*codes) == [("spark", ())]


READ = "frame = spark.readStream.format('kafka'){}.option('subscribe', 'a').load().select('value')"
KAFKA = {
    "a host": (READ.format(".option('kafka.bootstrap.servers', 'kafka:9092')"), ("kafka:9092",)),
    "two hosts": (READ.format(".option('kafka.bootstrap.servers', 'a:1, b:2')"), ("a:1", "b:2")),
    "a name for it": (
        f"at = 'kafka:9092'\n{READ.format('.option(`kafka.bootstrap.servers`, at)')}",
        ("kafka:9092",),
    ),
    "an unknown host": (READ.format(".options(**settings)"), ()),
    "a step at a time": ("reader = spark.read.format('kafka')\nreader.load()", ()),
    "a sink": ("frame.writeStream.format('kafka').option('topic', 'a').start()", ()),
}


@pytest.mark.parametrize(("code", "hosts"), KAFKA.values(), ids=KAFKA)
def test_kafka_is_needed_where_it_is_read_or_written(code: str, hosts: tuple[str, ...]) -> None:
    assert services(SESSION, code.replace("`", "'")) == [("kafka", hosts)]
