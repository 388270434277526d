"""What is there for a lesson: packages, services, files; and how to get what is not."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from checker.analysis.needs.want import Want
from checker.running.lab import Lab
from checker.running.worker.services.kafka.hosts import are_hosts_of

# Whose clients the embedded Kafka has been tried with; its own library is what it is made of.
_KAFKA_LIBRARY = "confluent_kafka"


class Offer(Struct, frozen=True):
    """What is there. `services` are names without hosts (environment variables that are set among them)."""

    has_package: Callable[[str], bool]
    services: frozenset[str] = frozenset()
    fixtures: frozenset[str] = frozenset()
    lab: Lab = Lab()

    def lacks(self, want: Want) -> bool:
        """Is this not there?"""
        name = want.need.name
        match want.need.kind:
            case "package":
                return want.never or not (f"{name}.py" in self.fixtures or self.has_package(name))
            case "service":
                return name not in self.services and not self._has_in_lab(want)
            case "data":
                return not any(each == name or each.startswith(f"{name}/") for each in self.fixtures)
        return True

    def advice(self, lacking: Sequence[Want]) -> str:
        """How to get what is lacking, in brackets; empty when nobody knows."""
        if any(want.need.name != "kafka" for want in lacking):
            return ""
        return f" ({self._kafka_advice(lacking[0])})"

    def _has_in_lab(self, want: Want) -> bool:
        kafka = self.lab.kafka
        if want.need.name != "kafka" or kafka is None:
            return False
        return want.library in ("", _KAFKA_LIBRARY) and are_hosts_of(kafka.hosts, want.hosts)

    def _kafka_advice(self, want: Want) -> str:
        if self.lab.kafka is None:
            return "with [services.kafka] in the configuration it finds one in its sandbox"
        if want.library not in ("", _KAFKA_LIBRARY):
            return f"the one in the sandbox is for {_KAFKA_LIBRARY}, and not tried with {want.library}"
        return f"the one in the sandbox is at {', '.join(self.lab.kafka.hosts)}: [services.kafka] hosts"
