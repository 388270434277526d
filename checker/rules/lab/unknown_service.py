"""A service, container or port that the lab does not have.

## What

With `[lab] compose` in the configuration, these are reported: `docker compose` and `docker` commands that
name something the compose file does not have, ports that it does not publish to this machine, addresses with
an unknown service or port, and a broker whose advertised listeners cannot be reached from outside the
containers. What the lesson sets up itself is not reported, nor are other projects (`-f`, `-p`), clusters and
placeholders.

## Why

The reader gets `no such service` or `connection refused` and thinks that the lab is broken.

## Bad

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
```

```text title="lab/compose.yaml"
services:
  connect:
    image: quay.io/debezium/connect:3.2
    container_name: connect
    ports: ["8083:8083"]
```

````mdx title="lesson.mdx"
```bash
docker compose logs kafka-connect {/* error */}
curl http://localhost:8080/connectors {/* error */}
```
````

## Good

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
```

```text title="lab/compose.yaml"
services:
  connect:
    image: quay.io/debezium/connect:3.2
    container_name: connect
    ports: ["8083:8083"]
```

````mdx title="lesson.mdx"
```bash
docker compose logs connect
curl http://localhost:8083/connectors
docker run --name client --rm alpine
docker logs client
```
````

## Since

coursecheck 0.2

## Source

The compose file reference: https://docs.docker.com/reference/compose-file/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.model import Severity
from checker.patterns import regex
from checker.rules.lab.commands import Command, Name, docker_commands
from checker.rules.lab.connections import wrong_connections
from checker.rules.lab.declared import Declared
from checker.rules.lab.drift import Drift
from checker.rules.lab.names import near_name
from checker.rules.lab.reach import wrong_addresses
from checker.rules.lab.reading import Lab, lab_of
from checker.rules.rule import Report, Rule

RULE = Rule("LAB102", "unknown-service", "error", looks_at="lesson", configured_in="lab")

# A container id, as `docker ps` shows it.
_IDENTIFIER = regex(r"(?=[a-f]*\d)[0-9a-f]{6,64}")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each unknown name, address and variable."""
    lab = lab_of(config)
    if lab.compose is None or not lab.services:
        return
    declared = Declared(analysis.lesson)
    commands = list(docker_commands(analysis.lesson))
    for each in (
        *_unknown_names(commands, lab, declared),
        *wrong_addresses(analysis.lesson, lab, declared),
        *wrong_connections(analysis, lab),
    ):
        yield Report(each.message, each.span, each.block, severity=each.severity)


def _unknown_names(commands: list[Command], lab: Lab, declared: Declared) -> Iterator[Drift]:
    if lab.compose is None or not lab.compose.whole:
        return
    for command in commands:
        if command.other_project or declared.is_elsewhere:
            continue
        for name in command.names:
            if name.text not in declared.names and not _IDENTIFIER.fullmatch(name.text):
                yield from _unknown(command, name, lab)


def _unknown(command: Command, name: Name, lab: Lab) -> Iterator[Drift]:
    where = lab.keys.compose
    if command.kind == "compose":
        if name.text not in lab.services:
            hint, severity = _hint(name.text, list(lab.services))
            yield Drift(f"{where} has no service `{name.text}`{hint}", name.span, command.block, severity)
        return
    if any(_is_container(name.text, each.name, each.container) for each in lab.services.values()):
        return
    service = lab.services.get(name.text)
    if service is not None:
        called = service.container or f"…-{service.name}-1"
        message = (
            f"the container of service `{name.text}` is named `{called}`: write `docker compose "
            f"{command.verb} {name.text}`"
        )
        yield Drift(message, name.span, command.block, None if service.container else "warning")
    else:
        containers = [each.container or each.name for each in lab.services.values()]
        hint, severity = _hint(name.text, containers)
        yield Drift(f"{where} creates no container `{name.text}`{hint}", name.span, command.block, severity)


def _hint(name: str, known: list[str]) -> tuple[str, Severity | None]:
    """A suggestion; without one an earlier lesson may have made the name, which is a warning."""
    hint = near_name(name, known)
    return hint, None if hint.endswith("?") else "warning"


def _is_container(text: str, service: str, container: str) -> bool:
    """Whether a name is that of a service's container: its own, or the one that compose generates."""
    return text == container if container else text.endswith((f"-{service}-1", f"_{service}_1"))
