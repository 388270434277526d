"""Frontmatter that is larger or deeper than any lesson needs.

## What

More than 64 KiB, more than 32 levels of nesting, more than 32 aliases, or an anchor that contains itself.

## Why

A few lines of aliases can expand to gigabytes. The checker stops reading before that.

## Bad

```yaml
title: Levels
levels: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] # error
```

## Good

```yaml
title: Levels
levels: [[1]]
```

## Since

coursecheck 0.1

## Source

The limits are the checker's own.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("FMT104", "frontmatter-limits", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """At most one report, where the limit is exceeded."""
    return reports(analysis.lesson, RULE.name)
