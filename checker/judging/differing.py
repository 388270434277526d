"""Compare the runs of a lesson under two versions of pandas: where do values or output first differ?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.analysis.cell import Session
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import holds
from checker.judging.evidence import Evidence
from checker.model import Block, Outcome, Severity, Span
from checker.model.traces import Shown, Step
from checker.rules.rule import Report

# The rule that reports a difference that no other rule found, and the rules that may have found it.
_RULES = (
    "changed-result",
    "datetime-unit",
    "string-missing",
    "object-dtype",
    "chained-assignment",
    "inplace-on-selection",
    "positional-fallback",
    "readonly-values",
    "freq-alias",
)
_UNSPOKEN = "@"  # prefix of names that the statement does not mention
_PRINTED, _WHOLE = "", "*"  # keys of what was printed: without and with the names of dtypes
_BEFORE = 20  # characters shown before the first that differs
_LONGEST = 60


class _Difference(NamedTuple):
    """A difference in words; `inherited` when an earlier difference may be its cause."""

    words: str
    inherited: bool
    severity: Severity


def differences(analysis: LessonAnalysis, ran: Mapping[str, Sequence[Outcome]]) -> Iterator[Evidence]:
    """The statements where the first version and each other version first differ; versions by their names.

    A block that ends differently ends the comparison of its session: its exception is reported instead.
    """
    labels = list(ran)
    by_block = {label: {each.block: each for each in outcomes} for label, outcomes in ran.items()}
    seen: set[int] = set()
    for label in labels[1:]:
        for session in analysis.sessions:
            pair = by_block[labels[0]], by_block[label]
            for block, line, found in _in_session(session, *pair, (labels[0], label)):
                if line not in seen:
                    seen.add(line)
                    report = _report(analysis, block, line, found)
                    yield Evidence(_RULES, report, only_confirms=found.inherited)


def _in_session(
    session: Session, old: Mapping[int, Outcome], new: Mapping[int, Outcome], labels: tuple[str, str]
) -> Iterator[tuple[Block, int, _Difference]]:
    differing: set[str] = set()
    for cell in session.cells:
        one, other = old.get(cell.block.index), new.get(cell.block.index)
        if one is None or other is None:
            continue
        for before, after in zip(one.trace, other.trace, strict=False):
            if before.line != after.line or not holds(cell.block, before.line):
                break
            found = _step(before, after, differing, labels)
            if found:
                yield cell.block, before.line, found
        if one.kind != other.kind:
            return


def _step(before: Step, after: Step, differing: set[str], labels: tuple[str, str]) -> _Difference | None:
    """What one statement makes different.

    `differing` holds the names whose values differed before the statement, and is updated to those after it.
    """
    printed = {_PRINTED, _WHOLE}
    keys = before.values.keys() & after.values.keys()
    different = {key: key.lstrip(_UNSPOKEN) for key in keys if _differs(before, after, key)}
    inherited = bool(keys & differing)  # the statement mentions a name that differed before
    fresh = sorted(
        (key for key, name in different.items() if name not in differing),
        key=lambda key: (key == _WHOLE, key == _PRINTED, key.startswith(_UNSPOKEN), key),
    )
    differing -= {key.lstrip(_UNSPOKEN) for key in keys - different.keys()}
    differing |= set(different.values()) - printed
    if not fresh:
        return None
    key = fresh[0]
    words = _words(different[key], before.values[key], after.values[key], labels)
    # A dtype with another name is only info.
    return _Difference(words, inherited, "info" if key == _WHOLE else "warning")


def _differs(before: Step, after: Step, key: str) -> bool:
    return before.values[key].digest != after.values[key].digest


def _words(name: str, old: Shown, new: Shown, labels: tuple[str, str]) -> str:
    start = next(
        (i for i, (a, b) in enumerate(zip(old.text, new.text, strict=False)) if a != b),
        min(len(old.text), len(new.text)),
    )
    one, other = (_excerpt(each.text, start) for each in (old, new))
    verb = "this prints" if name in (_PRINTED, _WHOLE) else f"`{name}` is"
    return f"{verb} {one} under pandas {labels[0]} but {other} under pandas {labels[1]}"


def _excerpt(text: str, start: int) -> str:
    first = max(0, start - _BEFORE)
    cut = "…" if first else ""
    rest = "…" if len(text) > first + _LONGEST else ""
    return f"`{cut}{text[first : first + _LONGEST]}{rest}`"


def _report(analysis: LessonAnalysis, block: Block, line: int, found: _Difference) -> Report:
    wrong = line - block.span.line in analysis.wrong_lines(block)
    message = f"The same code gives another result: {found.words}"
    return Report(message, _line_span(analysis, block, line), block.index, found.severity, intended=wrong)


def _line_span(analysis: LessonAnalysis, block: Block, line: int) -> Span:
    lesson = analysis.lesson
    code_line = line - block.span.line
    text = block.code.replace("\r\n", "\n").replace("\r", "\n").split("\n")[code_line - 1]
    start = lesson.code_offset(block, code_line, len(text) - len(text.lstrip(" \t")))
    return lesson.span(start, lesson.code_offset(block, code_line, len(text.rstrip(" \t"))))
