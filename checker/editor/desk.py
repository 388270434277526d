"""The lessons that an editor holds open, each judged as part of its course; what is not saved yet counts.

Open lessons of one course are checked together, so that each sees the others as they are being written. Of
the rest of the course only what has changed on the disk is read again.
"""

from collections.abc import Iterable, Iterator
from os.path import abspath, dirname, relpath

from msgspec import Struct

from checker import pipeline
from checker.cache import Memory
from checker.config import load_config
from checker.config.file import find_config
from checker.editor.quiet import Quiet
from checker.errors import CheckerError
from checker.model import LessonResult
from checker.reading.discovery import is_lesson


class Sheet(Struct, frozen=True):
    """An open document: its absolute path, what the editor holds, and the version of that."""

    uri: str
    path: str
    text: str
    version: int | None

    @property
    def content(self) -> bytes:
        """The text as a file would hold it; what is no text stays so, and is reported."""
        return self.text.encode("utf-8", "surrogatepass")


class Judged(Struct, frozen=True):
    """What is known of a sheet: its result, or why there is none, or neither where it is no lesson."""

    sheet: Sheet
    result: LessonResult | None = None
    failure: Exception | None = None


class Desk:
    """The open documents by their addresses; `trust` lets a configuration name the programs to start."""

    def __init__(self, *, trust: bool) -> None:
        self._trust = trust
        self._memory = Memory()
        self._sheets: dict[str, Sheet] = {}
        self._judged: dict[str, Judged] = {}
        self._lessons: dict[tuple[str, str | None], bool] = {}

    def put(self, sheet: Sheet) -> None:
        """A document was opened, or its text has changed."""
        self._sheets[sheet.uri] = sheet

    def remove(self, uri: str) -> None:
        """A document was closed."""
        self._sheets.pop(uri, None)
        self._judged.pop(uri, None)

    def forget(self) -> None:
        """Something has changed on the disk: what was judged may be judged otherwise."""
        self._judged.clear()
        self._lessons.clear()

    def judged(self, uri: str) -> Judged | None:
        """What is known of an open document as it is now; it is checked when that is not known."""
        sheet = self._sheets.get(uri)
        if sheet is None:
            return None
        known = self._judged.get(uri)
        if known is None or known.sheet != sheet:
            self.check([uri])
        return self._judged[uri]

    def check(self, uris: Iterable[str]) -> list[Judged]:
        """Check these documents, and with them all that are open of their courses; returns all of them."""
        wanted = {_course(self._sheets[uri].path) for uri in uris if uri in self._sheets}
        found = [judged for course in sorted(wanted, key=str) for judged in self._check_course(course)]
        self._judged |= {each.sheet.uri: each for each in found}
        return found

    def open_uris(self) -> list[str]:
        """The addresses of all open documents."""
        return list(self._sheets)

    def _check_course(self, course: tuple[str | None, str]) -> list[Judged]:
        sheets = [each for each in self._sheets.values() if _course(each.path) == course]
        try:
            patterns = load_config(sheets[0].path).course.lessons
        except Exception as error:  # noqa: BLE001 said where the author looks
            return [Judged(each, failure=error) for each in sheets]
        lessons = [each for each in sheets if self._is_lesson(each.path, course[0], patterns)]
        others = [Judged(each) for each in sheets if each not in lessons]
        return [*self._check_sheets(lessons), *others]

    def _check_sheets(self, sheets: list[Sheet]) -> Iterator[Judged]:
        """Together; one that cannot be checked must not take the others with it."""
        if not sheets:
            return
        options = pipeline.Options(
            paths=tuple(relpath(each.path) for each in sheets),
            contents=tuple(each.content for each in sheets),
            run=False,
            start_named=self._trust,
            trust_config=self._trust,
        )
        try:
            results = pipeline.check(options, Quiet(), memory=self._memory).lessons
        except Exception as error:  # noqa: BLE001 said where the author looks
            if len(sheets) == 1:
                yield Judged(sheets[0], failure=error)
                return
            for each in sheets:
                yield from self._check_sheets([each])
            return
        by_path = {abspath(each.lesson.path): each for each in results}
        for each in sheets:
            yield Judged(each, by_path[each.path])

    def _is_lesson(self, path: str, config: str | None, patterns: tuple[str, ...]) -> bool:
        key = path, config
        if key not in self._lessons:
            self._lessons[key] = is_lesson(path, patterns)
        return self._lessons[key]


def _course(path: str) -> tuple[str | None, str]:
    """What open lessons of one course share: their configuration, or else the folder above theirs."""
    try:
        config = find_config(path)
    except CheckerError:  # what is wrong with it is said when it is read
        return None, path
    return config, "" if config else dirname(dirname(path))
