"""A block's code in its final form, and reports of its faults."""

import re
from collections.abc import Callable, Iterable, Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.marker_words import OwnWords
from checker.analysis.markers import marked_lines
from checker.languages.fault import Fault
from checker.languages.holes import fill
from checker.model import Block, Lesson
from checker.patterns import regex
from checker.rules.languages.table import Language, blocks_in, missing
from checker.rules.rule import Report

# Expressive Code marks deleted lines by `del={2,4-5}`, Shiki by a comment at their end.
_DELETED = regex(r"\bdel=\{([^{}]*)\}")
_RANGE = regex(r"(\d+)(?:-(\d+))?")
_LABEL = regex(r"\"[^\"]*\"\s*:")
_SHIKI_DELETED = regex(r"^.*\[!code --\].*$", re.MULTILINE)
_SHOWS_OUTPUT = regex(r"title=(?:\"[^\"]*|'[^']*)\b(?:output|вывод|результат)", re.IGNORECASE)


def code_of(block: Block) -> str:
    """The code with blanks in place of the lines that the lesson shows as deleted."""
    code = fill(block.code, _SHIKI_DELETED, " ") if "[!code --]" in block.code else block.code
    found = _DELETED.search(block.meta) if block.meta else None
    if not found:
        return code
    gone: set[int] = set()
    for first, last in _RANGE.findall(_LABEL.sub("", found[1])):
        gone |= set(range(int(first), min(int(last or first), len(block.lines)) + 1))
    lines = code.split("\n")
    return "\n".join(" " * len(line) if at in gone else line for at, line in enumerate(lines, 1))


def is_judged(block: Block, language: Language) -> bool:
    """Whether a block is checked: it is not titled as output, and not too long for the parsers."""
    return len(block.code) <= language.longest and not (block.meta and _SHOWS_OUTPUT.search(block.meta))


def reports(
    analysis: LessonAnalysis, language: Language, parse: Callable[[Block, str], Iterable[Fault]]
) -> Iterator[Report]:
    """The faults that `parse` finds in the lesson's blocks of a language, when its parser is installed."""
    if missing(language):
        return
    for block in blocks_in(analysis, language):
        for fault in _faults(block, language, parse):
            yield report(analysis.lesson, block, fault, analysis.own_words)


def _faults(block: Block, language: Language, parse: Callable[[Block, str], Iterable[Fault]]) -> list[Fault]:
    if not is_judged(block, language) or not block.code.strip():
        return []
    return list(parse(block, code_of(block)))


def report(lesson: Lesson, block: Block, fault: Fault, own_words: OwnWords | None) -> Report:
    """A fault at its position in the lesson: a warning when it is not certain.

    Without `own_words`, only a directive says that the block is wrong on purpose: a heading such as "Problem"
    is about what the code does, not about its syntax.
    """
    line = block.code.count("\n", 0, fault.start) + 1
    end_line = block.code.count("\n", 0, fault.end) + 1
    column = fault.start - (block.code.rfind("\n", 0, fault.start) + 1)
    end_column = fault.end - (block.code.rfind("\n", 0, fault.end) + 1)
    wrong = marked_lines(lesson, block, own_words).wrong if own_words else {}
    return Report(
        fault.message,
        lesson.code_span(block, line, column, end_line, end_column),
        block.index,
        severity=None if fault.certain else "warning",
        intended=line in wrong or block.directive("wrong") is not None,
    )
