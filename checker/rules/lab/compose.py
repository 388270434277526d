"""Reads services from a compose file: https://docs.docker.com/reference/compose-file/."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from checker.errors import ConfigError
from checker.model import Span
from checker.patterns import regex

# `$$` is a dollar, `${NAME:-word}`, `${NAME-word}`, `${NAME:?word}`, `${NAME:+word}`, `${NAME}`, `$NAME`.
_VARIABLE = regex(
    r"\$\$|\$\{(?P<braced>[A-Za-z_]\w*)(?:(?P<kind>:?[-?+])(?P<word>[^{}]*))?\}|\$(?P<plain>[A-Za-z_]\w*)"
)
_PORT = regex(
    r"(?:(?P<address>\[[^\]]*\]|\d+(?:\.\d+){3}):)?(?:(?P<first>\d*)(?:-(?P<last>\d+))?:)?"
    r"(?P<inner>\d+)(?:-(?P<inner_last>\d+))?(?:/\w+)?"
)
_MOST_PORTS = 1000
# Services defined elsewhere: an unknown name may still be right.
_ELSEWHERE = ("include", "extends")


class Service(Struct, frozen=True):
    """One service; `published` maps the machine's ports to its own; the key is 0 if docker chooses.

    `names` are its host names for containers. `container` is its container's name, "" when compose generates
    one. `words` is its whole description, for what only the service itself understands.
    """

    name: str
    image: str
    container: str
    names: frozenset[str]
    published: Mapping[int, int]
    environment: Mapping[str, str]
    words: str


class Compose(Struct, frozen=True):
    """The services, the unset variables by service, and whether the file is complete."""

    services: Mapping[str, Service] = {}
    unset: Mapping[str, tuple[str, ...]] = {}
    whole: bool = True


def read_compose(text: str, variables: Mapping[str, str], path: str) -> Compose:
    """The services in the text of a compose file. Raises ConfigError when it cannot be read."""

    def place(start: int, end: int) -> Span:
        return Span(path, 1, 1, 1, 1, start, end)  # only its offsets are needed

    # Imported here: most courses have no lab, and the YAML parser is slow to import.
    from checker.reading.yaml_reader import read_yaml

    read = read_yaml(text, place)
    if read.data is None:
        problem = read.problems[0]
        line = text.count("\n", 0, problem.span.start) + 1
        raise ConfigError(f"{path}:{line}: {problem.message}")
    described = read.data.get("services")
    if not isinstance(described, dict):
        raise ConfigError(f"{path} has no table `services`", "`[lab] compose` names a compose file.")
    unset: dict[str, list[str]] = {}
    services = {}
    whole = "include" not in read.data
    for name, table in described.items():
        filler = _Filler(variables)
        filled = filler.fill(table if isinstance(table, dict) else {})
        whole = whole and not any(each in filled for each in _ELSEWHERE)
        services[str(name)] = _service(str(name), filled)
        for variable in filler.unset:
            unset.setdefault(variable, []).append(str(name))
    return Compose(services, {name: tuple(each) for name, each in unset.items()}, whole)


class _Filler:
    """Substitutes variables, and records those that are not set."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.unset: dict[str, None] = {}

    def fill(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): self.fill(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.fill(each) for each in value]
        return _VARIABLE.sub(self._one, value) if isinstance(value, str) else value

    def _one(self, found: re.Match[str]) -> str:
        name = found["braced"] or found["plain"]
        if name is None:
            return "$"
        kind = (found["kind"] or "").lstrip(":")
        if kind == "+":
            return found["word"] if name in self._variables else ""
        if name in self._variables:
            return self._variables[name]
        if kind == "-":
            return found["word"]
        self.unset[name] = None
        return ""


def _service(name: str, table: dict[str, Any]) -> Service:
    container = str(table.get("container_name") or "")
    names = {name, container, str(table.get("hostname") or ""), *_aliases(table)} - {""}
    return Service(
        name=name,
        image=str(table.get("image") or ""),
        container=container,
        names=frozenset(names),
        published=dict(_published(table.get("ports"))),
        environment=dict(_pairs(table.get("environment"))),
        words=" ".join(_words(table)),
    )


def _aliases(table: dict[str, Any]) -> Iterator[str]:
    networks = table.get("networks")
    for each in networks.values() if isinstance(networks, dict) else ():
        aliases = each.get("aliases") if isinstance(each, dict) else None
        yield from map(str, aliases if isinstance(aliases, list) else ())


def _published(ports: Any) -> Iterator[tuple[int, int]]:
    for each in ports if isinstance(ports, list) else ():
        if isinstance(each, dict):
            yield from _one_port(f"{each.get('published') or ''}:{each.get('target') or ''}")
        else:
            yield from _one_port(str(each))


def _one_port(text: str) -> Iterator[tuple[int, int]]:
    found = _PORT.fullmatch(text.lstrip(":"))
    if not found:
        return
    inner = int(found["inner"][:6])
    first = int(found["first"][:6]) if found["first"] else 0
    last = int((found["last"] or "0")[:6]) or first
    for number in range(min(max(last - first, 0) + 1, _MOST_PORTS)):
        yield (first + number if first else 0), inner + number


def _pairs(environment: Any) -> Iterator[tuple[str, str]]:
    if isinstance(environment, dict):
        yield from ((str(name), "" if value is None else str(value)) for name, value in environment.items())
    for each in environment if isinstance(environment, list) else ():
        name, _, value = str(each).partition("=")
        yield name, value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif value is not None:
        yield str(value)
