"""A key that is set twice in the frontmatter.

## What

Two values for one key, at the same level of the frontmatter.

## Why

Most sites reject it. On the others, the last value silently wins.

## Bad

```yaml
title: Tables
order: 1
title: Frames # error
```

## Good

```yaml
title: Tables
order: 1
```

## Since

coursecheck 0.1

## Source

YAML 1.2, Mapping: https://yaml.org/spec/1.2.2/#mapping
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("FMT103", "duplicate-key", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report at each repeated key."""
    return reports(analysis.lesson, RULE.name)
