"""A Mermaid diagram that cannot be drawn.

## What

A block in `mermaid` that begins with no kind of diagram, a flowchart in no direction, with an arrow of one
dash, or with brackets or quotes in a text that has none around it; in a sequence diagram a message without
text or a misspelt word; a `subgraph`, `loop` or `alt` that is never ended, or an `end` too many. The only
whole grammar is Mermaid's own, in JavaScript: more is not looked at.

## Why

In the place of the diagram the page shows "Syntax error in text".

## Bad

```mermaid
flowchrt LR  # error
  orders --> kafka
```

## Good

```mermaid
flowchart LR
  subgraph shop
    orders["orders (PostgreSQL)"] --> kafka
  end
```

## Since

coursecheck 0.2

## Source

Mermaid, Diagram syntax: https://mermaid.js.org/intro/syntax-reference.html
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import mermaid
from checker.rules.languages.table import MERMAID
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG110", "mermaid-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """A report for each thing that Mermaid always refuses."""
    yield from reports(analysis, MERMAID, lambda _block, code: mermaid.parse(code))
