"""A link to a page that the site does not have.

## What

An internal link whose address belongs to no lesson and no other page of the site. A link to an `.md` or
`.mdx` file is relative to the lesson's file; every other link is a URL, and a relative URL is relative to the
lesson's URL. External links are never fetched.

The `[site]` table of `coursecheck.toml` says where the lessons are on the site. Without it, a link is checked
only if the lessons' other links show where it leads, and a broken link is a warning. Addresses are not
reported if the site's own configuration redirects them, if a page with a parameter may serve them, or if they
are below an entry of `elsewhere` in that table.

## Why

Modules are renumbered and lessons are renamed. A site build does not follow links, and the reader gets "not
found".

## Bad

```toml title="coursecheck.toml"
[site]
content = "course"
routes = "/course"
```

```mdx title="course/01-basics/01-tables.mdx"
Read [about events](/course/02-streams/01-event) next. {/* error */}

The [columns](./02-colums.mdx) come first. {/* error */}
```

```mdx title="course/02-streams/01-events.mdx"
# Events
```

## Good

```toml title="coursecheck.toml"
[site]
content = "course"
routes = "/course"
```

```mdx title="course/01-basics/01-tables.mdx"
Read [about events](/course/02-streams/01-events/) next, or [what pandas says](https://pandas.pydata.org/x).
```

```mdx title="course/02-streams/01-events.mdx"
Tables [came before](../01-basics/01-tables.mdx).
```

## Since

coursecheck 0.2

## Source

Astro, routing: https://docs.astro.build/en/guides/routing/
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.references.resolving import reports
from checker.rules.rule import Report, Rule

RULE = Rule("REF201", "broken-link", "error", looks_at="course")


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each address that leads nowhere."""
    return reports(course, config, RULE.name)
