"""How lessons refer to each other: `folder/lesson`, with or without the folder's number."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from checker.analysis.course import Course
from checker.patterns import regex
from checker.spelling import nearest

# With more lessons of one name, or in one folder, finding the nearest would take long.
_COMPARED_MAX = 100

_NUMBER = regex(r"\d+[-_.]+(?=[^-_.])")


class Name(Struct, frozen=True):
    """The folders and the file name, without extension, of a lesson."""

    folders: tuple[str, ...]
    lesson: str

    @property
    def is_numbered(self) -> bool:
        """Whether the lesson or one of the folders has a number in front."""
        return any(_NUMBER.match(each) for each in (*self.folders, self.lesson))


def without_number(name: str) -> str:
    """`module-1` for `01-module-1`."""
    number = _NUMBER.match(name)
    return name[number.end() :] if number else name


class LessonNames:
    """All lessons of a course, by the names that references use."""

    def __init__(self, course: Course) -> None:
        self._called: dict[tuple[str, str], list[tuple[Name, str]]] = {}
        self._named: dict[str, list[Name]] = {}
        self._renumbered: dict[str, list[Name]] = {}
        self._in_folder: dict[str, list[Name]] = {}
        root = PurePosixPath(course.root).parts
        self._depth = len(root)
        for known in course.known:
            path = PurePosixPath(known)
            folders = (*root, *path.parts[:-1])
            self._add(Name(folders, path.stem), known)
            if path.stem == "index" and folders:  # sites show it under the name of its folder
                for name in dict.fromkeys((folders[-1], without_number(folders[-1]))):
                    self._add(Name(folders[:-1], name), known)

    def _add(self, name: Name, path: str) -> None:
        self._named.setdefault(name.lesson, []).append(name)
        self._renumbered.setdefault(_slug(name.lesson), []).append(name)
        if name.folders:
            folder = name.folders[-1]
            self._in_folder.setdefault(_slug(folder), []).append(name)
            for called in {folder, without_number(folder)}:
                self._called.setdefault((called, name.lesson), []).append((name, path))

    def find(self, wanted: Name) -> list[str]:
        """The paths in the course of lessons with this name; case counts."""
        found = self._called.get((wanted.folders[-1], wanted.lesson), ())
        return [path for name, path in found if _ends_with(name.folders, wanted.folders)]

    def has_lesson(self, wanted: Name) -> bool:
        """Whether any folder contains a lesson of this name."""
        return wanted.lesson in self._named

    def has_numbered_beside(self, wanted: Name) -> bool:
        """Whether lessons of its folder have numbers in front."""
        beside = self._in_folder.get(_slug(wanted.folders[-1]), ())
        return any(_NUMBER.match(each.lesson) for each in beside)

    def has_part(self, wanted: Name) -> bool:
        """Whether there is a lesson of this name in another folder, or such a folder in any case."""
        return self.has_lesson(wanted) or _slug(wanted.folders[-1]) in self._in_folder

    def moved(self, wanted: Name) -> str:
        """The probable new name of the lesson: in another folder, or with another number."""
        same = self._named.get(wanted.lesson) or self._renumbered.get(_slug(wanted.lesson)) or []
        return _in_nearest_folder(wanted, [each for each in same if len(each.folders) > self._depth])

    def alike(self, wanted: Name) -> str:
        """The lesson of the same folder with the nearest name, "" when none is near."""
        beside = self._in_folder.get(_slug(wanted.folders[-1]), [])[:_COMPARED_MAX]
        lessons = {each.lesson: each for each in beside}
        near = nearest(wanted.lesson, lessons)
        return _in_nearest_folder(wanted, [lessons[near]]) if near else ""


def _slug(name: str) -> str:
    return without_number(name).casefold()


def _ends_with(folders: Sequence[str], wanted: Sequence[str]) -> bool:
    last = folders[-len(wanted) :]
    return len(last) == len(wanted) and all(
        name in (folder, without_number(folder)) for folder, name in zip(last, wanted, strict=True)
    )


def _in_nearest_folder(wanted: Name, found: Sequence[Name]) -> str:
    """The lesson in the folder with the nearest name, with or without its number as in `wanted`."""
    numbered = _NUMBER.match(wanted.folders[-1]) is not None
    by_folder = {
        each.folders[-1] if numbered else without_number(each.folders[-1]): each.lesson
        for each in found[:_COMPARED_MAX]
    }
    if not by_folder:
        return ""
    folder = nearest(wanted.folders[-1], by_folder, alike=0.0)
    return f"{folder}/{by_folder[folder]}"
