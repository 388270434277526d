"""The `prerequisites` of lessons, and the lessons that they refer to."""

from collections.abc import Iterator
from os.path import abspath, basename, dirname, relpath

from msgspec import Struct

from checker.analysis.course import Course
from checker.model import Lesson
from checker.patterns import regex
from checker.rules.frontmatter.places import Path, data_of
from checker.rules.references.naming import LessonNames, Name

_REFERENCE = regex(r"/?[\w.-]+(?:/[\w.-]+)+")
_BESIDE = regex(r"\d+[-_][\w.-]*[^\W\d_][\w.-]*")
_EXTENSION = regex(r"\.mdx?$")


class Step(Struct, frozen=True):
    """A lesson requires another one, by the value at `path` in the frontmatter of `lesson`."""

    lesson: Lesson
    path: Path
    text: str
    wanted: Lesson


def prerequisites(lesson: Lesson) -> Iterator[tuple[Path, str]]:
    """The texts among the prerequisites, each with its path in the frontmatter."""
    value = (data_of(lesson) or {}).get("prerequisites")
    entries = enumerate(value) if isinstance(value, list) else [(None, value)]
    for index, each in entries:
        if isinstance(each, str):
            yield (("prerequisites",) if index is None else ("prerequisites", index)), each


def named_by(text: str, path: str) -> Name | None:
    """The name in a prerequisite of the lesson at `path`; None for text that is no reference.

    A name with a number but without a folder refers to a lesson in the same folder.
    """
    if _BESIDE.fullmatch(text):
        # The folder of a path without one is the current folder.
        folder = basename(dirname(abspath(path)))
        return Name((folder,), _EXTENSION.sub("", text)) if folder else None
    if not _REFERENCE.fullmatch(text):
        return None
    *folders, lesson = _EXTENSION.sub("", text.removeprefix("/")).split("/")
    below = tuple(each for each in folders if each not in (".", ".."))
    return Name(below, lesson) if below else None


def has_ending(text: str) -> bool:
    """Whether a reference has the extension of a lesson's file."""
    return _EXTENSION.search(text) is not None


def steps(course: Course) -> tuple[Step, ...]:
    """Every prerequisite that names one lesson, for the checked lessons and all that these lead to.

    They are in the order of the course. Every cycle through a checked lesson consists of these.
    """
    names = course.once(LessonNames)
    everyone = (*course.others, *(each.path for each in course.lessons))
    paths = {_known_as(course, each): each for each in everyone}

    def steps_of(lesson: Lesson) -> Iterator[Step]:
        for path, text in prerequisites(lesson):
            found = names.find(wanted) if (wanted := named_by(text, lesson.path)) is not None else ()
            if len(found) == 1 and found[0] in paths:
                yield Step(lesson, path, text, course.lesson(paths[found[0]]))

    known: dict[str, list[Step]] = {}
    waiting = list(course.lessons)
    for lesson in waiting:
        if lesson.path not in known:
            known[lesson.path] = list(steps_of(lesson))
            waiting += (each.wanted for each in known[lesson.path])
    return tuple(step for path in sorted(known) for step in known[path])


def _known_as(course: Course, path: str) -> str:
    return relpath(path, course.root or ".").replace("\\", "/")
