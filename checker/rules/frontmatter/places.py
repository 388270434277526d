"""The data of a lesson's frontmatter, and the positions of its keys and values."""

from typing import Any

from checker.model import Lesson, Span

Path = tuple[str | int, ...]

_FENCE_LENGTH = len("---")


def data_of(lesson: Lesson) -> dict[str, Any] | None:
    """The data of the frontmatter; None when there is none, or it cannot be read."""
    return lesson.frontmatter.data if lesson.frontmatter else None


def value_span(lesson: Lesson, path: Path) -> Span:
    """The span of the value at a path, or of its key when the value is empty.

    A value without a position of its own, such as a part of a merged mapping, gets the span of the nearest
    value around it; the whole data gets the opening fence.
    """
    spans = lesson.frontmatter.spans if lesson.frontmatter else {}
    for length in range(len(path), 0, -1):
        place = spans.get(path[:length])
        if place is not None:
            is_empty = place.value.start == place.value.end
            return place.key if is_empty and place.key else place.value
    return opening_span(lesson)


def key_span(lesson: Lesson, path: Path, key: str) -> Span:
    """The span of a key below a path; for a missing key, that of the key around it or the opening fence."""
    spans = lesson.frontmatter.spans if lesson.frontmatter else {}
    for found in (spans.get((*path, key)), spans.get(path)):
        if found is not None:
            return found.key or found.value
    return opening_span(lesson)


def opening_span(lesson: Lesson) -> Span:
    """The span of the opening `---` or `+++`; the start of the file when there is none."""
    if lesson.frontmatter is None:
        return lesson.span(0, 0)
    start = lesson.frontmatter.span.start
    return lesson.span(start, start + _FENCE_LENGTH)
