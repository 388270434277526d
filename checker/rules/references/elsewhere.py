"""The pages of lessons that are not checked in this run: read when a link leads there, each once."""

from collections.abc import Callable, Collection
from functools import partial
from os.path import abspath, isfile, normpath, relpath

from checker.analysis.course import Course
from checker.model import Extension, Lesson
from checker.reading.lesson import Parse, read_lesson
from checker.reading.links.references import Page, read_page

# What may know of a file what it is given for making it.
Recall = Callable[[str, Callable[[], Page | None]], Page | None]


class Elsewhere:
    """Reads pages; `parse` and `read` may know what `parse_lesson` and `read_page` make, `recall` it all."""

    def __init__(
        self,
        _course: Course,
        extensions: Collection[Extension] = (),
        parse: Parse | None = None,
        read: Callable[[Lesson], Page] = read_page,
        recall: Recall = lambda _, make: make(),
    ) -> None:
        self._recall = recall
        self._extensions = extensions
        self._parse = parse
        self._read = read
        self._pages: dict[str, Page | None] = {}

    def page(self, path: str) -> Page | None:
        """The page of a lesson's file; None when it cannot be read, which is said where it is checked."""
        # As the lesson is called where it is checked, so that what is known of it is found.
        name = relpath(normpath(abspath(path)))
        if name not in self._pages:
            self._pages[name] = self._made(name)
        return self._pages[name]

    def _made(self, path: str) -> Page | None:
        if not (path.endswith((".md", ".mdx")) and isfile(path)):
            return None
        return self._recall(path, partial(self._read_file, path))

    def _read_file(self, path: str) -> Page | None:
        lesson = read_lesson(path, extensions=self._extensions, parse=self._parse)
        return None if lesson.problems and not lesson.text else self._read(lesson)
