"""Reads all lessons that were found, one after the other."""

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from checker.model import Extension, Lesson, Problem
from checker.reading.decoding import line_starts
from checker.reading.discovery import Discovery
from checker.reading.lesson import Parse, read_lesson


def read_lessons(
    found: Discovery, extensions: Collection[Extension], parse: Parse, paths: Iterable[str]
) -> Iterator[Lesson]:
    """Read every lesson, in the order of `paths`.

    `parse` may know what `parse_lesson` would make of a text. A folder that could not be listed is among them
    as a lesson that could not be read.
    """
    roots = dict(zip(found.files, found.roots, strict=True))
    problems: dict[str, list[Problem]] = {}
    for problem in found.problems:
        problems.setdefault(problem.span.path, []).append(problem)
    for path in paths:
        lesson = read_lesson(path, roots[path], extensions, parse) if path in roots else _unread(path)
        more = problems.get(path, ())
        yield replace(lesson, problems=(*lesson.problems, *more)) if more else lesson


def _unread(path: str) -> Lesson:
    return Lesson(path, "", line_starts(""), None, (), (), (), ())
