"""The open lessons, each checked as part of its course, including unsaved changes.

Open lessons of one course are checked together, so that each sees the current text of the others. Of the rest
of the course, only changed files are read again.
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


class Document(Struct, frozen=True):
    """An open document: its absolute path, its current text, and its version."""

    uri: str
    path: str
    text: str
    version: int | None

    @property
    def content(self) -> bytes:
        """The text as a file would hold it; invalid text stays invalid, and is reported."""
        return self.text.encode("utf-8", "surrogatepass")


class Judged(Struct, frozen=True):
    """What is known about a document: its result, or why there is none, or neither when it is no lesson."""

    document: Document
    result: LessonResult | None = None
    failure: Exception | None = None


class OpenDocuments:
    """The open documents by URI; `trust` lets a configuration name programs to start."""

    def __init__(self, *, trust: bool) -> None:
        self._trust = trust
        self._memory = Memory()
        self._documents: dict[str, Document] = {}
        self._judged: dict[str, Judged] = {}
        self._lessons: dict[tuple[str, str | None], bool] = {}

    def put(self, document: Document) -> None:
        """A document was opened, or its text has changed."""
        self._documents[document.uri] = document

    def remove(self, uri: str) -> None:
        """A document was closed."""
        self._documents.pop(uri, None)
        self._judged.pop(uri, None)

    def forget(self) -> None:
        """Something has changed on disk: earlier results may be outdated."""
        self._judged.clear()
        self._lessons.clear()

    def judged(self, uri: str) -> Judged | None:
        """The current result for an open document, which is checked if necessary."""
        document = self._documents.get(uri)
        if document is None:
            return None
        known = self._judged.get(uri)
        if known is None or known.document != document:
            self.check([uri])
        return self._judged[uri]

    def check(self, uris: Iterable[str]) -> list[Judged]:
        """Check these documents with all other open documents of their courses; returns all of them."""
        wanted = {_course(self._documents[uri].path) for uri in uris if uri in self._documents}
        found = [judged for course in sorted(wanted, key=str) for judged in self._check_course(course)]
        self._judged |= {each.document.uri: each for each in found}
        return found

    def uris(self) -> list[str]:
        """The URIs of all open documents."""
        return list(self._documents)

    def _check_course(self, course: tuple[str | None, str]) -> list[Judged]:
        documents = [each for each in self._documents.values() if _course(each.path) == course]
        try:
            patterns = load_config(documents[0].path).course.lessons
        except Exception as error:  # noqa: BLE001 said where the author looks
            return [Judged(each, failure=error) for each in documents]
        lessons = [each for each in documents if self._is_lesson(each.path, course[0], patterns)]
        others = [Judged(each) for each in documents if each not in lessons]
        return [*self._check_documents(lessons), *others]

    def _check_documents(self, documents: list[Document]) -> Iterator[Judged]:
        """Checked together; a document that cannot be checked must not affect the others."""
        if not documents:
            return
        options = pipeline.Options(
            paths=tuple(relpath(each.path) for each in documents),
            contents=tuple(each.content for each in documents),
            run=False,
            start_named=self._trust,
            trust_config=self._trust,
        )
        try:
            results = pipeline.check(options, Quiet(), memory=self._memory).lessons
        except Exception as error:  # noqa: BLE001 said where the author looks
            if len(documents) == 1:
                yield Judged(documents[0], failure=error)
                return
            for each in documents:
                yield from self._check_documents([each])
            return
        by_path = {abspath(each.lesson.path): each for each in results}
        for each in documents:
            yield Judged(each, by_path[each.path])

    def _is_lesson(self, path: str, config: str | None, patterns: tuple[str, ...]) -> bool:
        key = path, config
        if key not in self._lessons:
            self._lessons[key] = is_lesson(path, patterns)
        return self._lessons[key]


def _course(path: str) -> tuple[str | None, str]:
    """What open lessons of one course share: their configuration, or else their parent folder."""
    try:
        config = find_config(path)
    except CheckerError:  # reported when it is read
        return None, path
    return config, "" if config else dirname(dirname(path))
