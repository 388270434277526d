"""Matches paths against globs: `*`, `?` and `[…]` match within a name, `**` spans folders."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

_MAGIC = frozenset("*?[")


def is_glob(name: str) -> bool:
    """Whether a path or a part of one contains a glob's special characters."""
    return not _MAGIC.isdisjoint(name)


def matches(path: str, pattern: str) -> bool:
    """Whether a whole relative path matches the pattern; both have `/` between their names."""
    return match_names(path.split("/"), pattern.split("/"))


def match_names(names: Sequence[str], parts: Sequence[str]) -> bool:
    """The same for a path and a pattern that are split already; a final `**` needs at least one name.

    As with `*` in a string, only the last `**` ever has to be reconsidered, and fnmatch does not backtrack
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
