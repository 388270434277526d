"""Remembers what was found out about a lesson: read, planned, checked and judged once, then looked up.

Everything here depends on the lesson's path and text, and on what does not change within a run: the checker,
its configuration, the interpreter and its packages. These are the key. What depends on the course or on other
files is computed every time.
"""

import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from msgspec import Struct

import checker
from checker.cache import Cache, digest
from checker.config import Config
from checker.languages.shell.engine import bash
from checker.model import BlockPlan, Extension, Finding, Lesson, Outcome
from checker.reading.lesson import Parse, parse_lesson, read_head_of
from checker.reading.links.reading import read_page
from checker.reading.links.references import Page
from checker.recalling.heads import Heads, encoded_head, recall_head
from checker.recalling.lessons import encoded_lesson, kept_lesson
from checker.recalling.packing import take_out
from checker.recalling.untouched import Untouched, looks_of
from checker.resources import schema_file
from checker.running.environment import installed
from checker.running.interpreter import Interpreter, site_folders
from checker.running.job import LessonJob

if TYPE_CHECKING:
    from checker.running.lab import Lab

Result = TypeVar("Result")
Judgement = tuple[tuple[Outcome, ...], tuple[Finding, ...]]

_UNKNOWN = object()
# Lessons whose results stay in memory; others are looked up again when needed.
_MOST_KNOWN = 512
_SOURCES = Path(checker.__file__).parent


class _Known(Struct):
    """The results for one lesson by function name, in stored form."""

    text: str
    key: bytes
    results: dict[str, bytes]
    is_new: bool = False
    # The state of its file, and its head, when this text was read from it in this run.
    looks: tuple[int, ...] | None = None
    head: bytes | None = None

    def keep(self, name: str, encoded: bytes | None) -> None:
        """Store a result, if possible."""
        if encoded is not None:
            self.results[name] = encoded
            self.is_new = True


