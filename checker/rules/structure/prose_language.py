"""A paragraph in a language that is not one of the course's.

## What

`course.languages` in `coursecheck.toml` names the languages of the course. A paragraph of at least a dozen
words is reported if it is in other letters or, for languages that share their letters, has the small words of
another language. Each lesson gets one finding, at its first such paragraph, with their number.

## Why

Every reader sees a forgotten translation, and no site build does.

## Bad

```toml title="coursecheck.toml"
[course]
languages = ["ru"]
```

```mdx title="01-tables.mdx"
Таблица хранит строки и столбцы, и у каждого столбца есть имя и тип, который в ней виден сразу.

A table holds rows and columns, and each of these has a name and a type that is seen at once. {/* error */}
```

## Good

```toml title="coursecheck.toml"
[course]
languages = ["ru", "en"]
```

```mdx title="01-tables.mdx"
Таблица хранит строки и столбцы, и у каждого столбца есть имя и тип, который в ней виден сразу.

A table holds rows and columns, and each of these has a name and a type that is seen at once.
```

## Since

coursecheck 0.2

## Source

`docs/reference/configuration.md`, `[structure]`.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.rule import Report, Rule

RULE = Rule("STR104", "prose-language", "warning", looks_at="lesson", configured_in="course")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """At most one report, at the first paragraph in another language."""
    languages = config.course.languages
    if not languages:
        return
    # Imported here: only a course that names its languages needs it.
    from checker.rules.structure.languages import foreign

    found = [
        (each, other)
        for each in analysis.lesson.prose
        if not each.level and (other := foreign(each.text, languages))
    ]
    if found:
        first, other = found[0]
        more = ""
        if len(found) > 1:
            more = f"; so {'is' if len(found) == 2 else 'are'} {len(found) - 1} more in this lesson"
        yield Report(
            f"this paragraph is in {other}, but the course is in {', '.join(languages)}{more}",
            analysis.lesson.span(first.start, first.end),
        )
