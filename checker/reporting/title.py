"""The title of a lesson."""

from checker.model import Lesson
from checker.patterns import regex

_HEADING_MARKS = regex(r"^ {0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|\n[ \t]*[=-]+[ \t]*$")
_LONGEST = 300


def title(lesson: Lesson) -> str | None:
    """The title in the frontmatter, else the first heading, on one line; None when there is neither."""
    data = lesson.frontmatter.data if lesson.frontmatter else None
    named = data.get("title") if data else None
    if isinstance(named, str) and named.strip():
        return _one_line(named)
    heading = next((each.text for each in lesson.prose if each.level), None)
    return _one_line(_HEADING_MARKS.sub("", heading)) if heading else None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