class Recall:
    """The results of functions of a lesson; `make` is called for unknown ones.

    `context` is what all results depend on besides the lesson. All results for a lesson are one cache entry:
    usually all or none are known. `given` says that texts are handed in instead of files; otherwise a text
    that is parsed has been read from its file since the recall was created.
    """

    def __init__(self, cache: Cache, context: bytes, *, given: bool = False) -> None:
        self.cache = cache
        self._context = context
        self._given = given
        self._began = time.time_ns()
        self._known: dict[str, _Known] = {}
        self._heads = Heads(cache, context)
        self._untouched_heads = Untouched(cache, digest(context, b"heads"))
        self._untouched_pages = Untouched(cache, digest(context, b"pages"))
        self._untouched_segments = Untouched(cache, digest(context, b"segments"))

    def parse(self, path: str, text: str, extensions: Collection[Extension] = ()) -> Lesson:
        """The result of `parse_lesson`, with the extensions of the configuration."""
        if not self.cache.is_open:
            return parse_lesson(path, text, extensions)
        known = self._of(path, text)
        if (kept := kept_lesson(known.results.get("lesson"), text)) is not None:
            return kept
        made = parse_lesson(path, text, extensions, self._heads.read)
        head = self._heads.packed(made.frontmatter)
        known.keep("lesson", _encoded(made, lambda lesson: encoded_lesson(lesson, head)))
        # A file that has not changed since the start still has the text that was read.
        if not self._given and (looks := looks_of(path, self._began)) is not None:
            known.looks, known.head = looks, encoded_head(made, head)
        return made

    def telling(self, expect: Callable[[str], None]) -> Parse:
        """Wrap `parse` so that each unknown text is first passed to `expect`."""

        def parse(path: str, text: str, extensions: Collection[Extension]) -> Lesson:
            if not self.cache.is_open or "lesson" not in self._of(path, text).results:
                expect(text)
            return self.parse(path, text, extensions)

        return parse

    def head_of(self, path: str, root: str) -> Lesson:
        """See `read_head_of`."""
        if not self.cache.is_open:
            return read_head_of(path, root)
        return recall_head(path, root, self._heads, self._untouched_heads)

    def page(self, lesson: Lesson) -> Page:
        """The result of `read_page` for a lesson."""
        return self._call("page", lesson.path, lesson.text, Page, lambda: read_page(lesson))

    def page_of_file(self, path: str, make: Callable[[], Page | None]) -> Page | None:
        """The page of a lesson that is only needed because others link to it, None when it has none."""
        if not self.cache.is_open:
            return make()
        kept = _decoded(self._untouched_pages.get(path), Page)
        if isinstance(kept, Page):
            return kept
        made = make()
        encoded = None if made is None else _encoded(made, msgspec.msgpack.encode)
        if encoded is not None:
            self._untouched_pages.put(path, encoded)
        return made

    def segments_of_file(self, path: str, make: Callable[[], frozenset[str]]) -> frozenset[str]:
        """The result of `segments` for such a lesson, whose page may not be needed at all."""
        kept = _decoded(self._untouched_segments.get(path), frozenset[str])
        if kept is not _UNKNOWN:
            return cast("frozenset[str]", kept)
        made = make()
        self._untouched_segments.put(path, msgspec.msgpack.encode(made))
        return made

    def plan(self, lesson: Lesson, make: Callable[[], tuple[BlockPlan, ...]]) -> tuple[BlockPlan, ...]:
        """The plan of a lesson."""
        return self._call("plan", lesson.path, lesson.text, tuple[BlockPlan, ...], make)

    def findings(self, lesson: Lesson, make: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """The findings of a lesson by itself."""
        # A file that cannot be read has no text, and a name may be wrong because of another file's name.
        wrong = repr(lesson.problems).encode("utf-8", "backslashreplace")
        name = f"findings {digest(wrong).hex()}" if lesson.problems else "findings"
        return self._call(name, lesson.path, lesson.text, tuple[Finding, ...], lambda: tuple(make()))

    def job(self, lesson: Lesson, make: Callable[[], LessonJob | None]) -> LessonJob | None:
        """What is to be run of a lesson."""
        return self._call("job", lesson.path, lesson.text, LessonJob | None, make)

    def judgement(self, lesson: Lesson, given: object, make: Callable[[], Judgement]) -> Judgement:
        """The judgement on a lesson; `given` are the outcomes and everything else that it depends on."""
        try:
            name = f"judgement of {digest(msgspec.msgpack.encode(given)).hex()}"
        except UnicodeEncodeError:  # a path that is not valid text
            return make()
        return self._call(name, lesson.path, lesson.text, Judgement, make)

    def flush(self) -> None:
        """Store new results."""
        self._put_away()
        self._untouched_heads.flush()
        self._untouched_pages.flush()
        self._untouched_segments.flush()

    def _put_away(self) -> None:
        """Store the new results of the lessons in memory, and forget them."""
        self.cache.put({each.key: _encode(each.results) for each in self._known.values() if each.is_new})
        self._keep_surroundings()
        self._known = {}
        self._heads.flush()

    def _keep_surroundings(self) -> None:
        """Store what other lessons need of these: after the whole course, a single lesson is often checked.

        When only one lesson was read, somebody is editing it, and it will have changed by the next run.
        """
        new = {path: each for path, each in self._known.items() if each.looks is not None}
        for path, each in new.items() if len(new) > 1 else ():
            assert each.looks is not None
            if each.head is not None:
                self._untouched_heads.keep(path, each.looks, each.head)
            if (page := each.results.get("page")) is not None:
                self._untouched_pages.keep(path, each.looks, page)

    def _call(self, name: str, path: str, text: str, kind: Any, make: Callable[[], Result]) -> Result:
        if not self.cache.is_open:
            return make()
        known = self._of(path, text)
        kept = _decoded(known.results.get(name), kind)
        if kept is not _UNKNOWN:
            return cast("Result", kept)
        made = make()
        known.keep(name, _encoded(made, msgspec.msgpack.encode))
        return made

    def _of(self, path: str, text: str) -> _Known:
        known = self._known.get(path)
        if known is None or known.text != text:
            key = digest(self._context, os.fsencode(path), text.encode("utf-8", "surrogatepass"))
            kept = _decoded(self.cache.get([key]).get(key), dict[str, bytes])
            if len(self._known) >= _MOST_KNOWN:
                self._put_away()
            known = self._known[path] = _Known(text, key, {} if kept is _UNKNOWN else kept)
        return known


def _decoded(kept: bytes | None, kind: Any) -> Any:
    """The stored result, or `_UNKNOWN` when there is none, or one in another form."""
    if kept is not None:
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(kept, type=kind, ext_hook=take_out)
    return _UNKNOWN


def _encoded(made: Result, encode: Callable[[Result], bytes | None]) -> bytes | None:
    try:
        return encode(made)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def _encode(results: dict[str, bytes]) -> bytes:
    """Of several judgements of a lesson only the last two are stored: by itself, and with its course."""
    judged = [name for name in results if name.startswith("judgement")]
    return msgspec.msgpack.encode({name: each for name, each in results.items() if name not in judged[:-2]})


@contextmanager
def recalling(
    folder: str | None,
    config: Config,
    interpreter: Interpreter,
    memory: Cache | None = None,
    *,
    given: bool = False,
) -> Iterator[Recall]:
    """The results of earlier runs, from `memory` or else from the cache of this folder, if any.

    `given` is that of `Recall`.
    """
    path = None if folder is None else Path(folder)
    with memory or Cache(path) as cache:
        recall = Recall(cache, _context(config, interpreter) if cache.is_open else b"", given=given)
        yield recall
        recall.flush()


def _context(config: Config, interpreter: Interpreter) -> bytes:
    schemas = {Path(config.folder, each.schema).parent for each in config.frontmatter.schemas}
    known = (
        (checker.__version__, sys.version, [installed(folder) for folder in site_folders()]),
        (interpreter.executable, interpreter.version, [installed(folder) for folder in interpreter.folders]),
        (os.getcwd(), config, sorted(config.fixture_names()), bash(), _equipment(config)),
        _files([*_own(), *sorted(schemas)]),
        [_state(str(each)) for each in (*config.lab_files(), *_setups(config))],
    )
    return digest(repr(known).encode("utf-8", "backslashreplace"))


def _own() -> list[Path]:
    """Folders of our own code that may change: installed files are covered by the installed packages."""
    folders = [_SOURCES, Path(schema_file("lesson.schema.json")).parent]
    return [each for each in folders if not any(map(each.is_relative_to, site_folders()))]


def _setups(config: Config) -> list[Path]:
    return [Path(config.folder, name) for _, name in config.setup_files()]


def _equipment(config: Config) -> "Lab | None":
    """What the machine has for the services of a course, which affects plans."""
    services = config.services
    if services.postgresql is None and services.spark is None:
        return None
    from checker.running.lab import Lab, PostgresLab, SparkLab
    from checker.running.services.equipment import equipped

    return equipped(Lab(postgresql=PostgresLab(), spark=SparkLab()))


def _files(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    """The files below these folders with size and time: a changed file changes the result."""
    found = []
    waiting = [str(each) for each in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                entries = list(listing)
        except OSError:  # folders that cannot be listed are not read either
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return sorted(found)


def _state(path: str) -> tuple[str, int, int]:
    """The size and time of a file that rules read."""
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns
