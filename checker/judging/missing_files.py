"""A file that is not there: another block's work, or data that nobody makes."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import RanBlock
from checker.model import Block, Outcome


def blame_maker(analysis: LessonAnalysis, here: RanBlock, ran: Mapping[int, RanBlock]) -> Outcome | None:
    """The outcome of a block that misses such a file, which is no defect of its own; None for any other."""
    path = _missing_file(here)
    if not path:
        return None
    named = _naming(path)
    for block in analysis.lesson.blocks[: here.block.index]:
        if block.index not in ran and named.search(block.code):
            at = block.span.line
            reason = f"reads `{path}`, which the block at line {at} mentions, but that block did not run"
            return replace(here.outcome, kind="skipped", reason=reason)
    # Who makes a file has named it before, without missing it.
    before = sum(
        len(named.findall(_up_to(cell.block, here)))
        for cell in analysis.cells
        if cell.block.index == here.block.index or not _misses(ran.get(cell.block.index), path)
    )
    if before == 1:
        reason = f"needs the file `{path}`, which neither the lesson nor the fixtures create"
        return replace(here.outcome, kind="skipped", reason=reason)
    return None


def _up_to(block: Block, here: RanBlock) -> str:
    """The code of a block, as far as it stands above the end of the line that failed."""
    assert here.outcome.error is not None
    return "\n".join(block.code.split("\n")[: max(here.outcome.error.line - block.span.line, 0)])


def _misses(ran: RanBlock | None, path: str) -> bool:
    return ran is not None and _missing_file(ran) == path


def _missing_file(ran: RanBlock) -> str:
    """The file that a block ended for the want of, as the block writes it where it does; else empty."""
    error = ran.outcome.error
    if ran.outcome.kind != "failed" or error is None or error.type != "FileNotFoundError":
        return ""
    path = error.message.rpartition(": ")[2].strip("'\"")
    if path == error.message:
        return ""
    parts = path.split("/")
    written = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((each for each in written if each and _naming(each).search(ran.block.code)), path)


def _naming(path: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(path)}(?!\w)")
