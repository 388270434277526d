"""Frontmatter that does not match its schema.

## What

A key is missing, unknown or misspelled, or a value has the wrong type, is out of range, or is not one of the
choices. Each finding is at its key or value, or at the opening `---` if a key is missing.

The schema is a file that `[[frontmatter.schemas]]` in `coursecheck.toml` assigns to a glob of lessons: JSON
Schema from draft 7 to 2020-12, including formats. Its patterns are ECMAScript regular expressions, and a
`$ref` may only refer to files in the schema's own folder.

Without a configured schema, the default schema applies to every lesson whose frontmatter has at least two of
the keys `order`, `difficulty`, `estimatedTime`, `topics` and `prerequisites`. It requires a title and a
description, an order from 1, a difficulty (beginner, intermediate or advanced), an estimated time in minutes
and at least one topic; prerequisites are a list of text. Other keys are allowed. A key that no lesson of the
course has is not missing in any. Lessons with none or one of these keys are not checked.

## Why

The site sorts, filters and links lessons by these keys. If it does not validate them, a lesson with a wrong
one is silently missing.

## Bad

```yaml
title: Tables
description: What a table is
order: 1
difficulty: begginer # error
estimatedTime: 15 minutes # error
topics: [tables]
```

## Good

```yaml
title: Tables
description: What a table is
order: 1
difficulty: beginner
estimatedTime: 15
topics: [tables]
```

## Since

coursecheck 0.1

## Source

JSON Schema: https://json-schema.org/specification
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.rules.frontmatter.lesson_keys import KEYS, follows_convention
from checker.rules.frontmatter.places import data_of, key_span, value_span
from checker.rules.frontmatter.schemas import schema_of
from checker.rules.rule import Report, Rule
from checker.schema.evident import plain_schema
from checker.schema.process import Task, Violation, judge

RULE = Rule("FMT201", "frontmatter-schema", "error", looks_at="course")


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report for each wrong key or value, in all lessons that a schema applies to."""
    groups: dict[str, list[Lesson]] = {}
    for lesson in course.lessons:
        if schema := schema_of(lesson, config):
            groups.setdefault(schema, []).append(lesson)
    groups = {schema: doubtful for schema, group in groups.items() if (doubtful := _doubtful(schema, group))}
    tasks = [Task(schema, list(map(data_of, group))) for schema, group in groups.items()]
    judged = [lesson for group in groups.values() for lesson in group]
    unused = frozenset[str]() if config.frontmatter.schemas else _unused_keys(course)
    for lesson, violations in zip(judged, judge(tasks), strict=True):
        for each in violations:
            if each.path or each.key not in unused:
                yield _report(lesson, each)


def _unused_keys(course: Course) -> frozenset[str]:
    """The keys of the default schema that no lesson of a course with several has: none is missing one."""
    heads = [data for data in map(data_of, course.lessons) if data and follows_convention(data)]
    return KEYS.difference(*heads) if len(heads) > 1 else frozenset()


def _doubtful(schema: str, lessons: list[Lesson]) -> list[Lesson]:
    """The lessons that do not evidently satisfy the schema."""
    plain = plain_schema(schema)
    return lessons if plain is None else [each for each in lessons if not plain.allows(data_of(each))]


def _report(lesson: Lesson, violation: Violation) -> Report:
    if violation.key is None:
        return Report(violation.message, value_span(lesson, violation.path))
    return Report(violation.message, key_span(lesson, violation.path, violation.key))
