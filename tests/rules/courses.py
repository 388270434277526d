"""Courses out of texts, for the rules that look at a whole course."""

from collections.abc import Iterable, Mapping

from checker.analysis.course import Course
from checker.config import Config
from checker.config.keys import FrontmatterKeys, SchemaKeys
from checker.reading.lesson import parse_lesson
from checker.rules.rule import Report


def course(files: Mapping[str, str]) -> Course:
    """The course of these files, all of them checked: path and text."""
    lessons = tuple(parse_lesson(path, text) for path, text in files.items())
    return Course(root="", lessons=lessons, known=tuple(sorted(files)))


def with_schema(schema: str, files: str = "**") -> Config:
    """A configuration with one schema; its file counts from the current folder."""
    return Config(path="coursecheck.toml", frontmatter=FrontmatterKeys((SchemaKeys(files, schema),)))


def places(reports: Iterable[Report]) -> list[str]:
    """Where reports stand, as `path:line:column-end_line:end_column`."""
    spans = [each.span for each in reports]
    return [f"{s.path}:{s.line}:{s.column}-{s.end_line}:{s.end_column}" for s in spans]
