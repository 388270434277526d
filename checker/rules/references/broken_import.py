"""An import from a file that does not exist.

## What

`import … from` names a file, by a path that begins with `.` or by an alias from `tsconfig.json`, and the file
does not exist. The extensions that bundlers add are tried, and `index` in a folder. Packages are not checked.
Nothing is reported if the file's folder is not among the checked paths.

## Why

The site does not build, and the error message often names the bundler's files instead of the lesson's line.

## Bad

```toml title="coursecheck.toml"
[site]
content = "lessons"
```

```mdx title="lessons/01-tables.mdx"
import Note from '../components/Notes.tsx'; {/* error */}

# Tables
```

```tsx title="components/Note.tsx"
export default () => null
```

## Good

```toml title="coursecheck.toml"
[site]
content = "lessons"
```

```mdx title="lessons/01-tables.mdx"
import { Tabs } from '@astrojs/starlight/components';
import Note from '../components/Note';

# Tables
```

```tsx title="components/Note.tsx"
export default () => null
```

## Since

coursecheck 0.2

## Source

MDX, using MDX, ESM: https://mdxjs.com/docs/using-mdx/#esm
"""

import os
from collections.abc import Iterator
from os.path import abspath, dirname, join, normpath

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.references.aliases import Aliases
from checker.rules.references.project import Files
from checker.rules.references.site import Site, pages_of, site_of
from checker.rules.rule import Report, Rule
from checker.spelling import did_you_mean

RULE = Rule("REF205", "broken-import", "error", looks_at="course")

ENDINGS = (
    *("", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".mdx", ".md", ".astro", ".vue", ".svelte"),
    *(".json", ".css"),
)
_INDEXES = (*(f"index{each}" for each in ENDINGS[1:]), "package.json")
# TypeScript files may be imported under the names of their compiled files.
_WRITTEN_AS = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",)}
_SEARCHES_MAX = 200


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each import of a file that does not exist."""
    site = course.once(site_of, config)
    aliases = Aliases(site.files)
    searches = 0
    for lesson in course.lessons:
        folder = dirname(normpath(abspath(lesson.path)))
        for each in course.once(pages_of)[lesson.path].imports:
            source = each.source.partition("?")[0]
            paths = paths_of(site, aliases, source, folder)
            if not paths or any(_is_there(site.files, path) for path in paths):
                continue
            if all(site.lacks(path) for path in paths):
                searches += 1
                near = site.files.nearest(paths[0], source) if searches <= _SEARCHES_MAX else ""
                message = f"there is no file '{source}'" + did_you_mean(near)
                yield Report(message, lesson.span(each.start, each.end))


def paths_of(site: Site, aliases: Aliases, source: str, folder: str) -> list[str]:
    """The absolute paths that an import may mean; none for a package."""
    if source.startswith(("./", "../")) or source in (".", ".."):
        return [normpath(join(folder, source))]
    if source.startswith("@site/"):
        return [normpath(join(site.files.folder, source.removeprefix("@site/")))]
    return aliases.targets(source, folder)


def _is_there(files: Files, path: str) -> bool:
    folder, name = os.path.split(path)
    beside = files.names(folder)
    if any(f"{name}{ending}" in beside for ending in ENDINGS[1:]):
        return True
    stem, ending = os.path.splitext(name)
    if any(f"{stem}{other}" in beside for other in _WRITTEN_AS.get(ending, ())):
        return True
    if not files.has(path):
        return False
    inside = files.names(path)  # none for a file
    return not inside or any(each in inside for each in _INDEXES)
