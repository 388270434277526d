"""The course around the lessons that are being checked."""

from msgspec import Struct

from checker.model import Lesson


class Course(Struct, frozen=True):
    """The lessons being checked, and the paths of all lessons there are.

    `root` is the folder that lesson names count from, with `/`; `known` are all lessons below it, relative
    to it and sorted, whether or not they are checked in this run: a prerequisite may name any of them.
    """

    root: str
    lessons: tuple[Lesson, ...]
    known: tuple[str, ...]
