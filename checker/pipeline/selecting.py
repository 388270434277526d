"""Selects the lessons that changed since a git revision, and those that depend on a change."""

import os
from collections.abc import Callable, Iterator, Sequence
from os.path import abspath, dirname, join, normpath
from typing import NamedTuple

from checker.analysis.course import Course
from checker.config import Config
from checker.config.file import FILE_NAME, PROJECT_NAME, absolute
from checker.model import Lesson
from checker.reading.revision import Revision, read_revision
from checker.rules.references.aliases import Aliases
from checker.rules.references.broken_import import ENDINGS, paths_of
from checker.rules.references.images import places_of
from checker.rules.references.naming import LessonNames
from checker.rules.references.prerequisites import named_by, prerequisites
from checker.rules.references.resolving import resolve
from checker.rules.references.site import is_internal, pages_of, site_of
from checker.rules.structure import numbering_gap


class Chosen(NamedTuple):
    """The paths of the selected lessons; `all_because` says in words why all are selected."""

    paths: frozenset[str]
    all_because: str = ""


def select(
    lessons: Sequence[Lesson],
    course: Callable[[frozenset[str]], Course],
    config: Config,
    start: str,
    revision_name: str,
) -> Chosen:
    """Select the lessons that are affected by what changed since a revision.

    `course` makes the course around the lessons, in which the given deleted files count as present. `start`
    is the path from which the configuration was looked for.
    """
    near = start
    while near and not os.path.isdir(near):  # a file or a glob
        near = dirname(near)
    revision = read_revision(revision_name, near or ".")
    reason = reason_for_all(config, start, revision)
    if reason:
        return Chosen(frozenset(each.path for each in lessons), reason)
    return Chosen(concerned(course(revision.gone), config, revision, lambda: course(frozenset())))


def reason_for_all(config: Config, start: str, revision: Revision) -> str:
    """The changed file that all lessons depend on, in words; empty when there is none."""
    schemas = [join(config.folder, each.schema) for each in config.frontmatter.schemas]
    # A schema may refer to other files beside it.
    folders = {os.path.realpath(dirname(each)) for each in schemas}
    beside = [path for folder in folders for path in revision.files_in(folder) if path.endswith(".json")]
    requirements = [join(config.folder, config.run.requirements)] if config.run.requirements else []
    services = [join(config.folder, name) for _, name in (*config.service_files(), *config.setup_files())]
    lab = [str(each) for each in config.lab_files()]
    named = (*schemas, *beside, *requirements, *services, *lab)
    files = [*_configurations(config, start, revision), *named]
    for path in files:
        # Files outside of the repository, such as a configuration named on the command line, are unknown to
        # git.
        if revision.holds(path) and revision.has_changed(path):
            return f"{os.path.relpath(path)} has changed"
    if (
        config.run.fixtures
        and revision.holds(config.run.fixtures)
        and revision.has_changed_below(config.run.fixtures)
    ):
        return f"{os.path.relpath(config.run.fixtures)} has changed"
    return ""


def _configurations(config: Config, start: str, revision: Revision) -> Iterator[str]:
    """The configuration, and files that are or were a configuration nearer to the lessons."""
    if config.path is not None:
        yield config.path
    first = absolute(start)
    for folder in (first, *first.parents):
        for name in (FILE_NAME, PROJECT_NAME):
            path = str(folder / name)
            if revision.held(path):
                yield path
        if config.path is not None and str(folder) == config.folder:
            return


def concerned(
    course: Course, config: Config, revision: Revision, now: Callable[[], Course]
) -> frozenset[str]:
    """The paths of lessons that changed, or that link to, import or require something that changed.

    `course` includes deleted files, so that lessons which refer to them are found; `now` makes the course
    without them.
    """
    found = {each.path for each in course.lessons if revision.has_changed(each.path)}
    found |= {lesson.path for lesson, path in _references(course, config) if revision.has_changed(path)}
    found |= {lesson.path for lesson, path in _files(course, config) if path in revision.gone}
    has_come = any(not revision.held(path) for path in found)
    if config.structure.numbered and (has_come or revision.gone):
        # A lesson that was added or removed affects those that are numbered with it.
        found |= {each.span.path for each in numbering_gap.check(now(), config)}
    return frozenset(found)


def _references(course: Course, config: Config) -> Iterator[tuple[Lesson, str]]:
    """Every lesson with the lesson files that it refers to."""
    yield from course.once(resolve, config).reached
    names = course.once(LessonNames)
    for lesson in course.lessons:
        for _, text in prerequisites(lesson):
            wanted = named_by(text, lesson.path)
            for path in names.find(wanted) if wanted else ():
                yield lesson, join(course.root, path)
    for lesson, path in _imports(course, config):
        if path.endswith((".mdx", ".md")) and os.path.lexists(path):
            yield lesson, path


def _files(course: Course, config: Config) -> Iterator[tuple[Lesson, str]]:
    """Every lesson with the paths at which the files that it needs may be."""
    site = course.once(site_of, config)
    for lesson in course.lessons:
        here = normpath(abspath(lesson.path))
        for link in course.once(pages_of)[lesson.path].links:
            if link.kind == "image" and is_internal(link.url):
                yield from ((lesson, path) for path in places_of(site, here, link))
    yield from _imports(course, config)


def _imports(course: Course, config: Config) -> Iterator[tuple[Lesson, str]]:
    site = course.once(site_of, config)
    aliases = Aliases(site.files)
    for lesson in course.lessons:
        folder = dirname(normpath(abspath(lesson.path)))
        for each in course.once(pages_of)[lesson.path].imports:
            for path in paths_of(site, aliases, each.source.partition("?")[0], folder):
                yield from ((lesson, path + ending) for ending in ENDINGS)
