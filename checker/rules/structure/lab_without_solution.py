"""A lab or an exercise without a solution.

## What

`structure.labs` in `coursecheck.toml` lists the words that headings of labs begin with. `structure.solutions`
lists the words that mark a solution: in the lab's own section, in a heading, a text or a component, or in a
later heading of the lesson.

## Why

A reader who is stuck cannot continue.

## Bad

```toml title="coursecheck.toml"
[structure]
labs = ["Exercise", "Упражнение"]
solutions = ["Solution", "Решение"]
```

```mdx title="01-tables.mdx"
### Exercise 1 {/* error */}

Make a table of three rows.

### Next
```

## Good

```toml title="coursecheck.toml"
[structure]
labs = ["Exercise", "Упражнение"]
solutions = ["Solution", "Решение"]
```

```mdx title="01-tables.mdx"
### Упражнение: таблица

Make a table of three rows.

<details>
<summary>Решение</summary>

It has three rows.

</details>
```

## Since

coursecheck 0.2

## Source

`docs/reference/configuration.md`, `[structure]`.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.model import Lesson
from checker.rules.rule import Report, Rule
from checker.rules.structure.headings import begins_with, headings, words_of

RULE = Rule("STR105", "lab-without-solution", "error", looks_at="lesson", configured_in="structure")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report at the heading of each lab without a solution after it."""
    labs, solutions = config.structure.labs, config.structure.solutions
    lesson = analysis.lesson
    all_headings = headings(lesson) if labs and solutions else []
    for index, lab in enumerate(all_headings):
        later = all_headings[index + 1 :]
        if not begins_with(lab.text, labs) or any(begins_with(each.text, solutions) for each in later):
            continue
        end = next((each.start for each in later if each.level <= lab.level), len(lesson.text))
        if not _mentions(_outside_code(lesson, lab.end, end), solutions):
            message = f"'{lab.text}' has no solution: add {' or '.join(solutions)}"
            yield Report(message, lesson.span(lab.start, lab.end))


def _outside_code(lesson: Lesson, start: int, end: int) -> str:
    """The text of a section without its blocks."""
    pieces = []
    for block in lesson.blocks:
        if start <= block.span.start < end:
            pieces.append(lesson.text[start : block.span.start])
            start = block.span.end
    return " ".join([*pieces, lesson.text[start:end]])


def _mentions(text: str, phrases: tuple[str, ...]) -> bool:
    words = words_of(text)
    return any(words_of(each).rstrip() in words for each in phrases)
