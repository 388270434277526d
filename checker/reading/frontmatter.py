"""Reads the head of a lesson: its position, its data, and the positions of its values."""

from collections.abc import Callable

from checker.model import Frontmatter, Problem, Span
from checker.reading.document import Head

MAX_CHARACTERS = 64 * 1024


def read_frontmatter(
    text: str, head: Head, span: Callable[[int, int], Span]
) -> tuple[Frontmatter, tuple[Problem, ...]]:
    """Read the frontmatter at `head` in a lesson's text; `span` turns its offsets into spans."""
    whole = span(head.start, head.end)
    if head.kind == "yaml":
        # Each parser is imported only for a lesson that needs it: together they cost more than the lesson.
        from checker.reading.yaml_reader import read_yaml as read
    else:
        from checker.reading.toml_reader import read_toml as read

    def place(start: int, end: int) -> Span:
        return span(head.text_start + start, head.text_start + end)

    values = read(text[head.text_start : min(head.text_end, head.text_start + MAX_CHARACTERS)], place)
    if head.text_end - head.text_start > MAX_CHARACTERS:
        opening = span(head.start, min(head.start + 3, head.end))
        message = (
            f"the frontmatter is over {MAX_CHARACTERS // 1024} KiB: move the data into a file of its own"
        )
        # A head with endless nesting exceeds the limits for that reason.
        limits = [each for each in values.problems if each.rule == "frontmatter-limits"]
        problem = limits[0] if limits else Problem("frontmatter-limits", message, opening)
        return Frontmatter(head.kind, None, whole, {}), (problem,)
    return Frontmatter(head.kind, values.data, whole, values.spans), values.problems
