"""The course around the lessons that are being checked."""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct

from checker.model import Lesson

Fact = TypeVar("Fact")


class Course(Struct, frozen=True, dict=True):
    """The lessons being checked, and the paths of all lessons there are.

    `others` are those lessons of the course that are not checked in this run, with nothing read of them but
    their frontmatter. What only a whole course shows is looked for among `everyone`.
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
    others: tuple[Lesson, ...] = ()
    gone: frozenset[str] = frozenset()

    @property
    def everyone(self) -> tuple[Lesson, ...]:
        """All lessons, checked or not, in the order of their paths."""
        if not self.others:
            return self.lessons
        return tuple(sorted((*self.lessons, *self.others), key=lambda each: each.path))

    def once(self, make: Callable[..., Fact], *given: Any) -> Fact:
        """What `make` makes of the course and what is given beside it, worked out when first asked for."""
        known: dict[Any, Fact] = self.__dict__
        name = make.__qualname__
        if name not in known:
            known[name] = make(self, *given)
        return known[name]
