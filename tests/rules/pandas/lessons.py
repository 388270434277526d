"""Labelled lessons: Markdown files in which every first-level heading begins a lesson of its own.

A line that must be reported ends in `# error`. The marks are taken off before a lesson is read: an author's
lesson has none, and the word would say that the line is wrong on purpose. A lesson whose title ends in
"(not run)" needs what is not installed here, or never ends.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.analysis.lesson import analyze
from checker.reading.lesson import parse_lesson
from checker.rules.pandas.sessions import sessions_with_pandas
from checker.rules.pandas.walk import check_nodes
from checker.rules.registry import find_rule
from checker.rules.rule import Report

FOLDER = Path(__file__).parent / "cases"
_MARK = re.compile(r"  # error$", re.MULTILINE)


class Labelled(NamedTuple):
    """One labelled lesson; lines count from 1 in `text`."""

    title: str
    text: str
    marked: list[int]

    @property
    def runs(self) -> bool:
        return not self.title.endswith("(not run)")


def labelled(name: str) -> list[Labelled]:
    """The lessons of a file."""
    return [_labelled(title, body) for title, body in sections((FOLDER / name).read_text(encoding="utf-8"))]


def _labelled(title: str, body: str) -> Labelled:
    marked = [number for number, line in enumerate(body.split("\n"), 1) if _MARK.search(line)]
    return Labelled(title, _MARK.sub("", body), marked)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Title and text of each part of a file that begins with a first-level heading."""
    title, lines, fenced = "", list[str](), False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("# ") and not fenced:
            if title:
                yield title, "\n".join(lines)
            title, lines = line[2:], []
        else:
            lines.append(line)
    yield title, "\n".join(lines)


def reports(text: str, rule: str) -> list[Report]:
    """What one rule has to say about a lesson."""
    loaded = find_rule(rule)
    assert loaded is not None
    analysis = analyze(parse_lesson("lesson.mdx", text))
    return [report for _, report in check_nodes(analysis, sessions_with_pandas(analysis), [loaded])]


def python(code: str) -> str:
    """A lesson with one block."""
    return f"```python\n{code}\n```\n"
