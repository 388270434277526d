"""A file that is not UTF-8 text, and is not read as a lesson.

## What

A lesson with NUL bytes, a lesson in another encoding than UTF-8, or a Git LFS pointer instead of a lesson.

## Why

Sites read lessons as UTF-8. Letters in another encoding are silently replaced by other characters.

## Bad

```mdx
version https://git-lfs.github.com/spec/v1 {/* error */}
```

## Good

```mdx
# Versions

Large files are kept outside of the repository.
```

## Since

coursecheck 0.1

## Source

CommonMark, Characters and lines: https://spec.commonmark.org/0.31.2/#characters-and-lines
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX401", "not-text", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """At most one report, at the first line."""
    return reports(analysis.lesson, RULE.name)
