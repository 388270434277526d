"""Edits that remove directives: their words, or the whole comment when nothing else is in it."""

from collections.abc import Iterator, Sequence

from checker.model import Directive, Edit, Lesson
from checker.patterns import regex

_OPENS = regex(r"\{/\*|<!--")
_CLOSES = regex(r"\*/\}|-->")
_EMPTY = regex(r"(?:\{/\*|<!--)[\s*>]*check(?:-lesson)?:[\s>]*(?:\*/\}|-->)")
_META_PREFIX = "check:"
_BLANKS = " \t"
_LINE_ENDS = ("\r\n", "\n", "\r")


def removal(lesson: Lesson, directives: Sequence[Directive]) -> tuple[Edit, ...]:
    """The edits that remove these directives, which are in one comment or one fence's first line."""
    text = lesson.text
    stretches = [_stretch(text, each.span.start, each.span.end) for each in directives]
    comment = None if _in_meta(text, directives[0].span.start) else _comment(text, stretches)
    if comment and _EMPTY.fullmatch(_without(text, comment, stretches)):
        stretches = [_whole_line(text, *comment)]
    return tuple(Edit(lesson.span(*each), "") for each in stretches)


def _in_meta(text: str, start: int) -> bool:
    return text.endswith(_META_PREFIX, 0, start)


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """A directive with its prefix and the blanks before it."""
    if _in_meta(text, start):
        start -= len(_META_PREFIX)
    return len(text[:start].rstrip(_BLANKS)), end


def _comment(text: str, stretches: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    first, last = min(stretches)[0], max(stretches)[1]
    starts = [each.start() for each in _OPENS.finditer(text, max(0, first - 2_000), first)]
    end = _CLOSES.search(text, last)
    return (starts[-1], end.end()) if starts and end else None


def _without(text: str, comment: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> str:
    return "".join(_pieces(text, comment, stretches))


def _pieces(text: str, comment: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = comment[0]
    for start, end in sorted(stretches):
        yield text[at:start]
        at = end
    yield text[at : comment[1]]


def _whole_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The range extended to its whole line, when nothing else is on it."""
    before = len(text[:start].rstrip(_BLANKS))
    after = len(text) - len(text[end:].lstrip(_BLANKS))
    alone = before == 0 or text[before - 1] in "\r\n"
    ending = next((each for each in _LINE_ENDS if text.startswith(each, after)), "")
    return (before, after + len(ending)) if alone and (ending or after == len(text)) else (start, end)
