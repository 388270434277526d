"""A lesson without frontmatter where it is expected.

## What

The file does not begin with `---` or `+++`, but a schema with required keys is configured for it. Anything
above the opening fence counts as missing frontmatter, even blank lines, comments and imports, because a site
reads frontmatter only from the first line. So does a fence that is almost right, such as `----`. Parts of
pages need no frontmatter: files named `_….mdx`, and files in a folder named `_…` or `snippets`.

Without a configured schema, a lesson without frontmatter is a warning if most lessons in its folder have one
with at least two of the keys `order`, `difficulty`, `estimatedTime`, `topics` and `prerequisites`. Configure
a schema to make this certain.

## Why

The site does not build, or shows a page without a title that no list links to.

## Bad

```mdx title="01-basics/01-tables.mdx"
---
title: Tables
order: 1
difficulty: beginner
---
```

```mdx title="01-basics/02-columns.mdx"
# Columns {/* error */}
```

## Good

```mdx title="01-basics/01-tables.mdx"
---
title: Tables
order: 1
---
```

```mdx title="01-basics/02-columns.mdx"
---
title: Columns
order: 2
---
```

## Since

coursecheck 0.1

## Source

Astro, Markdown: https://docs.astro.build/en/guides/markdown-content/
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.patterns import regex
from checker.rules.frontmatter.lesson_keys import follows_convention
from checker.rules.frontmatter.places import data_of, opening_span
from checker.rules.frontmatter.schemas import configured_schema, wants_nothing
from checker.rules.rule import Report, Rule

RULE = Rule("FMT101", "frontmatter-missing", "error", looks_at="course")

_LINE_END = r"(?:\r\n|\r|\n)"
# Blank lines, comments and imports, an opening fence, a line that can only be a key, and a closing fence.
_TOO_LATE = regex(
    rf"(?>(?:(?:[ \t]*+|\{{/\*(?>(?:[^*]|\*(?!/))*)\*/\}}[ \t]*|<!--(?>(?:[^-]|-(?!->))*)-->[ \t]*"
    rf"|import [^\r\n]+){_LINE_END})+)"
    rf"(?P<opening>(?P<fence>---|\+\+\+))[ \t]*+{_LINE_END}"
    rf"[A-Za-z_][\w-]*[ \t]*(?::[ \t\r\n]|=)(?s:.*?){_LINE_END}(?P=fence)[ \t]*(?:{_LINE_END}|\Z)"
)
# Something like an opening fence on the first line, a line that can only be a key, and a similar last line.
_NEARLY = regex(
    rf"(?P<opening>(?P<fence>[ ]{{1,3}}---|-{{4,}}|--|—{{1,3}}|–{{2,3}}|\+\+))[ \t]*{_LINE_END}"
    rf"[A-Za-z_][\w-]*:[ \t\r\n](?s:.*?){_LINE_END}(?P=fence)[ \t]*(?:{_LINE_END}|\Z)"
)

# Problems because of which nothing is known about a lesson's frontmatter.
_UNKNOWN = frozenset(
    {"file-too-large", "frontmatter-limits", "frontmatter-syntax", "not-text", "unreadable-file"}
)


def check(course: Course, config: Config) -> Iterator[Report]:
    """At most one report a lesson: at the fence that comes too late, or at the first line."""
    without = [each for each in course.lessons if _has_none(each)]
    guessed = without and not config.frontmatter.schemas
    forgetful = _folders_with_frontmatter(course, without) if guessed else set()
    asked: dict[str, bool] = {}
    for lesson in without:
        late = _TOO_LATE.match(lesson.text)
        if late:
            above = lesson.text[: late.start("opening")]
            what = "move this text below the frontmatter" if above.strip() else "delete the blank lines"
            message = f"the opening `{late['fence']}` must be on the first line: {what}"
            yield Report(message, lesson.span(*late.span("opening")))
        elif nearly := _NEARLY.match(lesson.text):
            message = f"frontmatter must begin and end with `---`, not with `{nearly['fence']}`"
            yield Report(message, lesson.span(*nearly.span("opening")))
        elif path := configured_schema(lesson, config):
            if path not in asked:
                asked[path] = not wants_nothing(path)
            if not asked[path]:
                continue
            yield Report("the lesson has no frontmatter, but its schema requires one", opening_span(lesson))
        elif _folder(lesson) in forgetful:
            message = (
                "the lesson has no frontmatter, unlike most lessons in its folder; "
                "configure a schema for it to make this certain"
            )
            yield Report(message, opening_span(lesson), severity="warning")


def _has_none(lesson: Lesson) -> bool:
    if any(each.startswith("_") or each == "snippets" for each in PurePath(lesson.path).parts[-2:]):
        return False  # by convention (Docusaurus, Astro, Mintlify), this is a partial, not a page
    return lesson.frontmatter is None and not any(each.rule in _UNKNOWN for each in lesson.problems)


def _folders_with_frontmatter(course: Course, without: Iterable[Lesson]) -> set[str]:
    """The folders of these lessons in which more lessons have frontmatter than not."""
    neighbours = [*course.lessons, *course.others_in(set(map(_folder, without)))]
    lessons = Counter(map(_folder, neighbours))
    conventional = Counter(_folder(each) for each in neighbours if follows_convention(data_of(each) or {}))
    return {folder for folder, number in conventional.items() if 2 * number > lessons[folder] - 1}


def _folder(lesson: Lesson) -> str:
    return lesson.path.rpartition("/")[0]
