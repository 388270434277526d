"""A prerequisite that comes later in the course.

## What

A lesson's `prerequisites` name a lesson that is read after it: one in a folder with a higher number, or one
in the same folder with a higher `order`. Nothing is reported if folders have no numbers. A prerequisite that
closes a cycle is reported as `prerequisite-cycle` only.

## Why

The lesson requires what the course has not taught yet. Usually a lesson was moved or renumbered.

## Bad

```yaml title="01-basics/01-tables.mdx"
title: Tables
order: 1
prerequisites: ["basics/02-columns", "streams/01-events"] # error
```

```yaml title="01-basics/02-columns.mdx"
title: Columns
order: 2
```

## Good

```yaml title="01-basics/01-tables.mdx"
title: Tables
order: 1
```

```yaml title="01-basics/02-columns.mdx"
title: Columns
order: 2
prerequisites: ["basics/01-tables"]
```

## Since

coursecheck 0.2

## Source

A rule of our own.
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.frontmatter.places import value_span
from checker.rules.references.cycles import cycles
from checker.rules.references.order import Order
from checker.rules.references.prerequisites import steps
from checker.rules.rule import Report, Rule

RULE = Rule("REF103", "prerequisite-later", "error", looks_at="course")


def check(course: Course, _config: Config) -> Iterator[Report]:
    """One report for each prerequisite that points forward."""
    order = course.once(Order)
    circular = {(each[0].lesson.path, each[0].path) for each in course.once(cycles)}
    for step in course.once(steps):
        if order.is_before(step.lesson, step.wanted) and (step.lesson.path, step.path) not in circular:
            message = f"'{step.text}' comes later in the course than this lesson"
            yield Report(message, value_span(step.lesson, step.path))
