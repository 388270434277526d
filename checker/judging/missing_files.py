"""A file that is not there: another block's work, or data that nobody makes."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import RanBlock
from checker.model import Outcome


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
    others = [each for each in analysis.cells if not _misses(ran.get(each.block.index), path)]
    before = sum(
        len(named.findall(each.block.code)) for each in others if each.block.index < here.block.index
    )
    if before + _times(named, here) == 1:
        reason = f"needs the file `{path}`, which neither the lesson nor the fixtures create"
        return replace(here.outcome, kind="skipped", reason=reason)
    return None


def _times(named: re.Pattern[str], here: RanBlock) -> int:
    """How often a block names a file up to the line that failed, the first one of a call over several."""
    assert here.outcome.error is not None
    lines = here.block.code.split("\n")[: max(here.outcome.error.line - here.block.span.line, 0)]
    return len(named.findall("\n".join(lines))) or int(named.search(here.block.code) is not None)


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
