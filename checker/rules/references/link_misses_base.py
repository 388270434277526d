"""A link leaves out the path that the whole site stands below.

## What

The site has a base path, and a link or an image begins with `/` but not with the base, although there is such
a page or file below it. What leads out of the site to something unknown is a warning.

## Why

Astro puts the base in front of nothing that an author writes. On the author's machine, where the site often
stands at the root, the link works; published below `/my-course`, it leads to somebody else's page or to none.

## Bad

```toml title="coursecheck.toml"
[site]
base = "/my-course"
content = "lessons"
routes = "/lessons"
```

```mdx title="lessons/01-tables.mdx"
Read [about columns](/lessons/02-columns) next. {/* error */}
```

```mdx title="lessons/02-columns.mdx"
# Columns
```

## Good

```toml title="coursecheck.toml"
[site]
base = "/my-course"
content = "lessons"
routes = "/lessons"
```

```mdx title="lessons/01-tables.mdx"
Read [about columns](/my-course/lessons/02-columns) next, or [by file](./02-columns.mdx).
```

```mdx title="lessons/02-columns.mdx"
# Columns
```

## Since

coursecheck 0.2

## Source

Astro, `base`: https://docs.astro.build/en/reference/configuration-reference/#base
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.references.resolving import reports
from checker.rules.rule import Report, Rule

RULE = Rule("REF202", "link-misses-base", "error", looks_at="course")


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each address without the base."""
    return reports(course, config, RULE.name)
