"""An image that does not exist.

## What

A Markdown image names a file that does not exist relative to the lesson, or its address begins with `/` and
the site's public folder has no such file. The `src` of `img`, `video`, `audio` and `source` is relative to
the lesson's URL. Images on other sites are never fetched. Nothing is reported if the image folder is not
among the checked paths.

## Why

If the image belongs to the lesson, the site does not build. If it belongs to the public folder, the reader
sees a broken image.

## Bad

```toml title="coursecheck.toml"
[site]
content = "lessons"
```

```mdx title="lessons/01-tables.mdx"
![A table](./tabel.svg) {/* error */}
```

```svg title="lessons/table.svg"
<svg xmlns="http://www.w3.org/2000/svg"/>
```

## Good

```toml title="coursecheck.toml"
[site]
content = "lessons"
```

```mdx title="lessons/01-tables.mdx"
![A table](./table.svg)
```

```svg title="lessons/table.svg"
<svg xmlns="http://www.w3.org/2000/svg"/>
```

## Since

coursecheck 0.2

## Source

Astro, images: https://docs.astro.build/en/guides/images/#images-in-markdown-files
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.references.resolving import reports
from checker.rules.rule import Report, Rule

RULE = Rule("REF204", "broken-image", "error", looks_at="course")


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each image that does not exist."""
    return reports(course, config, RULE.name)
