"""Pages of lessons that are not checked in this run: each is read once, when a link leads to it."""

from collections.abc import Callable, Collection
from functools import partial
from os.path import abspath, dirname, isfile, normpath, relpath

from checker.analysis.course import Course
from checker.model import Extension, Lesson
from checker.reading.decoding import UnreadableError
from checker.reading.lesson import Parse, read_lesson
from checker.reading.links.reading import read_page
from checker.reading.links.references import Page
from checker.reading.links.segments import may_lead, segments
from checker.reading.source import read_source, tree_root

# Looks up the page of a file, or makes it with the given function.
Recall = Callable[[str, Callable[[], Page | None]], Page | None]
RecallSegments = Callable[[str, Callable[[], frozenset[str]]], frozenset[str]]


class Elsewhere:
    """Reads pages; `parse`, `read` and `recall` may look up known results instead.

    `recall_segments` may look up the result of `segments` for a file.
    """

    def __init__(
        self,
        _course: Course,
        extensions: Collection[Extension] = (),
        parse: Parse | None = None,
        read: Callable[[Lesson], Page] = read_page,
        recall: Recall = lambda _, make: make(),
        recall_segments: RecallSegments = lambda _, make: make(),
    ) -> None:
        self._recall = recall
        self._recall_segments = recall_segments
        self._extensions = extensions
        self._parse = parse
        self._read = read
        self._pages: dict[str, Page | None] = {}

    def page(self, path: str) -> Page | None:
        """The page of a lesson's file; None when it cannot be read, which is reported where it is checked."""
        name = _name(path)
        if name not in self._pages:
            self._pages[name] = self._made(name)
        return self._pages[name]

    def page_leading_to(self, names: Collection[str], name: str) -> Page | None:
        """The same, or None when none of its links can end in one of these lower-case names.

        `name` is the lesson's name in the course.
        """
        if name not in self._pages and (known := self._recall(name, _nothing)) is not None:
            self._pages[name] = known
        if name in self._pages or may_lead(self._recall_segments(name, partial(_segments, name)), names):
            return self.page(name)
        return None

    def _made(self, path: str) -> Page | None:
        if not (path.endswith((".md", ".mdx")) and isfile(path)):
            return None
        return self._recall(path, partial(self._read_file, path))

    def _read_file(self, path: str) -> Page | None:
        lesson = read_lesson(path, extensions=self._extensions, parse=self._parse)
        return None if lesson.problems and not lesson.text else self._read(lesson)


def _name(path: str) -> str:
    """The path under which the lesson is checked, so that remembered results are found."""
    return relpath(normpath(abspath(path)))


def _nothing() -> None:
    return None


def _segments(path: str) -> frozenset[str]:
    try:
        return segments(read_source(path, tree_root(dirname(path) or ".")))
    except UnreadableError:  # it has no page
        return frozenset()
