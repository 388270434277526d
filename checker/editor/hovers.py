"""Hover text: why something is reported, and what a block did when it last ran."""

from collections.abc import Iterable, Iterator, Sequence

from checker.editor.runs import Shown
from checker.model import BlockPlan, Finding, Outcome
from checker.patterns import regex
from checker.reporting.escape import visible
from checker.reporting.markdown_text import code, inline
from checker.reporting.pages import page_text
from checker.rules.registry import find_rule

_BACKTICKS = regex("`+")
# The whole output is in the report of a check.
_MOST = 2_000


def hover_text(findings: Sequence[Finding], plan: BlockPlan | None, shown: Shown | None) -> str:
    """Markdown about these findings and the block around them, if any; "" for nothing."""
    return "\n\n".join([*_about_block(plan, shown), *_pages(findings)])


def _pages(findings: Iterable[Finding]) -> Iterator[str]:
    """The rules' pages; editors show the findings themselves above them."""
    for name in dict.fromkeys(each.name for each in findings):
        loaded = find_rule(name)
        if loaded is not None:
            yield "---\n\n" + page_text(loaded).strip()


def _about_block(plan: BlockPlan | None, shown: Shown | None) -> Iterator[str]:
    if shown is not None:
        yield from _about_outcome(shown.outcome, is_old=shown.is_old)
    elif plan is not None and not plan.runs:
        yield f"This block does not run: {inline(plan.reason)}"


def _about_outcome(outcome: Outcome, *, is_old: bool) -> Iterator[str]:
    when = "before the last change" if is_old else "when it ran last"
    yield f"**{inline(outcome.kind)}** {when}, in {outcome.seconds:.2f} s"
    if outcome.error is not None:
        place = f" at line {outcome.error.line}" if outcome.error.line else ""
        yield f"{code(outcome.error.type)}{place}: {inline(outcome.error.message)}"
    elif outcome.reason:
        yield inline(outcome.reason)
    for name, text in (("printed", outcome.stdout), ("standard error", outcome.stderr)):
        if text:
            yield f"{name}:\n\n{_fenced(text)}"


def _fenced(text: str) -> str:
    """Text in a fence that it cannot close."""
    cut = text if len(text) <= _MOST else f"{text[:_MOST]}\n…"
    longest = max((len(each[0]) for each in _BACKTICKS.finditer(cut)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{visible(cut).rstrip()}\n{fence}"
