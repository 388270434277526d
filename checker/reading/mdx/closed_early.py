"""A fence in a fence of the same length ends the outer one, and what follows trades places.

An author shows Markdown, or a prompt that holds Markdown, with a fence in it. The inner fence's end closes the
outer fence, the rest of the example becomes text, and the outer fence's end opens a block that nobody wrote.
Only what looks like this at both ends is reported.
"""

import re
from collections.abc import Iterator, Sequence

from checker.reading.mdx.fence import FencePart

_OPENING = re.compile(r"^[ \t]*(`{3,}(?=[^`\n]*$)|~{3,})[ \t]*(\S[^\n]*)$", re.MULTILINE)


def closed_early(fences: Sequence[tuple[FencePart, tuple[str, ...]]]) -> Iterator[tuple[int, str]]:
    """Of a document's fences and their parents: the indices of those that end too early, and the inner opening.

    The fence after each of these was opened by what was to be its end.
    """
    for index in range(len(fences) - 1):
        outer, parents = fences[index]
        following, its_parents = fences[index + 1]
        inner = _left_open(outer)
        if not (inner and outer.closed and following.lang is None and its_parents == parents):
            continue
        if following.marker == outer.marker and (not following.closed or _left_open(following)):
            yield index, inner


def _left_open(fence: FencePart) -> str:
    """The last line in a fence that opens another such fence; only the fence's own end can have closed that."""
    openings = [found for found in _OPENING.finditer(fence.code) if found[1].startswith(fence.marker)]
    return openings[-1][0].strip(" \t") if openings else ""
