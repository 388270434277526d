"""Lessons that require each other, so that a reader can begin with none of them.

## What

A lesson names itself in its `prerequisites`, or names a lesson that requires it in turn, possibly through
others. One prerequisite of each cycle is reported: the one that points forward, if the order of the lessons
shows which it is.

## Why

A reader who follows the prerequisites can never begin, and no site can sort the lessons by them.

## Bad

```yaml title="01-basics/01-tables.mdx"
title: Tables
order: 1
prerequisites: ["basics/02-columns"] # error
```

```yaml title="01-basics/02-columns.mdx"
title: Columns
order: 2
prerequisites: ["basics/01-tables"]
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

from collections.abc import Collection, Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.frontmatter.places import value_span
from checker.rules.references.cycles import Cycle, cycles
from checker.rules.rule import Report, Rule

RULE = Rule("REF102", "prerequisite-cycle", "error", looks_at="course")

_NAMED_MAX = 6


def check(course: Course, _config: Config) -> Iterator[Report]:
    """One report for each cycle."""
    checked = {each.path for each in course.lessons}
    for each in course.once(cycles):
        cycle = _seen_from(checked, each)
        first = cycle[0]
        names = [step.wanted.path.rpartition("/")[2] for step in cycle]
        if len(cycle) == 1:
            message = f"'{first.text}' is this lesson itself"
        else:
            shown = names if len(names) <= _NAMED_MAX else [*names[:_NAMED_MAX], "…"]
            message = f"'{first.text}' in turn requires this lesson: {' → '.join(shown)}"
        yield Report(message, value_span(first.lesson, first.path))


def _seen_from(checked: Collection[str], cycle: Cycle) -> Cycle:
    """The cycle, beginning with the first of its lessons that is checked."""
    start = next((number for number, step in enumerate(cycle) if step.lesson.path in checked), 0)
    return cycle[start:] + cycle[:start]
