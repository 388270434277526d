"""A variable that the lab's compose file needs and its `env` file does not set.

## What

With `[lab] compose` and `env` in the configuration: variables that have no default in the compose file and no
value in the `env` file. Each course gets one finding, where it first starts the whole lab. It is an error if
an image is left without a tag, because then nothing starts. Otherwise it is a warning: compose uses an empty
value.

## Why

It works on the author's machine, which has an old `.env`. The reader's first command fails.

## Bad

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
env = "lab/env.example"
```

```text title="lab/compose.yaml"
services:
  mysql:
    image: mysql:${MYSQL_VERSION}
```

```text title="lab/env.example"
POSTGRES_VERSION=17
```

````mdx title="lesson.mdx"
```bash
docker compose up -d {/* error */}
```
````

## Good

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
env = "lab/env.example"
```

```text title="lab/compose.yaml"
services:
  mysql:
    image: mysql:${MYSQL_VERSION}
  postgres:
    image: postgres:${POSTGRES_VERSION:-17}
```

```text title="lab/env.example"
MYSQL_VERSION=8.4
```

````mdx title="lesson.mdx"
```bash
docker compose up -d
```
````

## Since

coursecheck 0.2

## Source

Interpolation in compose files: https://docs.docker.com/reference/compose-file/interpolation/
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.lab.reading import Lab, lab_of
from checker.rules.rule import Report, Rule

if TYPE_CHECKING:
    from checker.rules.lab.commands import Command

RULE = Rule("LAB103", "unset-variable", "error", looks_at="course", configured_in="lab")

_MOST = 6


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report, if any."""
    lab = lab_of(config)
    if lab.compose is None or lab.variables is None or not lab.compose.unset:
        return
    start = _start(course)
    if start is not None:
        is_broken, message = _what(lab)
        yield Report(message, start.span, start.block, severity=None if is_broken else "warning")


def _start(course: Course) -> "Command | None":
    """The first command in a block that starts the whole lab."""
    # Imported here: only needed when a variable is unset.
    from checker.rules.lab.commands import docker_commands

    for lesson in course.lessons:
        for each in docker_commands(lesson) if "compose up" in lesson.text else ():
            is_all = each.verb == "up" and not each.names and not each.other_project
            if each.kind == "compose" and is_all and each.block is not None:
                return each
    return None


def _what(lab: Lab) -> tuple[bool, str]:
    assert lab.compose is not None
    names = ", ".join(f"`{each}`" for each in list(lab.compose.unset)[:_MOST])
    more = len(lab.compose.unset) - _MOST
    names += f" and {more} more" if more > 0 else ""
    message = f"{lab.keys.compose} needs {names}, which {lab.keys.env} does not set"
    broken = [each.name for each in lab.services.values() if each.image.endswith(":")]
    if broken:
        message += f": the image of `{broken[0]}` has no tag, so nothing starts"
    return bool(broken), message
