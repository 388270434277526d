"""Frontmatter that is not valid YAML or TOML, so that the site cannot read it.

## What

The frontmatter has a syntax error: an unquoted `: ` in a value, a tab for indentation, an unclosed quote or
bracket, a tag such as `!!python/object`, a list where keys are expected, or an opening `---` without an end.

## Why

The site does not build, or treats the frontmatter as text.

## Bad

```yaml
title: Kafka: the basics # error
order: 1
```

## Good

```yaml
title: "Kafka: the basics"
order: 1
```

## Since

coursecheck 0.1

## Source

YAML 1.2: https://yaml.org/spec/1.2.2/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("FMT102", "frontmatter-syntax", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report at each place where reading stops."""
    return reports(analysis.lesson, RULE.name)
