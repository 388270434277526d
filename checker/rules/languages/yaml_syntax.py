"""YAML that no YAML parser reads.

## What

A block in `yaml` that libyaml refuses. Several documents, excerpts that begin further in, `...`, templates
such as `{{ name }}` and tags such as `!Ref` are silent.

## Why

One line that is indented wrongly, or a colon in a text without quotes, and the whole file is refused, mostly
with words that point elsewhere.

## Bad

````mdx
```yaml
services:
  kafka:
    image: apache/kafka:4.1.0
     ports: ["9092:9092"] {/* error */}
```
````

## Good

````mdx
```yaml
services:
  kafka:
    image: apache/kafka:{{ version }}
    ports: ["9092:9092"]
    ...
```
````

## Since

coursecheck 0.2

## Source

YAML 1.2.2: https://yaml.org/spec/1.2.2/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import yaml_text
from checker.rules.languages.table import YAML
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG102", "yaml-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report a block, where YAML cannot be read on."""
    yield from reports(analysis, YAML, lambda _block, code: yaml_text.parse(code))
