"""Which of a lesson's addresses lead nowhere in the lab."""

import re
from collections.abc import Iterator

from checker.model import Lesson
from checker.patterns import regex
from checker.rules.lab.addresses import Address, addresses
from checker.rules.lab.compose import Service
from checker.rules.lab.declared import Declared
from checker.rules.lab.drift import Drift
from checker.rules.lab.names import near_name
from checker.rules.lab.reading import Lab

_LOCAL = frozenset({"localhost", "127.0.0.1"})
# `PLAINTEXT://kafka:9092`: https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners.
_ADVERTISED = regex(r"ADVERTISED_LISTENERS\Z", re.IGNORECASE)
_LISTENER = regex(r"\w+://([^:,\s]*):(\d+)")
_OUTSIDE = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", ""})  # noqa: S104 - names to look for
_IN_PROSE = regex(r"`localhost:(\d{4,5})`")
# Names that examples use as placeholders.
_EXAMPLES = frozenset({
    "address", "broker", "database", "db", "example", "host", "hostname", "http", "id", "line", "myhost",
    "port", "ports", "server", "version", "year",
})  # fmt: skip


def wrong_addresses(lesson: Lesson, lab: Lab, declared: Declared) -> Iterator[Drift]:
    """One drift for each address, at its first occurrence in the lesson."""
    if lab.compose is None or not lab.compose.whole:
        return
    seen: set[tuple[str, int, str]] = set()
    for each in addresses(lesson):
        key = (each.host, each.port, each.asker)
        if key not in seen and (drift := _of(each, lab, declared)):
            seen.add(key)
            yield drift
    yield from _in_prose(lesson, lab)


def _of(address: Address, lab: Lab, declared: Declared) -> Drift | None:
    if address.host in _LOCAL:
        return _local(address, lab, declared)
    if declared.is_elsewhere or address.host in declared.names or address.host in _EXAMPLES:
        return None
    service = lab.service_of(address.host)
    if service is None:
        if address.asker == "unknown":
            return None  # a file for some program that may run anywhere
        hint = near_name(address.host, lab.hosts)
        if address.asker == "prometheus" and not (hint.endswith("?") and _has_prometheus(lab)):
            return None  # an exporter that only this lesson mentions
        message = f"{lab.keys.compose} has no service `{address.host}`{hint}"
        return Drift(message, address.span, address.block, "warning")
    if _listens(service, address.port):
        return None
    message = f"{lab.keys.compose} does not show that `{service.name}` listens on {address.port}"
    ports = sorted(set(service.published.values()))
    message += f"; its ports are {', '.join(map(str, ports))}" if ports else ""
    return Drift(message, address.span, address.block, "warning")


def _listens(service: Service, port: int) -> bool:
    """Whether a service may listen on a port: it says so, or does not mention any port."""
    if not service.published:
        return True
    return port in service.published.values() or re.search(rf"(?<!\d){port}(?!\d)", service.words) is not None


def _has_prometheus(lab: Lab) -> bool:
    return any(name.endswith("prometheus") for _, name, _ in lab.images())


def _local(address: Address, lab: Lab, declared: Declared) -> Drift | None:
    if address.asker in {"container", "prometheus"}:
        return None
    broker = next((each for each in lab.services.values() if address.port in each.published), None)
    if broker is not None:
        if address.is_bootstrap and (names := _advertised(broker)):
            message = (
                f"the broker at `localhost:{address.port}` redirects its clients to `{names[0]}`, "
                f"which only containers can reach: {lab.keys.compose} advertises no listener for "
                "this machine"
            )
            return Drift(message, address.span, address.block)
        return None
    if address.asker != "machine" or address.port in declared.ports or declared.starts_server:
        return None
    inside = [
        (each.name, outer)
        for each in lab.services.values()
        for outer, inner in each.published.items()
        if inner == address.port and outer
    ]
    if inside:
        name, outer = inside[0]
        message = (
            f"{lab.keys.compose} publishes port {address.port} of `{name}` as {outer}: write "
            f"`localhost:{outer}`"
        )
        return Drift(message, address.span, address.block)
    if any(not each for service in lab.services.values() for each in service.published):
        return None  # docker chooses some
    message = f"{lab.keys.compose} publishes nothing on port {address.port}"
    return Drift(message, address.span, address.block, "warning")


def _advertised(service: Service) -> list[str]:
    """The addresses that a broker advertises, when only containers can reach them."""
    for name, value in service.environment.items():
        if _ADVERTISED.search(name):
            listeners = _LISTENER.findall(value)
            if listeners and not any(host in _OUTSIDE or "." in host or "$" in host for host, _ in listeners):
                return [f"{host}:{port}" for host, port in listeners]
    return []


def _in_prose(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    """The first recommendation of such a broker's address in the prose."""
    if "`localhost:" not in lesson.text:
        return
    for prose in lesson.prose:
        for found in _IN_PROSE.finditer(lesson.text, prose.start, prose.end):
            port = int(found[1])
            broker = next((each for each in lab.services.values() if port in each.published), None)
            if broker is not None and (names := _advertised(broker)):
                message = (
                    f"the broker at `localhost:{port}` redirects its clients to `{names[0]}`, which "
                    "only containers can reach"
                )
                yield Drift(message, lesson.span(found.start() + 1, found.end() - 1), severity="warning")
                return
