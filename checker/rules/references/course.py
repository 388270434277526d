"""Finds the course around the lessons that are checked: the lessons that may be referred to."""

import os
from collections.abc import Callable, Iterable, Iterator
from os.path import abspath, basename, commonpath, dirname, realpath

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.reading.discovery import discover, is_for_readers, real_paths
from checker.reading.lesson import read_head_of
from checker.reading.source import tree_root
from checker.rules.references.project import project_folder, seen_from

_LESSON_ENDINGS = (".mdx", ".md")

# A lesson's file, and the folder that its links may not lead out of.
_File = tuple[str, str]
ReadHeadOf = Callable[[str, str], Lesson]


def find_course(
    lessons: tuple[Lesson, ...],
    config: Config,
    read: ReadHeadOf = read_head_of,
    gone: frozenset[str] = frozenset(),
) -> Course:
    """The course that these lessons belong to; `read` may look up what `read_head_of` reads of the others.

    With a configuration, that decides. Without one, the course is the checked lessons and those in their
    folders and in sibling folders, so that even a single file may refer to others. The others are read only
    inside a site or repository: elsewhere they may be anything. `gone` are absolute paths of deleted files
    that count as present.
    """
    checked = {abspath(each.path) for each in lessons}
    files: Iterable[_File]
    if config.path is not None:
        found = discover((config.folder,), config.course.lessons)
        known = checked | {abspath(each) for each in found.files}
        root = config.folder
        project, whole = root, True
        files = zip(found.files, found.roots, strict=True)
    else:
        above = {dirname(dirname(path)) for path in checked}
        known = checked | {path for folder in above for path in _two_levels(folder)}
        root = commonpath(above) if above else os.getcwd()
        project, whole = project_folder(root)
        files = _files_beside(known) if whole else ()
    known |= {path for path in gone if path.startswith(f"{root}/") and path.endswith(_LESSON_ENDINGS)}
    names = tuple(sorted(seen_from(root, path) for path in known))
    roots = dict(_except(checked, files))
    return Course(
        root, lessons, names, project, whole, tuple(roots), lambda path: read(path, roots[path]), gone
    )


def _except(checked: set[str], files: Iterable[_File]) -> Iterator[_File]:
    """The files that are not checked, not even under another name."""
    real = set(real_paths(checked))
    has_links = real != checked
    for path, root in files:
        if abspath(path) not in checked and not (has_links and realpath(path) in real):
            yield path, root


def _files_beside(known: Iterable[str]) -> Iterator[_File]:
    here = os.getcwd()
    roots: dict[str, str] = {}
    for path in sorted(known):
        if is_for_readers(basename(path)):
            folder = dirname(path)
            yield seen_from(here, path), roots.get(folder) or roots.setdefault(folder, tree_root(folder))


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
    except OSError:  # an unreadable neighbour does not matter
        return []


def _is_lesson(entry: "os.DirEntry[str]") -> bool:
    return entry.name.endswith(_LESSON_ENDINGS)
