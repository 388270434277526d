"""Compares two texts word by word: `...` stands for anything, and the content of braces is unordered.

Attached to a word, as in `<class '...Cup'>`, it stands for anything in its line.
"""

from collections.abc import Sequence
from itertools import pairwise

from checker.comparing.words import Word, same_word, words_of

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_MOST_LEVELS = 40
_MOST_COMPARED = 400_000  # about a second
_MOST_CHARACTERS = 100_000


class TooLongError(Exception):
    """The texts are too long to be compared in reasonable time."""


class Group:
    """The content of braces: its parts, between commas, in any order."""

    def __init__(self, parts: list[list["Item"]]) -> None:
        self.parts = parts


Item = Word | Group


class Comparer:
    """Compares texts; with `loosely`, all numbers are equal.

    Raises TooLongError once it has compared more than texts of a lesson ever need.
    """

    def __init__(self, *, loosely: bool = False) -> None:
        self._loosely = loosely
        self._left = _MOST_COMPARED

    def same(self, shown: str, printed: str) -> bool:
        """Whether the printed text is what the lesson shows."""
        return self.same_items(read(shown), read(printed))

    def same_items(self, shown: Sequence[Item], printed: Sequence[Item]) -> bool:
        """The same for texts that were read before."""
        self._spend()
        if any(is_any(each) for each in printed) and not any(is_any(each) for each in shown):
            # A table that is too wide or too long is shortened differently in different places.
            shown, printed = printed, shown
        parts, gaps = _between_gaps(shown)
        if len(parts) == 1:
            return len(shown) == len(printed) and self._begins(shown, printed, 0)
        first, *middle, last = parts
        if len(first) + len(last) > len(printed) or not self._begins(first, printed, 0, after=gaps[0]):
            return False
        end = len(printed) - len(last)
        if not self._begins(last, printed, end, before=gaps[-1]):
            return False
        at = len(first)
        for part, (gap, after) in zip(middle, pairwise(gaps), strict=True):
            places = range(at, _gap_end(printed, at, end - len(part), gap) + 1)
            found = next((i for i in places if self._begins(part, printed, i, gap, after)), None)
            if found is None:
                return False
            at = found + len(part)
        return _gap_end(printed, at, end, gaps[-1]) == end

    def _begins(
        self,
        shown: Sequence[Item],
        printed: Sequence[Item],
        at: int,
        before: Item | None = None,
        after: Item | None = None,
    ) -> bool:
        """Whether a part is printed at a position; `before` and `after` are the `...` around it."""
        last = len(shown) - 1
        return all(
            self._same(each, printed[at + i])
            or (i == 0 and before is not None and _ends_in(each, printed[at], before))
            or (i == last and after is not None and _starts_with(each, printed[at + i], after))
            for i, each in enumerate(shown)
        )

    def _same(self, shown: Item, printed: Item) -> bool:
        self._spend()
        if isinstance(shown, Word) and isinstance(printed, Word):
            return same_word(shown, printed, loosely=self._loosely)
        if isinstance(shown, Group) and isinstance(printed, Group):
            return self._same_group(shown, printed)
        return False

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooLongError

    def _same_group(self, shown: Group, printed: Group) -> bool:
        wanted = [part for part in shown.parts if not (len(part) == 1 and is_any(part[0]))]
        left = list(printed.parts)
        for part in wanted:
            found = next((i for i, each in enumerate(left) if self.same_items(part, each)), None)
            if found is None:
                return False
            del left[found]
        return not left or len(wanted) < len(shown.parts)


def read(text: str) -> list[Item]:
    """The words of a text; closed braces make groups, and line ends inside brackets do not count.

    Raises TooLongError.
    """
    if len(text) > _MOST_CHARACTERS:
        raise TooLongError
    words = list(words_of(text))
    closes = _closing(words)
    return _read(words, 0, len(words), closes, 0)


def _closing(words: Sequence[Word]) -> dict[int, int]:
    """The index of the closing bracket for each one that is closed."""
    closes: dict[int, int] = {}
    opened: list[int] = []
    for at, word in enumerate(words):
        if word.kind == "open":
            opened.append(at)
        elif word.kind == "close":
            # A bracket without a partner, or of another kind, is no bracket: a smiley, half an interval.
            while opened and words[opened[-1]].text != _BRACKETS[word.text]:
                opened.pop()
            if opened:
                closes[opened.pop()] = at
    return closes


def _read(words: Sequence[Word], start: int, end: int, closes: dict[int, int], level: int) -> list[Item]:
    items: list[Item] = []
    inside = level > 0
    bracket_ends = 0
    at = start
    while at < end:
        word = words[at]
        if word.kind == "open" and at in closes:
            if word.text == "{" and level < _MOST_LEVELS:
                items.append(_group(words, at + 1, closes[at], closes, level + 1))
                at = closes[at] + 1
                continue
            bracket_ends = max(bracket_ends, closes[at])
        if word.kind != "line" or not (inside or at < bracket_ends):
            items.append(word)
        at += 1
    return items if inside else _lines_once(items)


def _group(words: Sequence[Word], start: int, end: int, closes: dict[int, int], level: int) -> Group:
    parts: list[list[Item]] = []
    begun, at = start, start
    while at < end:
        if at in closes:
            at = closes[at]
        elif words[at].text == ",":
            parts.append(_read(words, begun, at, closes, level))
            begun = at + 1
        at += 1
    parts.append(_read(words, begun, end, closes, level))
    return Group([part for part in parts if part])


def _lines_once(items: Sequence[Item]) -> list[Item]:
    """Without blank lines, and without line ends at both ends and beside `...`."""
    kept: list[Item] = []
    for item in items:
        if not (_is_line(item) and (not kept or _is_line(kept[-1]) or is_any(kept[-1]))):
            if is_any(item) and kept and _is_line(kept[-1]):
                kept.pop()
            kept.append(item)
    if kept and _is_line(kept[-1]):
        kept.pop()
    return kept


def _between_gaps(items: Sequence[Item]) -> tuple[list[Sequence[Item]], list[Item]]:
    """The parts before, between and after each `...`, and these."""
    parts: list[list[Item]] = [[]]
    gaps: list[Item] = []
    for item in items:
        if is_any(item) or _is_rest(item):
            parts.append([])
            gaps.append(item)
        else:
            parts[-1].append(item)
    return list(parts), gaps


def _gap_end(printed: Sequence[Item], start: int, end: int, gap: Item) -> int:
    """How far a `...` may reach from `start`: to `end`, or to the end of its line."""
    if is_any(gap):
        return end
    return next((at for at in range(start, end) if _is_line(printed[at])), end)


def is_any(item: Item) -> bool:
    """Whether an item stands for anything."""
    return isinstance(item, Word) and item.kind == "any"


def _is_rest(item: Item) -> bool:
    """Whether an item stands for anything in its line."""
    return isinstance(item, Word) and item.kind == "rest"


def _starts_with(shown: Item, printed: Item, gap: Item) -> bool:
    """Whether `...` at a word replaces the end of it."""
    return _is_rest(gap) and _text(printed).startswith(_text(shown) or " ")


def _ends_in(shown: Item, printed: Item, gap: Item) -> bool:
    """Whether `...` at a word replaces its beginning."""
    return _is_rest(gap) and _text(printed).endswith(_text(shown) or " ")


def _text(item: Item) -> str:
    return item.text if isinstance(item, Word) and item.kind == "word" else ""


def _is_line(item: Item) -> bool:
    return isinstance(item, Word) and item.kind == "line"
