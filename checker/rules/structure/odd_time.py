"""A lesson whose stated time does not fit its length.

## What

With `structure.time` in `coursecheck.toml`, the minutes in a lesson's frontmatter are compared with its words
and its lines of code. A lesson is reported if the time is more than three times too long or too short and the
difference is at least five minutes. The `factor`, the words per minute and the seconds per line of code can
be set.

## Why

Readers plan with it. A lesson that grew often keeps its old time.

## Bad

```toml title="coursecheck.toml"
[structure]
time = { words-per-minute = 1 }
```

```mdx title="01-tables.mdx"
---
title: Tables
estimatedTime: 2 {/* error */}
---

These are more than a dozen words, which nobody reads in two minutes at such a speed as this.
```

## Good

```toml title="coursecheck.toml"
[structure]
time = { words-per-minute = 1 }
```

```mdx title="01-tables.mdx"
---
title: Tables
estimatedTime: 20
---

These are more than a dozen words, which nobody reads in two minutes at such a speed as this.
```

## Since

coursecheck 0.2

## Source

`docs/reference/configuration.md`, `[structure]`.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.patterns import regex
from checker.rules.frontmatter.places import data_of, value_span
from checker.rules.rule import Report, Rule

RULE = Rule("STR103", "odd-time", "warning", looks_at="lesson", configured_in="structure")

_WORD = regex(r"\w+(?:[-'’]\w+)*")
# Only code that is read line by line counts, not output tables or diagrams.
_NOT_READ = frozenset({"output", "text", "txt", "mermaid", "csv", "plaintext", "console"})

# Nobody plans in smaller steps.
_MINUTES_MIN = 5


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """At most one report, at the number of minutes."""
    wanted = config.structure.time
    lesson = analysis.lesson
    minutes = (data_of(lesson) or {}).get(wanted.key) if wanted else None
    if wanted is None or isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes <= 0:
        return
    words = sum(len(_WORD.findall(each.text)) for each in lesson.prose)
    lines = sum(len(each.lines) for each in lesson.blocks if (each.lang or "text").lower() not in _NOT_READ)
    needed = words / wanted.words_per_minute + lines * wanted.seconds_per_code_line / 60
    if abs(needed - minutes) < _MINUTES_MIN:
        return
    if needed > minutes * wanted.factor or minutes > needed * wanted.factor:
        message = (
            f"{wanted.key} is {minutes:g} minutes, but {words:,} words and {lines:,} lines of code "
            f"take about {max(1, round(needed))}"
        )
        yield Report(message, value_span(lesson, (wanted.key,)))
