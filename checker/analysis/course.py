"""The course around the lessons that are being checked."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from msgspec import Struct

from checker.model import Lesson

Fact = TypeVar("Fact")


def _unread(path: str) -> Lesson:
    raise KeyError(path)


def _by_path(course: "Course") -> dict[str, Lesson]:
    return {each.path: each for each in course.lessons}


class Course(Struct, frozen=True, dict=True):
    """The lessons being checked, and the paths of all lessons there are.

    `others` are the paths of those lessons of the course that are not checked in this run; `read` reads the
    frontmatter of one of them, and nothing else. What only a whole course shows is looked for among
    `everyone`, or among those that can matter: with one lesson to check, its course must not cost more.
    `gone` are absolute paths of files that are looked for as if they were there.
    `root` is the folder that lesson names count from, with `/`; `known` are all lessons below it, relative
    to it and sorted, whether or not they are checked in this run: a prerequisite may name any of them.
    `project` is the folder of everything that lessons may refer to; `whole` says that it is certainly all
    there, so that what is not found in it is nowhere.
    """

    root: str
    lessons: tuple[Lesson, ...]
    known: tuple[str, ...]
    project: str = ""
    whole: bool = False
    others: tuple[str, ...] = ()
    read: Callable[[str], Lesson] = _unread
    gone: frozenset[str] = frozenset()

    @property
    def everyone(self) -> tuple[Lesson, ...]:
        """All lessons, checked or not, in the order of their paths."""
        if not self.others:
            return self.lessons
        return tuple(self.lesson(each) for each in sorted({*self.once(_by_path), *self.others}))

    def others_in(self, folders: Collection[str]) -> list[Lesson]:
        """The lessons right below these folders that are not checked; "" is the current one."""
        return [self.lesson(each) for each in self.others if each.rpartition("/")[0] in folders]

    def lesson(self, path: str) -> Lesson:
        """The lesson at a path that is a checked lesson's or one of the `others`."""
        lessons = self.once(_by_path)
        if path not in lessons:
            lessons[path] = self.read(path)
        return lessons[path]

    def once(self, make: Callable[..., Fact], *given: Any) -> Fact:
        """What `make` makes of the course and what is given beside it, worked out when first asked for."""
        known: dict[Any, Fact] = self.__dict__
        name = make.__qualname__
        if name not in known:
            known[name] = make(self, *given)
        return known[name]
