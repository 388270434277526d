"""Makes reports at syntax nodes of a lesson's Python."""

import ast
from collections.abc import Iterable

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.model import Edit, Fix, Severity, Span
from checker.rules.kafka.clients import Entry
from checker.rules.rule import Report


def at(  # noqa: PLR0913 - what is said, where, and how
    analysis: LessonAnalysis,
    cell: Cell,
    node: ast.expr,
    message: str,
    *,
    severity: Severity | None = None,
    fix: Fix | None = None,
    about: tuple[str, ...] = (),
) -> Report:
    """A report at a node; it is intended when the lesson shows the line as wrong on purpose."""
    block = cell.block
    wrong = analysis.wrong_lines(block)
    return Report(
        message,
        cell.span(analysis.lesson, node),
        block.index,
        severity=severity,
        intended=node.lineno in wrong,
        fix=fix,
        silent=True,
        about=about,
    )


def once_each(reports: Iterable[Report]) -> Iterable[Report]:
    """Drop repeated reports: several clients may share a configuration."""
    seen: set[tuple[Span, str]] = set()
    for each in reports:
        if (each.span, each.message) not in seen:
            seen.add((each.span, each.message))
            yield each


def renaming(analysis: LessonAnalysis, entry: Entry, name: str) -> Fix | None:
    """The fix that writes another name between the quotes of a key."""
    span = entry.cell.span(analysis.lesson, entry.key)
    written = analysis.lesson.text[span.start : span.end]
    if written.count(entry.name) != 1:
        return None
    start = span.start + written.index(entry.name)
    inner = analysis.lesson.span(start, start + len(entry.name))
    return Fix(f"Write `{name}`", "safe", (Edit(inner, name),))
