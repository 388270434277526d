"""What a lesson can use here: packages, services, files; and how to get what is missing."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from checker.analysis.needs.want import Want
from checker.running.lab import Lab

# The embedded Kafka is made of this package's library, and tried with its clients.
_KAFKA_LIBRARY = "confluent_kafka"
_KAFKA_LIBRARIES = (_KAFKA_LIBRARY, "pyspark")
_POSTGRESQL_PORT, _HTTP_PORT = "5432", "80"


class Offer(Struct, frozen=True):
    """What is available. `services` are names without hosts, including environment variables that are set."""

    has_package: Callable[[str], bool]
    services: frozenset[str] = frozenset()
    fixtures: frozenset[str] = frozenset()
    lab: Lab = Lab()

    @property
    def runs_sql(self) -> bool:
        """Whether SQL blocks are to be run and there is a server that runs them."""
        server = self.lab.postgresql
        return server is not None and server.runs_sql and bool(server.programs)

    def lacks(self, want: Want) -> bool:
        """Whether this is not available."""
        name = want.need.name
        match want.need.kind:
            case "package":
                return want.never or not (f"{name}.py" in self.fixtures or self.has_package(name))
            case "service":
                return name not in self.services and not self._has_in_lab(want)
            case "data":
                there = (*self.fixtures, *self.lab.folders)
                return not any(each == name or each.startswith(f"{name}/") for each in there)
        return True

    def advice(self, lacking: Sequence[Want]) -> str:
        """How to get what is missing, in brackets; empty when that is not known."""
        if len({want.need.name for want in lacking}) != 1:
            return ""
        advise = {
            "kafka": self._kafka_advice,
            "postgresql": self._postgresql_advice,
            "schema-registry": self._registry_advice,
            "spark": self._spark_advice,
        }.get(lacking[0].need.name)
        return f" ({advise(lacking[0])})" if advise else ""

    def _has_in_lab(self, want: Want) -> bool:
        match want.need.name:
            case "kafka" if kafka := self.lab.kafka:
                return want.library in ("", *_KAFKA_LIBRARIES) and _are_hosts_of(kafka.hosts, want.hosts)
            case "postgresql" if server := self.lab.postgresql:
                return bool(server.programs) and _are_hosts_of(server.hosts, want.hosts, _POSTGRESQL_PORT)
            case "schema-registry" if registry := self.lab.schema_registry:
                return _are_hosts_of(registry.hosts, want.hosts, _HTTP_PORT)
            case "spark" if spark := self.lab.spark:
                return bool(spark.java)
        return False

    def _postgresql_advice(self, _: Want) -> str:
        if self.lab.postgresql is None:
            return "with [services.postgresql] in the configuration, the sandbox provides one"
        if not self.lab.postgresql.programs:
            return "this machine has no PostgreSQL: sudo apt-get install postgresql"
        hosts = ", ".join(self.lab.postgresql.hosts)
        return f"the one in the sandbox is at {hosts}: [services.postgresql] hosts"

    def _registry_advice(self, _: Want) -> str:
        if self.lab.schema_registry is None:
            return "with [services.schema-registry] in the configuration, the sandbox provides one"
        hosts = ", ".join(self.lab.schema_registry.hosts)
        return f"the one in the sandbox is at {hosts}: [services.schema-registry] hosts"

    def _spark_advice(self, _: Want) -> str:
        if self.lab.spark is None:
            return "with [services.spark] in the configuration, the sandbox runs it in local mode"
        return "this machine has no Java: sudo apt-get install default-jre-headless"

    def _kafka_advice(self, want: Want) -> str:
        if self.lab.kafka is None:
            return "with [services.kafka] in the configuration, the sandbox provides one"
        if want.library not in ("", *_KAFKA_LIBRARIES):
            return f"the one in the sandbox is for {_KAFKA_LIBRARY}, and untested with {want.library}"
        return f"the one in the sandbox is at {', '.join(self.lab.kafka.hosts)}: [services.kafka] hosts"


def _are_hosts_of(known: Sequence[str], hosts: Sequence[str], port: str = "") -> bool:
    # Imported here because most courses have no services.
    from checker.running.worker.services.kafka.hosts import are_hosts_of

    return are_hosts_of(known, hosts, port) if port else are_hosts_of(known, hosts)
