"""The course around the lessons that are checked: which lessons there are to be named."""

import os
from collections.abc import Iterator
from os.path import abspath, commonpath, dirname, relpath

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.reading.discovery import discover
from checker.rules.references.project import project_folder

_LESSON_ENDINGS = (".mdx", ".md")


def find_course(lessons: tuple[Lesson, ...], config: Config) -> Course:
    """The course that these lessons belong to.

    With a configuration it is what that says. Without one it is the lessons that are checked and those beside
    them: in their folders and in the folders next to these, so that one file alone, too, may name the others.
    """
    checked = {abspath(each.path) for each in lessons}
    if config.path is not None:
        found = discover((config.folder,), config.course.lessons)
        known = checked | {abspath(each) for each in found.files}
        root = config.folder
    else:
        above = {dirname(dirname(path)) for path in checked}
        known = checked | {path for folder in above for path in _two_levels(folder)}
        root = commonpath(above) if above else os.getcwd()
    names = tuple(sorted(_from(root, path) for path in known))
    project, whole = (root, True) if config.path is not None else project_folder(root)
    return Course(root, lessons, names, project, whole)


def _from(root: str, path: str) -> str:
    """A path below the root, or anywhere else, as it is seen from there."""
    start = root.rstrip("/") + "/"
    return path[len(start) :] if path.startswith(start) else relpath(path, root)


def _two_levels(folder: str) -> Iterator[str]:
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from (inner.path for inner in _entries(entry.path) if _is_lesson(inner))
        elif _is_lesson(entry):
            yield entry.path


def _entries(folder: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except OSError:  # a neighbour that is nobody's business
        return []


def _is_lesson(entry: "os.DirEntry[str]") -> bool:
    return entry.name.endswith(_LESSON_ENDINGS)
