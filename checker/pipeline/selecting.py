"""Which lessons a revision asks for: those that have changed since, and those that depend on what has."""

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
    """The paths of lessons that are asked for; `all_because` says in words why it is all of them."""

    paths: frozenset[str]
    all_because: str = ""


def select(
    lessons: Sequence[Lesson],
    course: Callable[[frozenset[str]], Course],
    config: Config,
    start: str,
    revision_name: str,
) -> Chosen:
    """Those of the lessons that are asked for by what has changed since a revision.

    `course` makes the course around them, in which files that are gone are found as if they were there;
    `start` is the path from which the configuration was looked for.
    """
    near = start
    while near and not os.path.isdir(near):  # a file, or a glob
        near = dirname(near)
    revision = read_revision(revision_name, near or ".")
    reason = reason_for_all(config, start, revision)
    if reason:
        return Chosen(frozenset(each.path for each in lessons), reason)
    return Chosen(concerned(course(revision.gone), config, revision, lambda: course(frozenset())))


def reason_for_all(config: Config, start: str, revision: Revision) -> str:
    """What has changed that all lessons depend on, in words; "" when nothing of the kind has."""
    schemas = [join(config.folder, each.schema) for each in config.frontmatter.schemas]
    # A schema may refer to others beside it.
    folders = {os.path.realpath(dirname(each)) for each in schemas}
    beside = [path for folder in folders for path in revision.files_in(folder) if path.endswith(".json")]
    requirements = [join(config.folder, config.run.requirements)] if config.run.requirements else []
    services = [join(config.folder, name) for _, name in (*config.service_files(), *config.setup_files())]
    lab = [str(each) for each in config.lab_files()]
    named = (*schemas, *beside, *requirements, *services, *lab)
    files = [*_configurations(config, start, revision), *named]
    for path in files:
        # Of what lies elsewhere, such as a configuration that was named, git knows nothing.
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
    """The configuration, and what was or may have been one nearer to the lessons."""
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
    """The paths of the lessons of a course that have changed since, or depend on what has.

    They do when they link to it, import it or name it among their prerequisites. So that a lesson which
    points at what is gone is found too, `course` holds what is gone as well; `now` is without.
    """
    found = {each.path for each in course.lessons if revision.has_changed(each.path)}
    found |= {lesson.path for lesson, path in _references(course, config) if revision.has_changed(path)}
    found |= {lesson.path for lesson, path in _files(course, config) if path in revision.gone}
    has_come = any(not revision.held(path) for path in found)
    if config.structure.numbered and (has_come or revision.gone):
        # A lesson that came or went concerns those that are counted with it.
        found |= {each.span.path for each in numbering_gap.check(now(), config)}
    return frozenset(found)


def _references(course: Course, config: Config) -> Iterator[tuple[Lesson, str]]:
    """Every lesson with the files of lessons that it refers to."""
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
    """Every lesson with the places where the files that it needs may lie."""
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
