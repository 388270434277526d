"""A file that is too large for a lesson, and is not read.

## What

A file of more than 4 MiB, or a line of more than two million characters.

## Why

Such a file is data that was pasted in or named `.mdx` by mistake. Reading it would take long, and no reader
could read it either.

## Bad

A lesson with a table of 100,000 rows pasted into it.

## Good

A lesson that links to the table, and shows its first rows.

## Since

coursecheck 0.1

## Source

The limits are the checker's own.
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX402", "file-too-large", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """At most one report, at the first line."""
    return reports(analysis.lesson, RULE.name)
