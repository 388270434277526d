"""Versions as people write them, compared by their numbers."""

from functools import cache

from checker.patterns import regex

Version = tuple[int, ...]

_NUMBERS = regex(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})")


@cache
def numbers(text: str) -> Version | None:
    """The numbers of `2.5.4.Final` or `v3.2`; None when it does not begin with a number."""
    found = _NUMBERS.match(text)
    return tuple(map(int, found[1].split("."))) if found else None
