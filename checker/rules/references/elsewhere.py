"""The pages of lessons that are not checked in this run: read when a link leads there, each once."""

from collections.abc import Callable, Collection
from os.path import abspath, isfile, normpath, relpath

from checker.analysis.course import Course
from checker.model import Extension, Lesson
from checker.reading.lesson import Parse, read_lesson
from checker.reading.links.references import Page, read_page


class Elsewhere:
    """Reads pages; `parse` and `read` may know what `parse_lesson` and `read_page` make."""

    def __init__(
        self,
        _course: Course,
        extensions: Collection[Extension] = (),
        parse: Parse | None = None,
        read: Callable[[Lesson], Page] = read_page,
    ) -> None:
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
        lesson = read_lesson(path, extensions=self._extensions, parse=self._parse)
        return None if lesson.problems and not lesson.text else self._read(lesson)
