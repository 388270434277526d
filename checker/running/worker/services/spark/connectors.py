"""Which of Spark's connectors a lab has, as files in a folder; the others Spark would download."""

from collections.abc import Iterable, Sequence

# Formats that come with no Spark, and a part of the name of the jar that has each.
FORMATS = {
    "avro": "spark-avro",
    "bigquery": "spark-bigquery",
    "cassandra": "spark-cassandra-connector",
    "delta": "delta",
    "hudi": "hudi",
    "iceberg": "iceberg",
    "kafka": "spark-sql-kafka",
    "mongodb": "mongo-spark-connector",
    "org.apache.spark.sql.cassandra": "spark-cassandra-connector",
    "snowflake": "snowflake",
}
KAFKA = "kafka"
# Where a sandbox shows the folder.
JARS = "/run/lab/jars"


class Connectors:
    """The jars of a lab, by the names of their files."""

    def __init__(self, jars: Sequence[str]) -> None:
        self._jars = jars

    def __bool__(self) -> bool:
        return bool(self._jars)

    def has_format(self, name: str) -> bool:
        """Is there what a data source of this name needs? What is not known to need anything does not."""
        wanted = FORMATS.get(name.lower())
        return wanted is None or any(wanted in jar for jar in self._jars)

    def missing(self, packages: str) -> list[str]:
        """Of Maven's coordinates, as `spark.jars.packages` lists them, those of which no jar is here.

        The connector for Kafka is not missed: what stands in for it reads and writes the same.
        """
        wanted = [each.strip() for each in packages.split(",") if each.strip()]
        return [each for each in wanted if not self._has_artifact(each) and FORMATS[KAFKA] not in each]

    def _has_artifact(self, coordinates: str) -> bool:
        _, _, rest = coordinates.partition(":")
        name = rest.replace(":", "-")
        return bool(name) and any(jar == f"{name}.jar" for jar in self._jars)


def listed(names: Iterable[str]) -> str:
    """Names as code, for a sentence."""
    return ", ".join(f"`{each}`" for each in names)
