"""Pairs the stars and underscores of a paragraph according to CommonMark."""

from collections.abc import Iterator

from checker.reading.mdx.links import is_punctuation, is_white


class Run:
    """A run of stars or underscores; `start` to `end` is the part that is not paired yet."""

    __slots__ = ("char", "closes", "end", "length", "opens", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.char = text[start]
        self.start = start
        self.end = end
        self.length = end - start
        before = _sort(text[start - 1 : start])
        after = _sort(text[end : end + 1])
        left = after != "blank" and (after != "punctuation" or before != "letter")
        right = before != "blank" and (before != "punctuation" or after != "letter")
        inside_word = self.char == "_"
        self.opens = left and not (inside_word and right and before != "punctuation")
        self.closes = right and not (inside_word and left and after != "punctuation")


def pairs(runs: list[Run]) -> Iterator[tuple[int, int]]:
    """The offsets of the opening and the closing marks of each emphasis."""
    openers: list[Run] = []
    # Openers below this index cannot match such a closer; without it the time would be quadratic.
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.closes:
            yield from _close(run, openers, bottoms)
        if run.opens and run.start < run.end:
            openers.append(run)


def _close(
    closer: Run, openers: list[Run], bottoms: dict[tuple[str, bool, int], int]
) -> Iterator[tuple[int, int]]:
    key = (closer.char, closer.opens, closer.length % 3)
    while closer.start < closer.end:
        index = len(openers) - 1
        bottom = bottoms.get(key, 0)
        while index >= bottom and not _fit(openers[index], closer):
            index -= 1
        if index < bottom:
            bottoms[key] = len(openers)
            return
        opener = openers[index]
        del openers[index + 1 :]
        size = 2 if min(opener.end - opener.start, closer.end - closer.start) >= 2 else 1
        opener.end -= size
        yield opener.end, closer.start
        closer.start += size
        if opener.start == opener.end:
            openers.pop()


def _fit(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    # The rule of three: `**a*b**` is strong, not emphasis that begins in the first mark.
    either = opener.closes or closer.opens
    return not (either and (opener.length + closer.length) % 3 == 0 and opener.length % 3 != 0)


def _sort(char: str) -> str:
    if not char or is_white(char):
        return "blank"
    return "punctuation" if is_punctuation(char) else "letter"
