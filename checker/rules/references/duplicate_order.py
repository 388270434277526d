"""Two lessons in one folder with the same `order`.

## What

The frontmatter of two lessons in one folder has the same `order`. If they have no other lesson key, such as
`difficulty`, this is a warning, because some sites use `order` only as a hint.

## Why

Chance decides which of the two comes first, and where lessons are numbered, one number is missing.

## Bad

```yaml title="01-basics/01-tables.mdx"
title: Tables
order: 1
```

```yaml title="01-basics/02-columns.mdx"
title: Columns
order: 1 # error
```

## Good

```yaml title="01-basics/01-tables.mdx"
title: Tables
order: 1
```

```yaml title="01-basics/02-columns.mdx"
title: Columns
order: 2
```

```yaml title="02-streams/01-events.mdx"
title: Events
order: 1
```

## Since

coursecheck 0.2

## Source

A rule of our own.
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.rules.frontmatter.lesson_keys import follows_convention
from checker.rules.frontmatter.places import data_of, value_span
from checker.rules.references.order import order_of
from checker.rules.rule import Report, Rule

RULE = Rule("REF104", "duplicate-order", "error", looks_at="course")


def check(course: Course, _config: Config) -> Iterator[Report]:
    """One report at each `order` that an earlier lesson of the folder also has."""
    first: dict[tuple[str, int], Lesson] = {}
    # If only one of two lessons is checked, that one is reported.
    folders = {each.path.rpartition("/")[0] for each in course.lessons}
    for lesson in (*course.others_in(folders), *course.lessons):
        order = order_of(lesson)
        if order is None:
            continue
        folder, _, name = lesson.path.rpartition("/")
        other = first.setdefault((folder, order), lesson)
        if other is not lesson and not _is_translation(other, name):
            message = f"{other.path.rpartition('/')[2]} also has the order {order}"
            certain = follows_convention(data_of(lesson) or {})
            yield Report(message, value_span(lesson, ("order",)), severity="error" if certain else "warning")


def _is_translation(other: Lesson, name: str) -> bool:
    """Whether `name.ru.mdx` is a translation of `name.mdx`: translations share their order on purpose."""
    return other.path.rpartition("/")[2].partition(".")[0] == name.partition(".")[0]
