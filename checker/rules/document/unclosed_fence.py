"""A code block that is never closed, so that the rest of the lesson is code.

## What

A fence opens a block, and the lesson, the quote or the list item ends before a closing fence.

## Why

No parser complains: everything up to the end becomes code, even headings and exercises.

## Bad

````mdx
# Totals

```python {/* error */}
total = 40 + 2

### Exercises

Change the total.
````

## Good

````mdx
# Totals

```python
total = 40 + 2
```

### Exercises

Change the total.
````

## Since

coursecheck 0.1

## Source

CommonMark, Fenced code blocks: https://spec.commonmark.org/0.31.2/#fenced-code-blocks
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX201", "unclosed-fence", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report at each fence that is left open."""
    return reports(analysis.lesson, RULE.name)
