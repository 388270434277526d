"""A link leads to a page of the site that is not there.

## What

An internal link whose address no lesson and no other page of the site has. A link to an `.md` or `.mdx` file
counts from the lesson's own file, every other one is a URL, and a relative one counts from the lesson's URL.
External links are never fetched.

The `[site]` table of `coursecheck.toml` says where the lessons stand on the site. Without it, a link is
followed only where the lessons' other links show that, and what leads nowhere is a warning. Addresses that
the site's own configuration names as redirects, that a page with a parameter may answer to, or that are below
one of `elsewhere` in that table, are passed over.

## Why

Modules are renumbered and lessons renamed. A site build does not follow links; the reader gets "not found".

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
