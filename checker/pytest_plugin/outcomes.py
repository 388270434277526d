"""The outcomes of blocks as test results; each lesson is run once, all in the same engine."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from checker.cache import default_folder
from checker.model import Lesson
from checker.pipeline import Options, check
from checker.reporting.build import build, lessons_by_path
from checker.reporting.document import BlockRecord, FindingRecord, FrameRecord, Results
from checker.reporting.escape import one_line
from checker.reporting.look import WIDTH
from checker.reporting.order import counts_as_failure
from checker.reporting.paragraphs import block_paragraph, finding_paragraph
from checker.running.warm import Warm

_ENDED_BADLY: Final = frozenset({"failed", "timed-out", "limit", "crashed"})


class Verdict(Struct, frozen=True):
    """How a test ends, and its message."""

    kind: Literal["passed", "failed", "skipped", "expected-failure"]
    text: str = ""


class _Quiet:
    """A silent progress: pytest has its own."""

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None: ...

    def advance(self, label: str) -> None: ...

    def end(self) -> None: ...


class Runs:
    """The lessons that were run, and their engine, which starts on first use."""

    def __init__(self) -> None:
        self._warm = Warm()
        self._verdicts: dict[Path, dict[int, Verdict]] = {}

    def verdict(self, path: Path, block: int) -> Verdict:
        """The result of a block, by its index. Raises CheckerError when its lesson cannot be run."""
        if path not in self._verdicts:
            options = Options(paths=(os.path.relpath(path),), cache=str(default_folder()))
            result = check(options, _Quiet(), self._warm)
            if result.unchecked is not None:  # Ctrl-C also ends pytest
                raise KeyboardInterrupt
            self._verdicts[path] = dict(_verdicts(build(result), lessons_by_path(result)))
        changed = Verdict("failed", "The lesson has changed since it was collected: this block is gone.")
        return self._verdicts[path].get(block, changed)

    def close(self) -> None:
        """End the engine."""
        self._warm.__exit__(None, None, None)


def _verdicts(results: Results, lessons: dict[str, Lesson]) -> Iterator[tuple[int, Verdict]]:
    errors = [each for each in results.findings if each.severity == "error" and counts_as_failure(each)]
    for block in results.blocks:
        about = [each for each in errors if each.block == block.index]
        yield block.index, _verdict(block, about, lessons.get(block.path))


def _verdict(block: BlockRecord, errors: list[FindingRecord], lesson: Lesson | None) -> Verdict:
    if errors:
        return Verdict("failed", "\n".join(_told(block, errors, lesson)))
    if block.outcome in _ENDED_BADLY:
        # No finding reports it any more: its author has silenced them.
        return Verdict("skipped", f"{block.outcome}, which its author has silenced")
    if block.outcome in ("skipped", "not-run"):
        return Verdict("skipped", one_line(block.reason))
    if block.outcome == "expected-failure":
        return Verdict("expected-failure", one_line(block.reason))
    return Verdict("passed")


def _told(block: BlockRecord, errors: list[FindingRecord], lesson: Lesson | None) -> Iterator[str]:
    """The findings with their source, where the exception came from, and the output."""
    for each in errors:
        yield from (line.plain for line in finding_paragraph(each, lesson, WIDTH))
        yield ""
    if block.outcome in _ENDED_BADLY:
        yield from map(_frame, block.error.traceback if block.error else ())
        yield from (line.plain for line in block_paragraph(block, whole=False))


def _frame(frame: FrameRecord) -> str:
    return f"{one_line(frame.path)}:{frame.line}: in {one_line(frame.function)}"
