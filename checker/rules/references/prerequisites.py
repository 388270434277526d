"""What the `prerequisites` of lessons name, and the lessons that they lead to."""

from collections.abc import Iterator
from os.path import relpath

from msgspec import Struct

from checker.analysis.course import Course
from checker.model import Lesson
from checker.patterns import regex
from checker.rules.frontmatter.places import Path, data_of
from checker.rules.references.naming import LessonNames, Name

_REFERENCE = regex(r"/?[\w.-]+(?:/[\w.-]+)+")
_EXTENSION = regex(r"\.mdx?$")


class Step(Struct, frozen=True):
    """One lesson asks for another one: by the value at `path` in the frontmatter of `lesson`."""

    lesson: Lesson
    path: Path
    text: str
    wanted: Lesson


def prerequisites(lesson: Lesson) -> Iterator[tuple[Path, str]]:
    """The texts among the prerequisites, each with its place in the frontmatter."""
    value = (data_of(lesson) or {}).get("prerequisites")
    entries = enumerate(value) if isinstance(value, list) else [(None, value)]
    for index, each in entries:
        if isinstance(each, str):
            yield (("prerequisites",) if index is None else ("prerequisites", index)), each


def named_by(text: str) -> Name | None:
    """The name in a prerequisite; None for words that are no reference."""
    if not _REFERENCE.fullmatch(text):
        return None
    *folders, lesson = _EXTENSION.sub("", text.removeprefix("/")).split("/")
    below = tuple(each for each in folders if each not in (".", ".."))
    return Name(below, lesson) if below else None


def has_ending(text: str) -> bool:
    """Whether a reference is written with the ending of a lesson's file."""
    return _EXTENSION.search(text) is not None


def steps(course: Course) -> tuple[Step, ...]:
    """Every prerequisite that names one lesson."""
    names = course.once(LessonNames)
    by_name = {_known_as(course, each): each for each in course.everyone}
    return tuple(
        Step(lesson, path, text, by_name[found[0]])
        for lesson in course.everyone
        for path, text in prerequisites(lesson)
        if (wanted := named_by(text)) is not None
        and len(found := names.find(wanted)) == 1
        and found[0] in by_name
    )


def _known_as(course: Course, lesson: Lesson) -> str:
    return relpath(lesson.path, course.root or ".").replace("\\", "/")
