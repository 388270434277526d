"""The shell code of all lessons, read at once: bash is started once for what is right."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.course import Course
from checker.config import Config
from checker.languages.fault import Fault
from checker.languages.shell.checking import check, inner_faults
from checker.model import Block, Lesson
from checker.rules.languages.table import SHELL, SQL, blocks_in, fence, missing
from checker.rules.languages.written import code_of, is_judged, own_words_of, report
from checker.rules.rule import Report

Kind = Literal["syntax", "foreign", "json", "sql"]


class _Found(Struct, frozen=True):
    """A fault in a block of shell code, and which rule it belongs to."""

    lesson: Lesson
    block: Block
    kind: str
    fault: Fault


def shell_reports(course: Course, config: Config, kind: Kind) -> Iterator[Report]:
    """What is found in shell code: its grammar, lines in other languages, or what commands are given."""
    own_words = own_words_of(config) if kind != "foreign" else None
    for found in course.once(_found):
        if found.kind == kind:
            yield report(found.lesson, found.block, found.fault, own_words)


def _found(course: Course) -> list[_Found]:
    if missing(SHELL):
        return []
    blocks = [
        (lesson, block)
        for lesson in course.lessons
        for block in blocks_in(lesson, SHELL)
        if is_judged(block, SHELL) and block.code.strip()
    ]
    codes = [code_of(block) for _, block in blocks]
    found = []
    for at, each in check(codes).items():
        lesson, block = blocks[at]
        # Zsh reads some of it otherwise.
        fault = replace(each.fault, certain=each.fault.certain and fence(block) != "zsh")
        found.append(_Found(lesson, block, each.kind, fault))
    broken = {(each.lesson.path, each.block.index) for each in found}
    for (lesson, block), code in zip(blocks, codes, strict=True):
        if (lesson.path, block.index) not in broken:
            inside = inner_faults(code, sql=not missing(SQL))
            found += [_Found(lesson, block, language, fault) for language, fault in inside]
    return found
