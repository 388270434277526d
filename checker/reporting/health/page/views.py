"""The values for the templates of a lesson: texts cut to a readable length, numbered lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from checker.reporting.document import BlockRecord, FindingRecord
from checker.reporting.health.model import LessonHealth, State, Tally
from checker.reporting.health.states import NOT_RUN

MOST_CODE_LINES = 120
_MOST_OUTPUT_LINES = 20
LONGEST = 4_000


class CodeLine(Struct, frozen=True):
    """A line of code with its number in the lesson; `marked` when a finding or an exception is there."""

    number: int
    text: str
    marked: bool


class Printed(Struct, frozen=True):
    """The output of a snippet, or a part of it."""

    text: str
    cut: bool


class SnippetView(Struct, frozen=True):
    """A snippet with its code."""

    anchor: str
    block: BlockRecord
    state: State | None
    lines: tuple[CodeLine, ...]
    cut: bool
    findings: tuple[FindingRecord, ...]
    stdout: Printed
    stderr: Printed
    error: str


class Group(Struct, frozen=True):
    """Snippets without their code: how they ended, or their language, and their first lines."""

    outcome: str
    lang: str
    reason: str
    lines: tuple[int, ...]


class LessonView(Struct, frozen=True):
    """The section of a lesson; `filters` are the words that select it, `heat` its colour."""

    anchor: str
    health: LessonHealth
    heat: str
    filters: str
    page_findings: tuple[FindingRecord, ...]
    snippets: tuple[SnippetView, ...]
    groups: tuple[Group, ...]


def heat(tally: Tally) -> str:
    """The colour of a lesson on the map: e1 to e3 by its errors, else the state of its snippets."""
    if tally.errors or tally.broken:
        return f"e{1 + (tally.errors > 1) + (tally.errors > 3)}"
    if tally.warnings:
        return "w"
    if not tally.verified:
        return "u" if tally.unverified else "n"
    return "p" if tally.unverified else "v"


def filters(health: LessonHealth) -> str:
    """The filters that show a lesson."""
    tally = health.tally
    chosen = {
        "errors": tally.errors or tally.broken,
        "new": health.new_errors,
        "warnings": tally.warnings,
        "unverified": tally.unverified,
        "verified": tally.verified and not (tally.unverified or tally.broken or tally.errors),
    }
    return " ".join(word for word, is_so in chosen.items() if is_so)


def snippet_view(
    anchor: str, block: BlockRecord, state: State | None, findings: Sequence[FindingRecord]
) -> SnippetView:
    """A snippet as it is shown; its lines follow the one of its opening fence."""
    marked = {line for each in findings for line in range(each.line, each.end_line + 1)}
    if block.error:
        marked.add(block.error.line)
    lines = block.code.replace("\r\n", "\n").split("\n")
    shown = _around(lines, block.start_line + 1, marked)
    error = f"{block.error.type}: {block.error.message}".removesuffix(": ") if block.error else ""
    return SnippetView(
        anchor=anchor,
        block=block,
        state=state,
        lines=tuple(
            CodeLine(number, lines[number - block.start_line - 1][:LONGEST], number in marked)
            for number in shown
        ),
        cut=len(shown) < len(lines),
        findings=tuple(findings),
        stdout=_ending(block.stdout),
        stderr=_ending(block.stderr),
        error=error[:LONGEST],
    )


def _around(lines: Sequence[str], first: int, marked: Iterable[int]) -> range:
    """The numbers of the lines to show: the first ones, or those around the first marked one."""
    focus = min((line for line in marked if first <= line < first + len(lines)), default=first)
    begin = max(first, min(focus - MOST_CODE_LINES // 2, first + len(lines) - MOST_CODE_LINES))
    return range(begin, min(begin + MOST_CODE_LINES, first + len(lines)))


def _ending(text: str) -> Printed:
    lines = text.rstrip("\n").split("\n")
    kept = "\n".join(lines[-_MOST_OUTPUT_LINES:])[-LONGEST:]
    return Printed(kept, cut=len(kept) < len(text.rstrip("\n")))


def group(blocks: Iterable[BlockRecord], states: Mapping[int, State]) -> tuple[Group, ...]:
    """The blocks that are named only by their lines, grouped by kind."""
    lines: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for block in blocks:
        python = block.index in states
        # It needs no explanation why a snippet ran, only why it did not.
        reason = block.reason if block.outcome in NOT_RUN else ""
        kind = (block.outcome, "", reason) if python else ("", block.lang or "", "")
        lines[kind].append(block.start_line)
    return tuple(Group(*kind, tuple(these)) for kind, these in lines.items())
