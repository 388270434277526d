"""An instruction to the checker is misspelt, misplaced or incomplete.

## What

A word that is no directive; a value that is none, such as a name that no rule has; `skip` without a reason,
`ignore` without `because`; the same directive twice; a comment with directives that stands above no block.

## Why

A directive that is not understood would be ignored, and the author would believe that it holds.

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

`docs/architecture.md`, directives.
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
