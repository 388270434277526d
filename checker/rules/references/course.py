"""The course around the lessons that are checked: which lessons there are to be named."""

import os
from collections.abc import Iterator
from os.path import commonpath, relpath
from pathlib import Path

from checker.analysis.course import Course
from checker.config import Config
from checker.config.file import absolute
from checker.model import Lesson
from checker.reading.discovery import discover
from checker.rules.references.project import project_folder

_LESSON_ENDINGS = (".mdx", ".md")


def find_course(lessons: tuple[Lesson, ...], config: Config) -> Course:
    """The course that these lessons belong to.

    With a configuration it is what that says. Without one it is the lessons that are checked and those beside
    them: in their folders and in the folders next to these, so that one file alone, too, may name the others.
    """
    checked = {absolute(each.path) for each in lessons}
    if config.path is not None:
        found = discover((config.folder,), config.course.lessons)
        known = checked | {absolute(each) for each in found.files}
        root = config.folder
    else:
        above = {path.parent.parent for path in checked}
        known = checked | {path for folder in above for path in _two_levels(folder)}
        root = commonpath(above) if above else str(Path.cwd())
    names = sorted(Path(relpath(path, root)).as_posix() for path in known)
    project, whole = (root, True) if config.path is not None else project_folder(Path(root).as_posix())
    return Course(Path(root).as_posix(), lessons, tuple(names), Path(project).as_posix(), whole)


def _two_levels(folder: Path) -> Iterator[Path]:
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from (Path(inner.path) for inner in _entries(Path(entry.path)) if _is_lesson(inner))
        elif _is_lesson(entry):
            yield Path(entry.path)


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except OSError:  # a neighbour that is nobody's business
        return []


def _is_lesson(entry: "os.DirEntry[str]") -> bool:
    return entry.name.endswith(_LESSON_ENDINGS)
