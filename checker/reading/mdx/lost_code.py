"""Fences that lose code silently: those that are never closed, and those that close too early.

An author shows Markdown, or a prompt that contains Markdown, with a fence in it. When both fences have the
same length, the inner one's end closes the outer one, the rest of the example becomes text, and the outer
one's end opens a block that nobody wrote. Reported only when both ends look like this.
"""

import re
from collections.abc import Iterator, Sequence

from checker.patterns import regex
from checker.reading.mdx import reasons
from checker.reading.mdx.fence import FencePart

_OPENING = regex(r"^[ \t]*(`{3,}(?=[^`\n]*$)|~{3,})[ \t]*(\S[^\n]*)$", re.MULTILINE)
_CONTAINERS = ("listItem", "blockquote", "footnoteDefinition")


def closed_early(fences: Sequence[tuple[FencePart, tuple[str, ...]]]) -> Iterator[tuple[int, str]]:
    """The indices of fences that end too early, each with the opening line of the fence inside it.

    The fence after each of these was opened by the line that should have closed it.
    """
    for index in range(len(fences) - 1):
        outer, parents = fences[index]
        following, its_parents = fences[index + 1]
        inner = _left_open(outer)
        if not (inner and outer.closed and following.lang is None and its_parents == parents):
            continue
        if following.marker == outer.marker and (not following.closed or _left_open(following)):
            yield index, inner


def closes_early(fence: FencePart, inner: str) -> str:
    """The message about a fence that was meant to close the one inside it."""
    outer = reasons.quoted(f"{fence.marker}{fence.lang or ''}")
    return (
        f"this ends the outer fence, {outer}, and not the inner one, {reasons.quoted(inner)}: "
        f"open and close the outer fence with {reasons.marks(fence.marker[0], len(fence.marker) + 1)}"
    )


def never_closed(fence: FencePart, parents: tuple[str, ...]) -> str:
    """The message about a fence that its container or the document cuts off."""
    marks = reasons.marks(fence.marker[0], len(fence.marker))
    inside = next((name for name in reversed(parents) if name in _CONTAINERS), None)
    if inside is None:
        return f"this fence is never closed: add a line of {marks} where its code ends"
    name = reasons.container(inside)
    return (
        f"this fence is not closed before its {name} ends: add a line of {marks} "
        f"that is in the {name}, as the opening line is"
    )


def _left_open(fence: FencePart) -> str:
    """The last line in a fence that opens another such fence, which only the fence's own end can close."""
    if fence.marker not in fence.code:
        return ""
    openings = [found for found in _OPENING.finditer(fence.code) if found[1].startswith(fence.marker)]
    return openings[-1][0].strip(" \t") if openings else ""
