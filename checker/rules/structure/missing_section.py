"""A lesson without a section that every lesson of the course must have.

## What

`structure.sections` in `coursecheck.toml` lists headings, each with its name in the course's other languages.
A lesson has the section if one of its headings begins with one of these names. Case does not matter, nor does
a number or emoji before the name. Name lessons that do not need the section in `rules.per-lesson-ignore`.

## Why

Readers look for the same thing in the same place in every lesson, and authors in a hurry leave out the end.

## Bad

```toml title="coursecheck.toml"
[structure]
sections = [["What you will learn", "Чему вы научитесь"], ["Summary", "Итоги"]]
```

```mdx title="01-tables.mdx"
### Tables {/* error */}

### Summary
```

## Good

```toml title="coursecheck.toml"
[structure]
sections = [["What you will learn", "Чему вы научитесь"]]
```

```mdx title="01-tables.mdx"
### 1. Чему вы *научитесь* 🎯
```

## Since

coursecheck 0.2

## Source

`docs/reference/configuration.md`, `[structure]`.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.frontmatter.places import opening_span
from checker.rules.rule import Report, Rule
from checker.rules.structure.headings import begins_with, headings
from checker.spelling import nearest_in_any_case

RULE = Rule("STR101", "missing-section", "error", looks_at="lesson", configured_in="structure")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each missing section, at the beginning of the lesson."""
    lesson = analysis.lesson
    if not config.structure.sections or not lesson.text:
        return
    texts = [each.text for each in headings(lesson)]
    for names in config.structure.sections:
        if not any(begins_with(text, names) for text in texts):
            wanted = " or ".join(f"'{each}'" for each in names)
            yield Report(f"there is no section {wanted}{_near(names, texts)}", opening_span(lesson))


def _near(names: tuple[str, ...], texts: list[str]) -> str:
    for name in names:
        if near := nearest_in_any_case(name, texts, alike=0.75):
            return f"; is '{near}' meant to be it?"
    return ""
