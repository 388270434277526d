"""Findings, and the output of blocks, as paragraphs of styled lines."""

from collections.abc import Callable, Iterable, Iterator

from checker.model import Lesson
from checker.reporting.document import BlockRecord, FindingRecord, FixedRecord
from checker.reporting.escape import CUT, clipped, lines, one_line, shown_path
from checker.reporting.excerpt import MarkedLine, excerpt
from checker.reporting.styled import Text
from checker.reporting.words import OUTCOMES, counted

SEVERITY_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
_GUTTER = 5  # cells for line numbers, enough for 9,999 lines and a blank
_MOST_LINES = 10
_CAUTION = {
    "safe": "",
    "unsafe": "needs --unsafe-fixes",
    "suggestion": "a suggestion: it is not applied",
}
Say = Callable[[str], str]
_ABOUT_RUNNING = ("RUN", "OUT")  # the families of rules that look at nothing else


def finding_paragraph(
    finding: FindingRecord, lesson: Lesson | None, width: int, say: Say = str
) -> Iterator[Text]:
    """The place and the message, the marked source, and how to fix it."""
    style = "dim" if finding.intended else SEVERITY_STYLES[finding.severity]
    first, *more = _clip(lines(finding.message), say) or [""]
    yield Text.assemble(
        (f"{shown_path(finding.path)}:{finding.line}:{finding.column}", "bold"),
        " ",
        (f"{say(finding.severity)}[{one_line(finding.name)}]", f"bold {style}"),
        " ",
        first,
        (_remarks(finding, say), "dim"),
    )
    yield from (_beside("", line) for line in more)
    if lesson is not None and lesson.text:
        for marked in excerpt(lesson, finding, max(20, width - _GUTTER - 3)):
            yield from _source(marked, style)
    if finding.fix:
        yield Text.assemble((" " * (_GUTTER + 1) + "= ", "dim"), (say("fix: "), "bold"), _fix(finding, say))


def block_paragraph(block: BlockRecord, say: Say = str, *, whole: bool) -> Iterator[Text]:
    """How a block ended and what it printed: all of it, or only the last lines."""
    yield Text.assemble(
        (f"{shown_path(block.path)}:{block.start_line}", "bold"),
        " " + say(f"{OUTCOMES[block.outcome]} after {block.seconds:.2f} s"),
        f": {one_line(block.reason)}" if block.reason else "",
    )
    for stream, style in ((block.stdout, ""), (block.stderr, "yellow")):
        printed = lines(stream) if whole else _clip(lines(stream), say, keep_last=True)
        yield from (_beside("", line, style) for line in printed)
    if block.error:
        error = f"{block.error.type}: {block.error.message}".removesuffix(": ")
        yield from (_beside("", line, "red") for line in _clip(lines(error), say))


def refusals_of_fixes(fixes: Iterable[FixedRecord], say: Say) -> Iterator[Text]:
    """Each fix that was not applied, with the reason, on a line; and one empty line below them."""
    refused = [each for each in fixes if not each.applied]
    for each in refused:
        yield Text.assemble(
            (f"{one_line(each.path)}:{each.line}:{each.column}", "bold"),
            (f" {say('not fixed')}[{one_line(each.name)}]", "bold yellow"),
            f" {clipped(one_line(each.reason))}",
        )
    if refused:
        yield Text()


def _clip(shown: list[str], say: Say, *, keep_last: bool = False) -> list[str]:
    """The first lines, or the last, each cut to a readable length, and the number of omitted lines."""
    left_out = len(shown) - _MOST_LINES
    if left_out <= 0:
        return [clipped(line) for line in shown]
    remark = f"{CUT} " + say(f"{counted(left_out, 'line')} more")
    kept = [clipped(line) for line in (shown[left_out:] if keep_last else shown[:_MOST_LINES])]
    return [remark, *kept] if keep_last else [*kept, remark]


def _remarks(finding: FindingRecord, say: Say) -> str:
    only_seen_running = finding.code.startswith(_ABOUT_RUNNING)
    remarks = [
        "shown wrong on purpose" if finding.intended else "",
        "confirmed by running it" if finding.confirmed and not only_seen_running else "",
    ]
    said = ", ".join(say(each) for each in remarks if each)
    return f" ({said})" if said else ""


def _source(marked: MarkedLine | None, style: str) -> Iterator[Text]:
    if marked is None:
        yield _beside("", CUT, "dim")
        return
    yield _beside(str(marked.number), marked.text)
    if marked.width:
        yield _beside("", " " * marked.start + "^" * marked.width, style)


def _fix(finding: FindingRecord, say: Say) -> str:
    assert finding.fix is not None
    caution = _CAUTION[finding.fix.applicability]
    return one_line(finding.fix.message) + (f" ({say(caution)})" if caution else "")


def _beside(number: str, text: str, style: str = "") -> Text:
    """A line with its number, if any, in the gutter."""
    return Text.assemble((f"{number:>{_GUTTER}} │ ", "dim"), (text, style))
