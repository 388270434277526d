r"""A Dockerfile that Docker cannot build.

## What

A block in `dockerfile` with a line that does not begin with an instruction, an instruction that continues the
line above it, or a `RUN` that bash rejects. What only tree-sitter's grammar rejects is a warning, because it
is not Docker's own. So is a text without any instruction, which is reported once. Excerpts, `...` and
placeholders are not reported.

## Why

The build stops at that line.

## Bad

```dockerfile
FROM python:3.13
RUNN pip install pandas  # error
```

## Good

```dockerfile
FROM python:<version>
RUN pip install pandas && \
    pip check
...
```

## Since

coursecheck 0.2

## Source

Dockerfile reference: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import dockerfile
from checker.languages.fault import Fault
from checker.languages.shell import checking as shell
from checker.model import Block
from checker.rules.languages.table import DOCKERFILE, SHELL, missing
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG107", "dockerfile-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """A report for every line without an instruction, or the first that cannot be read."""
    yield from reports(analysis, DOCKERFILE, _parse)


def _parse(block: Block, code: str) -> Iterable[Fault]:
    """The faults of a block; fences named `docker` may also contain an ignore file."""
    if ".dockerignore" in (block.meta or ""):
        return ()
    return list(dockerfile.parse(code)) or _in_commands(code)


def _in_commands(code: str) -> Iterator[Fault]:
    """The faults that bash finds in the commands of a Dockerfile."""
    if missing(SHELL):
        return
    found = list(dockerfile.commands(code))
    for at, told in shell.check([text for _, text in found]).items():
        if told.kind == "syntax":
            start = found[at][0]
            yield replace(told.fault, start=start + told.fault.start, end=start + told.fault.end)
