"""A file that cannot be read, so that nothing in it was checked.

## What

A broken link, a link that leads out of the course, a file without read permission, or a folder, FIFO or
device with the name of a lesson.

## Why

What is not read is not checked. A lesson that is silently left out would look correct.

## Bad

`01-intro.mdx` is a link to `/home/me/drafts/intro.mdx`.

## Good

`01-intro.mdx` is the lesson itself.

## Since

coursecheck 0.1

## Source

A rule of our own.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX403", "unreadable-file", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """At most one report, at the first line."""
    return reports(analysis.lesson, RULE.name)
