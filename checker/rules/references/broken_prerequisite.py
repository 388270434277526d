"""A prerequisite that names no lesson of the course.

## What

An entry of `prerequisites` in the frontmatter has the form `folder/lesson`, or `01-lesson` for a lesson in
the same folder, and the course has no such lesson. The number before the folder, a leading slash and the file
extension are optional; case matters. Text with spaces is not a reference. An entry without spaces that may be
text is a warning.

## Why

Modules are inserted and renumbered and files are renamed, but the references to them are not updated. The
site still builds, and the reader is sent to a page that does not exist.

## Bad

```yaml title="01-basics/01-tables.mdx"
title: Tables
```

```yaml title="02-streams/01-events.mdx"
title: Events
prerequisites: ["streams/01-tables"] # error
```

## Good

```yaml title="01-basics/01-tables.mdx"
title: Tables
```

```yaml title="02-streams/01-events.mdx"
title: Events
prerequisites: ["basics/01-tables", "some Python"]
```

## Since

coursecheck 0.1

## Source

A rule of our own.
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson, Severity
from checker.rules.frontmatter.places import Path, value_span
from checker.rules.references.naming import LessonNames, Name
from checker.rules.references.prerequisites import has_ending, named_by, prerequisites
from checker.rules.rule import Report, Rule
from checker.spelling import did_you_mean

RULE = Rule("REF101", "broken-prerequisite", "error", looks_at="course")

# A limit on the searches for the lesson that was meant, which take long in a course with thousands.
_SEARCHES_MAX = 200


def check(course: Course, _config: Config) -> Iterator[Report]:
    """One report for each prerequisite that names no lesson."""
    names = course.once(LessonNames)
    for number, (lesson, path, text, wanted) in enumerate(_nameless(course, names)):
        severity = _severity(text, wanted, names)
        if severity is not None:
            meant = names.moved(wanted) or names.alike(wanted) if number < _SEARCHES_MAX else ""
            if "/" not in text:
                meant = meant.removeprefix(f"{wanted.folders[-1]}/")
            yield Report(_message(text, meant, severity), value_span(lesson, path), severity=severity)


def _nameless(course: Course, names: LessonNames) -> Iterator[tuple[Lesson, Path, str, Name]]:
    for lesson in course.lessons:
        for path, text in prerequisites(lesson):
            wanted = named_by(text, lesson.path)
            if wanted is not None and not names.find(wanted) and not _is_elsewhere(text, wanted, names):
                yield lesson, path, text, wanted


def _is_elsewhere(text: str, wanted: Name, names: LessonNames) -> bool:
    """Whether a name without a folder is that of a lesson in another folder."""
    return "/" not in text and names.has_lesson(wanted)


def _severity(text: str, wanted: Name, names: LessonNames) -> Severity | None:
    """How certain it is that a lesson is meant: `CI/CD` is prose, `input/output` may be."""
    if "/" not in text and not names.has_numbered_beside(wanted):
        return None
    if text.startswith("/") or has_ending(text) or wanted.is_numbered or names.has_part(wanted):
        return "error"
    if text != text.lower() or not any(map(str.isalpha, wanted.lesson)):
        return None
    return "warning"


def _message(text: str, meant: str, severity: Severity) -> str:
    message = f"'{text}' names no lesson of this course{did_you_mean(meant)}"
    if severity == "warning":
        message += "; if it is plain text, put a space next to the slash"
    return message
