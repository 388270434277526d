"""A directive to the checker that is misspelled, misplaced or incomplete.

## What

An unknown directive; an invalid value, such as an unknown rule name; `skip` without a reason or `ignore`
without `because`; the same directive twice; a comment with directives that no block follows.

## Why

An unknown directive would be ignored, and the author would think that it works.

## Bad

````mdx
```python check:skp="needs a key" {/* error */}
import os

print(os.environ["API_KEY"])
```
````

## Good

````mdx
```python check:skip="needs a key"
import os

print(os.environ["API_KEY"])
```
````

## Since

coursecheck 0.1

## Source

`docs/reference/directives.md`.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX301", "unknown-directive", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report at each word that is not understood."""
    return reports(analysis.lesson, RULE.name)
