"""A number that is missing or used twice among the lessons of a folder.

## What

With `structure.numbered` in `coursecheck.toml`, the numbers before the names of a folder's lessons, and those
before its folders, must be consecutive from 0 or 1. So must their `order`, if all of them have one.

## Why

A gap is left by a lesson that was moved or deleted, and something often still refers to it.

## Bad

```toml title="coursecheck.toml"
[structure]
numbered = true
```

```yaml title="01-tables.mdx"
title: Tables
```

```mdx title="03-joins.mdx"
### Joins {/* error */}
```

## Good

```toml title="coursecheck.toml"
[structure]
numbered = true
```

```yaml title="01-tables.mdx"
title: Tables
```

```yaml title="02-joins.mdx"
title: Joins
```

## Since

coursecheck 0.2

## Source

`docs/reference/configuration.md`, `[structure]`.
"""

import os
from collections.abc import Iterable, Iterator
from os.path import relpath

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.rules.frontmatter.places import opening_span, value_span
from checker.rules.references.order import number_of, order_of
from checker.rules.rule import Report, Rule

RULE = Rule("STR102", "numbering-gap", "warning", looks_at="course", configured_in="structure")


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at the first lesson after each gap, and at each lesson with a repeated number."""
    if not config.structure.numbered:
        return
    lessons = {relpath(each.path, course.root or ".").replace(os.sep, "/"): each for each in course.everyone}
    for names in _neighbours(course.known):
        numbers = [(number_of(each.rpartition("/")[2]), each) for each in names]
        for name, message in _out_of_order(numbers):
            # A problem with a folder's number is reported once, at its first lesson.
            inside = (each for each in sorted(lessons) if f"{each}/".startswith(f"{name}/"))
            if (first := next(inside, None)) is not None:
                yield Report(f"{name.rpartition('/')[2]}: {message}", opening_span(lessons[first]))
        if lessons.keys() >= set(names):
            yield from _orders([lessons[each] for each in names])


def _neighbours(known: Iterable[str]) -> Iterable[list[str]]:
    """The lessons of each folder, and the folders of each folder, as paths."""
    lessons = frozenset(known)
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for path in lessons:
        name = path
        while name:
            folder = name.rpartition("/")[0]
            found.setdefault((folder, name in lessons), {})[name] = None
            name = folder
    return [sorted(found[each]) for each in sorted(found)]


def _out_of_order(numbers: list[tuple[int | None, str]], *, first: int = 1) -> Iterator[tuple[str, str]]:
    """The names at which a number is missing or repeated; names without a number do not count."""
    last: int | None = None
    for number, name in sorted((number, name) for number, name in numbers if number is not None):
        if last is None and number > first:
            yield name, f"the numbers begin with {number}, not with {first}"
        elif last == number:
            yield name, f"the number {number} is used twice"
        elif last is not None and number > last + 1:
            missing = (
                f"number {last + 1} is" if number == last + 2 else f"numbers {last + 1} to {number - 1} are"
            )
            yield name, f"{missing} missing before it"
        last = number


def _orders(lessons: list[Lesson]) -> Iterator[Report]:
    orders = {order: each for each in lessons if (order := order_of(each)) is not None}
    if len(orders) < len(lessons):  # some have no order, or the same, which `duplicate-order` reports
        return
    # They may be numbered through the whole course.
    numbers: list[tuple[int | None, str]] = [(order, each.path) for order, each in orders.items()]
    paths = {each.path: each for each in lessons}
    for path, message in _out_of_order(numbers, first=min(orders, default=1)):
        yield Report(f"order: {message}", value_span(paths[path], ("order",)))
