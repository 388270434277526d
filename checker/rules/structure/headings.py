"""Compares headings by their words: without numbers, marks and emoji, in any case."""

from collections.abc import Iterable

from checker.model import Lesson, Prose
from checker.patterns import regex

_NUMBER = regex(r"^\W*(?:\d+(?:\.\d+)*[.):]?|[IVX]+[.):])\s+")
_NO_WORD = regex(r"[\W_]+")


def headings(lesson: Lesson) -> list[Prose]:
    """The headings of a lesson, in order."""
    return [each for each in lesson.prose if each.level]


def words_of(text: str) -> str:
    """The words of a heading, each with a blank before and after it: ` what you learn `."""
    return f" {_NO_WORD.sub(' ', _NUMBER.sub('', text)).casefold().strip()} "


def begins_with(text: str, phrases: Iterable[str]) -> bool:
    """Whether the words of a heading begin with one of these phrases."""
    words = words_of(text)
    return any(words.startswith(words_of(each)) for each in phrases)
