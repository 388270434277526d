"""Applies edits to a text from its end, so that earlier offsets stay valid."""

from collections.abc import Iterable

from checker.model import Edit


class OverlapError(ValueError):
    """Two edits change the same place, so that one would undo the other."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; everything outside of their spans is unchanged, including line ends.

    The spans' offsets are those of `text` before any edit, in any order. Identical edits count once. Raises
    OverlapError when two edits share a character or insert at the same place, and ValueError for a span
    outside of the text.
    """
    pieces: list[str] = []
    kept_from = len(text)
    before: Edit | None = None
    for edit in sorted(set(edits), key=_place, reverse=True):
        start, end = edit.span.start, edit.span.end
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"the edit of {start} to {end} lies outside of the text")
        if before is not None and overlap(edit, before):
            raise OverlapError(f"two edits change the text at {before.span.line}:{before.span.column}")
        pieces += (text[end:kept_from], edit.text)
        kept_from, before = start, edit
    pieces.append(text[:kept_from])
    return "".join(reversed(pieces))


def overlap(one: Edit, other: Edit) -> bool:
    """Whether two different edits share a character, or insert at the same place."""
    first, second = sorted((one, other), key=_place)
    return second.span.start < first.span.end or _place(first) == _place(second)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end
