"""The Spark connectors of a lab, as files in a folder; Spark would download any others."""

from collections.abc import Iterable, Sequence

# Formats that need a connector, and a part of the name of its jar.
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
    """The jars of a lab, by file name."""

    def __init__(self, jars: Sequence[str]) -> None:
        self._jars = jars

    def __bool__(self) -> bool:
        return bool(self._jars)

    def has_format(self, name: str) -> bool:
        """Whether a data source of this name has the jar it needs.

        True for names that are not known to need one.
        """
        wanted = FORMATS.get(name.lower())
        return wanted is None or any(wanted in jar for jar in self._jars)

    def missing(self, packages: str) -> list[str]:
        """The Maven coordinates in `packages` for which there is no jar.

        The connector for Kafka is never missing, because our own source replaces it.
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
