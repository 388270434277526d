"""A link without the site's base path.

## What

The site has a base path, and a link or an image begins with `/` but not with the base path, although the page
or file exists below it. A link that leads out of the site to an unknown address is a warning.

## Why

Astro does not add the base path to links in lessons. On the author's machine, where the site often has no
base path, the link works. On the published site below `/my-course`, it leads to another page or to none.

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
