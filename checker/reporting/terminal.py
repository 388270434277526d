"""The full report, for people: a paragraph for each finding with its source, then the numbers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from checker.model import Lesson
from checker.reporting.document import BlockRecord, FindingRecord, Results
from checker.reporting.look import Look
from checker.reporting.paragraphs import block_paragraph, finding_paragraph, refusals_of_fixes
from checker.reporting.styled import Text
from checker.reporting.words import (
    OUTCOMES,
    how_it_ran,
    what_ran,
    what_was_fixed,
    what_was_found,
    what_was_read,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

_ENDED_BADLY = ("failed", "timed-out", "limit", "crashed")


def render(results: Results, lessons: Mapping[str, Lesson], look: Look) -> str:
    """The full report; `look` defines width, colours, and whether the output of every block is shown."""
    lines: list[Text] = []
    say = look.say
    told = [each for each in results.findings if not each.known]  # known findings are counted below
    for item in _in_order(told, _blocks_to_show(results, look)):
        if isinstance(item, FindingRecord):
            lines += finding_paragraph(item, lessons.get(item.path), look.width, say)
        else:
            lines += block_paragraph(item, say, whole=look.show_output)
        lines.append(Text())
    lines += refusals_of_fixes(results.fixes, say)
    return to_text([*lines, *_summary(results, say)], look)


def to_text(lines: Iterable["Text | RenderableType"], look: Look) -> str:
    """Styled lines as text, with escape sequences only when colours are wanted."""
    lines = list(lines)
    plain = [each.plain for each in lines if isinstance(each, Text)]
    if len(plain) == len(lines) and not look.color and not look.wrap:
        return "\n".join(plain) + "\n"
    from rich.console import Console
    from rich.text import Text as RichText

    sink = StringIO()
    console = Console(
        file=sink,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=False,
        width=look.width,
    )
    drawn = [RichText.assemble(*each.pieces) if isinstance(each, Text) else each for each in lines]
    console.print(*drawn, sep="\n", soft_wrap=not look.wrap)
    return sink.getvalue()


def _blocks_to_show(results: Results, look: Look) -> Iterator[BlockRecord]:
    explained = {(finding.path, finding.block) for finding in results.findings}
    for block in results.blocks:
        if look.show_output:
            wanted = block.outcome in OUTCOMES
        else:
            told = (block.path, block.index) in explained and not (block.stdout or block.stderr)
            wanted = block.outcome in _ENDED_BADLY and not told
        if wanted:
            yield block


def _in_order(
    findings: Iterable[FindingRecord], blocks: Iterable[BlockRecord]
) -> list[FindingRecord | BlockRecord]:
    """Findings and blocks in the order of the lesson: a block's output follows it."""
    placed: list[tuple[str, int, FindingRecord | BlockRecord]] = [
        *((each.path, each.line, each) for each in findings),
        *((each.path, each.end_line, each) for each in blocks),
    ]
    return [item for _, _, item in sorted(placed, key=lambda each: each[:2])]


def _summary(results: Results, say: Callable[[str], str]) -> Iterator[Text]:
    counts = results.summary.findings
    style = "bold red" if counts.error else "bold yellow" if counts.warning else "bold green"
    yield Text.of(say(what_was_read(results.summary)))
    yield from (Text.of(say(line)) for line in what_ran(results))
    yield Text.of(say(what_was_found(counts)), style)
    yield from (Text.of(say(line)) for line in what_was_fixed(results.summary.fixes))
    yield Text.of(say(how_it_ran(results)), "dim")
