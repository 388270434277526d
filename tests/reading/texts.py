"""What the tests of the readers share: spans without a lesson, and what a span covers."""

from collections.abc import Callable

from checker.model import Lesson, Problem, Span
from checker.reading.decoding import line_starts


def place_in(text: str) -> Callable[[int, int], Span]:
    """Makes spans of a text, as a lesson does."""
    return Lesson("lesson.mdx", text, line_starts(text), None, (), (), (), ()).span


def covered(text: str, span: Span) -> str:
    return text[span.start : span.end]


def told(text: str, problems: tuple[Problem, ...]) -> list[tuple[str, int, str]]:
    """Rule, line and covered text of each problem."""
    return [(each.rule, each.span.line, covered(text, each.span)) for each in problems]
