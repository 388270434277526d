"""The shell code of a lesson, checked together: bash is started at most once for valid code."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.languages.fault import Fault
from checker.languages.shell.checking import check, inner_faults
from checker.model import Block
from checker.patterns import regex
from checker.rules.languages.table import SHELL, SQL, blocks_in, missing
from checker.rules.languages.written import code_of, is_judged, report
from checker.rules.rule import Report

Kind = Literal["syntax", "foreign", "json", "sql"]


# `**/*(.)`: a glob qualifier, which only zsh has.
_ZSH_ONLY = regex(r"[*?\]]\([^()\s]*\)")
# By the language of a command's argument.
_KINDS = {"shell": "syntax"}


class _Found(Struct, frozen=True):
    """A fault in a block of shell code, and the kind of rule it belongs to."""

    block: Block
    kind: str
    fault: Fault


def shell_reports(analysis: LessonAnalysis, kind: Kind) -> Iterator[Report]:
    """The faults of one kind in shell code.

    Its grammar, lines in other languages, or arguments of commands.
    """
    own_words = analysis.own_words if kind != "foreign" else None
    for found in analysis.once(_found):
        if found.kind == kind:
            yield report(analysis.lesson, found.block, found.fault, own_words)


def _found(analysis: LessonAnalysis) -> list[_Found]:
    if missing(SHELL):
        return []
    blocks = [block for block in blocks_in(analysis, SHELL) if is_judged(block, SHELL) and block.code.strip()]
    codes = [code_of(block) for block in blocks]
    faults = check(codes)
    found = []
    for at, block in enumerate(blocks):
        if at in faults:
            if block.language == "zsh" and _ZSH_ONLY.search(codes[at]):
                continue
            # Zsh reads some code differently.
            fault = faults[at].fault
            fault = replace(fault, certain=fault.certain and block.language != "zsh")
            found.append(_Found(block, faults[at].kind, fault))
        else:
            inside = inner_faults(codes[at], sql=not missing(SQL))
            found += [_Found(block, _KINDS.get(language, language), each) for language, each in inside]
    return found
