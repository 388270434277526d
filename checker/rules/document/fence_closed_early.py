"""A code block that shows a fence, and is closed by the fence it shows.

## What

A block contains a fence as long as its own. The inner fence closes the block, the text after it is prose, and
the fence that was meant to close the block opens another one.

## Why

No parser complains. Readers see half of the example, and prose in a code block.

## Bad

`````mdx
# How to write a block

```markdown
Write it like this:

```python
print("hello")
```

and close it.
```
`````

## Good

`````mdx
# How to write a block

````markdown
Write it like this:

```python
print("hello")
```

and close it.
````
`````

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

RULE = Rule("MDX202", "fence-closed-early", "warning", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report at each block that ends too early."""
    return reports(analysis.lesson, RULE.name)
