"""Collects lessons for pytest: a file with an item for each Python block."""

import os
import re
from pathlib import Path

import pytest

from checker.analysis.cells import is_python
from checker.config import Config, load_config
from checker.errors import CheckerError
from checker.model import Block, Lesson
from checker.pytest_plugin.outcomes import Runs, Verdict
from checker.reading.discovery import discover
from checker.reading.lesson import read_lesson

# Parts of a heading that a name leaves out: link targets, and `::` and brackets, which are special in names.
_NO_WORDS = re.compile(r"(?:\]\([^()\s]*\)|[^\w.,'()+-])+")
_LONGEST_HEADING = 60
_SUFFIXES = (".md", ".mdx")


class BlockFailedError(Exception):
    """A block did not end as it should; `str()` is what is shown."""


class Lessons:
    """Finds the lessons of the courses that pytest looks at, and holds the runs."""

    def __init__(self, config: pytest.Config) -> None:
        self.runs = Runs()
        self._root = config.rootpath
        self._configs: dict[Path, Config | CheckerError] = {}
        self._lessons: dict[Path, frozenset[Path]] = {}
        course = self._config(self._root)
        if isinstance(course, CheckerError):
            raise pytest.UsageError(_words(course))
        # Where the project names its test folders, lessons are searched for in addition.
        if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            config.args += map(str, sorted(self._lessons_of(course)))

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> "LessonFile | None":
        """Collect lessons of a course, and no other file; with a broken configuration, to report it."""
        course = self._config(file_path.parent)
        if isinstance(course, CheckerError):
            wanted = file_path.suffix in _SUFFIXES
        else:
            wanted = file_path in self._lessons_of(course)
        if not wanted:
            return None
        collector: LessonFile = LessonFile.from_parent(parent, path=file_path)
        collector.course = course
        collector.runs = self.runs
        return collector

    def pytest_unconfigure(self) -> None:
        """End the engine."""
        self.runs.close()

    def _config(self, folder: Path) -> Config | CheckerError:
        if folder not in self._configs:
            try:
                self._configs[folder] = load_config(str(folder))
            except CheckerError as error:
                self._configs[folder] = error
        return self._configs[folder]

    def _lessons_of(self, config: Config) -> frozenset[Path]:
        top = self._root if config.path is None else Path(config.folder)
        if top not in self._lessons:
            found = discover((os.path.relpath(top),), config.course.lessons)
            self._lessons[top] = frozenset(Path(os.path.abspath(each)) for each in found.files)
        return self._lessons[top]


class LessonFile(pytest.File):
    """A lesson."""

    course: Config | CheckerError
    runs: Runs

    def collect(self) -> "list[BlockItem]":
        """One item for every block that its author marks as Python."""
        if isinstance(self.course, CheckerError):
            raise self.CollectError(_words(self.course))
        lesson = read_lesson(os.path.relpath(self.path), extensions=self.course.mdx.extensions)
        return [
            BlockItem.from_parent(self, name=_name(lesson, block), block=block)
            for block in lesson.blocks
            if is_python(block)
        ]


def _name(lesson: Lesson, block: Block) -> str:
    """`line-18: Prices of tea`, with the heading above the block; `-k line-18:` selects it."""
    above = [each for each in lesson.prose if each.level and each.start < block.span.start]
    heading = _NO_WORDS.sub(" ", above[-1].text).strip()[:_LONGEST_HEADING].strip() if above else ""
    return f"line-{block.span.line}: {heading}".strip()


class BlockItem(pytest.Item):
    """A block of a lesson; its result comes from running the lesson."""

    def __init__(self, *, block: Block, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self._index = block.index
        self._line = block.span.line

    def runtest(self) -> None:
        """Pass, fail or skip like the block."""
        verdict = self._verdict()
        if verdict.kind == "failed":
            raise BlockFailedError(verdict.text)
        if verdict.kind == "skipped":
            raise pytest.skip.Exception(verdict.text, _use_item_location=True)
        if verdict.kind == "expected-failure":
            pytest.xfail(verdict.text)

    def _verdict(self) -> Verdict:
        lesson = self.parent
        assert isinstance(lesson, LessonFile)
        try:
            return lesson.runs.verdict(self.path, self._index)
        except CheckerError as error:
            # A failure that prevents one lesson from running prevents all of them.
            pytest.exit(_words(error), returncode=pytest.ExitCode.USAGE_ERROR)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """What an author needs to see; a traceback for our own defects."""
        if isinstance(excinfo.value, BlockFailedError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))  # type: ignore[arg-type]

    def reportinfo(self) -> tuple[Path, int, str]:
        """The lesson, and the line of the block's fence, from 0."""
        return self.path, self._line - 1, self.name


def _words(error: CheckerError) -> str:
    return f"coursecheck: {error}" + (f"\n{error.remedy}" if error.remedy else "")
