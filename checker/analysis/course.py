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
    """The lessons being checked, and the paths of all lessons of the course.

    `others` are the paths of lessons that are not checked in this run; `read` reads the frontmatter of one of
    them and nothing else. Rules about the whole course look at `everyone`, or only at the lessons that can
    matter, so that checking one lesson does not cost as much as checking its course. `gone` are absolute
    paths of deleted files that count as present. `root` is the folder that lesson names are relative to, with
    `/`. `known` are all lessons below it, relative to it and sorted, whether or not they are checked: a
    prerequisite may name any of them. `project` is the folder of everything that lessons may refer to;
    `whole` says that it is certainly complete, so that a file not found in it does not exist.
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
        """The lessons directly in these folders that are not checked; "" is the current folder."""
        return [self.lesson(each) for each in self.others if each.rpartition("/")[0] in folders]

    def lesson(self, path: str) -> Lesson:
        """The lesson at a path, which is a checked lesson or one of the `others`."""
        lessons = self.once(_by_path)
        if path not in lessons:
            lessons[path] = self.read(path)
        return lessons[path]

    def once(self, make: Callable[..., Fact], *given: Any) -> Fact:
        """The result of `make(self, *given)`, computed on first use."""
        known: dict[Any, Fact] = self.__dict__
        name = make.__qualname__
        if name not in known:
            known[name] = make(self, *given)
        return known[name]
