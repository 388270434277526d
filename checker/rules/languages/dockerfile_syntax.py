r"""A Dockerfile that Docker cannot build.

## What

A block in `dockerfile` with a line that begins with no instruction. What only tree-sitter's grammar refuses
is a warning: it is not Docker's; so is a text without any instruction, once. Excerpts, `...` and placeholders
are silent.

## Why

The build ends at that line.

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

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import dockerfile
from checker.languages.fault import Fault
from checker.model import Block
from checker.rules.languages.table import DOCKERFILE
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG107", "dockerfile-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """A report for every line without an instruction, or the first that cannot be read."""
    yield from reports(analysis, DOCKERFILE, _parse)


def _parse(block: Block, code: str) -> Iterable[Fault]:
    """What is wrong; the list of what to leave out has its lessons' fences in `docker`, too."""
    return () if ".dockerignore" in (block.meta or "") else dockerfile.parse(code)
