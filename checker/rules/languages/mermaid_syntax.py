"""A Mermaid diagram that cannot be drawn.

## What

A block in `mermaid` with an unknown kind of diagram; a flowchart with an unknown direction, an arrow with one
dash, or brackets or quotes in unquoted text; a sequence diagram with a message without text or a misspelled
word; an arrow that diagrams of states, classes or entities do not have; a relation without a label; a slice
of a pie without `:`; an unclosed `subgraph`, `loop`, `alt` or `{`, or an extra `end`. Nothing else is
checked, because the only complete grammar is Mermaid's own, in JavaScript.

## Why

The page shows "Syntax error in text" instead of the diagram.

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
