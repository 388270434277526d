"""Plans SQL blocks, for courses that run SQL."""

import re

from checker.analysis.cells import is_python
from checker.analysis.lesson import LessonAnalysis
from checker.model import Block, BlockPlan, Need
from checker.patterns import regex
from checker.running.sql.reading import is_postgresql, obstacle, statements

_DEFINES = regex(
    r"\b(?:CREATE|ALTER)\s+TABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?(?:\"?\w+\"?\.)?\"?(\w+)",
    re.IGNORECASE,
)
_NEEDS = (Need("service", "postgresql"),)


def plan_sql(analysis: LessonAnalysis, block: Block) -> BlockPlan | None:
    """The plan of a block in PostgreSQL's dialect; None for any other."""
    if not is_postgresql(analysis.lesson, block):
        return None
    on_lesson = (each for each in analysis.lesson.directives if each.word == "skip")
    if skip := block.directive("skip") or next(on_lesson, None):
        reason = f"it is skipped by its author: {skip.value}"
        return BlockPlan(block.index, "skipped-by-author", runs=False, reason=reason, needs=_NEEDS)
    why = obstacle(block)
    if why and not (block.directive("run") and _can_be_read(block)):
        return BlockPlan(block.index, "other-language", runs=False, reason=f"it {why}", needs=_NEEDS)
    if elsewhere := _made_elsewhere(analysis, block):
        return BlockPlan(block.index, "other-language", runs=False, reason=f"it {elsewhere}", needs=_NEEDS)
    if wrong := _shown_wrong(analysis, block):
        reason = f"it is shown wrong on purpose ({wrong})"
        return BlockPlan(block.index, "counterexample", runs=True, reason=reason, needs=_NEEDS)
    return BlockPlan(
        block.index, "runnable", runs=True, reason="it is run on the lab's PostgreSQL", needs=_NEEDS
    )


def _made_elsewhere(analysis: LessonAnalysis, block: Block) -> str:
    """The end of "it …" when a block that does not run changes the tables of this one."""
    words = {each.lower() for each in re.findall(r"\w+", block.code)}
    for other in analysis.lesson.blocks:
        if other.index == block.index or is_python(other):
            continue
        for found in _DEFINES.finditer(other.code):
            if found[1].lower() in words and (not is_postgresql(analysis.lesson, other) or obstacle(other)):
                line = other.span.line
                return f"uses the table `{found[1]}`, which the block at line {line} makes that is not run"
    return ""


def _can_be_read(block: Block) -> bool:
    try:
        return bool(statements(block.code))
    except ValueError:
        return False


def _shown_wrong(analysis: LessonAnalysis, block: Block) -> str:
    if block.directive("wrong"):
        return "its directive says so"
    wrong = analysis.wrong_lines(block)
    return f"“{wrong[min(wrong)][:60]}”" if wrong else ""
