"""What was understood of a lesson in an earlier run: read, planned, checked and judged once, then looked up.

All of it follows from the lesson's path and text, and from what does not change within a run: the checker,
its configuration, the interpreter and its packages. So it is looked up by these. What follows from the course
or from other files is worked out every time.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import checker
from checker.cache import Cache, digest
from checker.config import Config
from checker.languages.shell.engine import bash
from checker.model import BlockPlan, Extension, Finding, Lesson, Outcome
from checker.reading.lesson import parse_lesson
from checker.reading.links.references import Page, read_page
from checker.resources import schema_file
from checker.running.interpreter import Interpreter, site_folders
from checker.running.job import LessonJob
from checker.running.remembering import installed

Result = TypeVar("Result")
Judgement = tuple[tuple[Outcome, ...], tuple[Finding, ...]]

_SOURCES = Path(checker.__file__).parent


class _Known(Struct):
    """What is known of one lesson: results by the names of their functions, as they are kept."""

    text: str
    key: bytes
    results: dict[str, bytes]
    is_new: bool = False


class Recall:
    """What functions of a lesson came to; `make` is called when nobody knows.

    `context` is what all results depend on beside the lesson. All that is known of a lesson is one entry of
    the cache: most of the time there is all or nothing.
    """

    def __init__(self, cache: Cache, context: bytes) -> None:
        self._cache = cache
        self._context = context
        self._known: dict[str, _Known] = {}

    def parse(self, path: str, text: str, extensions: Collection[Extension] = ()) -> Lesson:
        """What `parse_lesson` makes of a text; the extensions are those of the configuration."""

        def make() -> Lesson:
            # Whoever asks has the text, and it is nearly half of all that there is to keep.
            return replace(parse_lesson(path, text, extensions), text="")

        return replace(self._call("lesson", path, text, Lesson, make), text=text)

    def knows(self, path: str, text: str) -> bool:
        """Whether this text was read before."""
        return self._cache.is_open and "lesson" in self._of(path, text).results

    def page(self, lesson: Lesson) -> Page:
        """What `read_page` makes of a lesson."""
        return self._call("page", lesson.path, lesson.text, Page, partial(read_page, lesson))

    def plan(self, lesson: Lesson, make: Callable[[], tuple[BlockPlan, ...]]) -> tuple[BlockPlan, ...]:
        """The plan of a lesson."""
        return self._call("plan", lesson.path, lesson.text, tuple[BlockPlan, ...], make)

    def findings(self, lesson: Lesson, make: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """What reading a lesson finds in it alone."""
        return self._call("findings", lesson.path, lesson.text, tuple[Finding, ...], lambda: tuple(make()))

    def job(self, lesson: Lesson, make: Callable[[], LessonJob | None]) -> LessonJob | None:
        """What is to be run of a lesson."""
        return self._call("job", lesson.path, lesson.text, LessonJob | None, make)

    def judgement(self, lesson: Lesson, given: object, make: Callable[[], Judgement]) -> Judgement:
        """What the outcomes of a lesson mean; they are `given`, with all else that it is judged by."""
        try:
            name = f"judgement of {digest(msgspec.msgpack.encode(given)).hex()}"
        except UnicodeEncodeError:  # a path that is no text
            return make()
        return self._call(name, lesson.path, lesson.text, Judgement, make)

    def flush(self) -> None:
        """Keep what is new."""
        new = {each.key: _encode(each.results) for each in self._known.values() if each.is_new}
        self._cache.put(new)
        self._known = {}

    def _call(self, name: str, path: str, text: str, kind: Any, make: Callable[[], Result]) -> Result:
        if not self._cache.is_open:
            return make()
        known = self._of(path, text)
        kept = known.results.get(name)
        if kept is not None:
            try:
                return msgspec.msgpack.decode(kept, type=kind)  # type: ignore[no-any-return]
            except msgspec.DecodeError:
                pass  # kept in another form: as if it were not there
        made = make()
        encoded = _lasting(made, kind)
        if encoded is not None:
            known.results[name] = encoded
            known.is_new = True
        return made

    def _of(self, path: str, text: str) -> _Known:
        known = self._known.get(path)
        if known is None or known.text != text:
            key = digest(self._context, os.fsencode(path), text.encode("utf-8", "surrogatepass"))
            kept = self._cache.get([key]).get(key)
            known = self._known[path] = _Known(text, key, _decode(kept) if kept else {})
        return known


def _lasting(made: object, kind: Any) -> bytes | None:
    """What comes back as it was; frontmatter may hold what has no such form, such as a date."""
    try:
        encoded = msgspec.msgpack.encode(made)
        return encoded if msgspec.msgpack.decode(encoded, type=kind) == made else None
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def _encode(results: dict[str, bytes]) -> bytes:
    """Of a lesson that was judged in several ways only the last counts."""
    judged = [name for name in results if name.startswith("judgement")]
    return msgspec.msgpack.encode({name: each for name, each in results.items() if name not in judged[:-1]})


def _decode(kept: bytes) -> dict[str, bytes]:
    try:
        return msgspec.msgpack.decode(kept, type=dict[str, bytes])
    except msgspec.DecodeError:
        return {}


@contextmanager
def recalling(folder: str | None, config: Config, interpreter: Interpreter) -> Iterator[Recall]:
    """What is known from earlier runs, in the cache of this folder; nothing without a folder."""
    path = None if folder is None else Path(folder)
    with Cache(path) as cache:
        recall = Recall(cache, _context(config, interpreter) if cache.is_open else b"")
        yield recall
        recall.flush()


def _context(config: Config, interpreter: Interpreter) -> bytes:
    schemas = {Path(config.folder, each.schema).parent for each in config.frontmatter.schemas}
    known = (
        (checker.__version__, sys.version, [installed(folder) for folder in site_folders()]),
        (interpreter.executable, interpreter.version, [installed(folder) for folder in interpreter.folders]),
        (os.getcwd(), config, sorted(config.fixture_names()), bash()),
        _files([_SOURCES, Path(schema_file("lesson.schema.json")).parent, *sorted(schemas)]),
    )
    return digest(repr(known).encode("utf-8", "backslashreplace"))


def _files(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Which files there are below these folders, how large and how old: what changes one changes this."""
    found = []
    waiting = [str(each) for each in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                entries = list(listing)
        except OSError:  # what may not be looked into is not read either
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return sorted(found)
