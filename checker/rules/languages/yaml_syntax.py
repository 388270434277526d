"""YAML that is not valid.

## What

A block in `yaml` that libyaml rejects. Several documents, excerpts that begin with indentation, `...`,
templates such as `{{ name }}` and tags such as `!Ref` are not reported.

## Why

One line with the wrong indentation, or an unquoted colon, and the whole file is rejected, usually with a
message that points elsewhere.

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
    """One report a block, at its first fault."""
    yield from reports(analysis, YAML, lambda _block, code: yaml_text.parse(code))
