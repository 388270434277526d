"""Matching paths against globs: `*`, `?` and `[…]` stay inside a name, `**` spans folders."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

_MAGIC = frozenset("*?[")


def is_glob(name: str) -> bool:
    """Does a path or a part of one hold anything that a glob gives a meaning to?"""
    return not _MAGIC.isdisjoint(name)


def matches(path: str, pattern: str) -> bool:
    """Does the whole of a relative path match the pattern? Both have `/` between their names."""
    return match_names(path.split("/"), pattern.split("/"))


def match_names(names: Sequence[str], parts: Sequence[str]) -> bool:
    """The same for a path and a pattern that are already taken apart; a final `**` wants one name at least.

    Only the last `**` ever has to be taken back, as with `*` in a string, and fnmatch does not backtrack
    either: the time is at most the product of the lengths, whatever the pattern.
    """
    if parts[-1] == "**":
        parts = (*parts, "*")
    name = part = 0
    retry_name = retry_part = -1
    while name < len(names):
        if part < len(parts) and parts[part] == "**":
            part += 1
            retry_name, retry_part = name, part
        elif part < len(parts) and fnmatchcase(names[name], parts[part]):
            name += 1
            part += 1
        elif retry_part >= 0:
            retry_name += 1
            name, part = retry_name, retry_part
        else:
            return False
    return part == len(parts)
