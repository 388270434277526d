"""Lists of names in sentences."""

from collections.abc import Iterable

_MOST_LISTED = 5


def listed(items: Iterable[str]) -> str:
    """The items as `A, B and C`, each once; of many only the first few, and the number of others."""
    each = list(dict.fromkeys(items))
    if len(each) > _MOST_LISTED:
        each = [*each[:_MOST_LISTED], f"{len(each) - _MOST_LISTED} more"]
    return " and ".join(filter(None, (", ".join(each[:-1]), each[-1])))


def quoted(names: Iterable[str]) -> str:
    """`a`, `b` and `c`."""
    return listed(f"`{name}`" for name in names)
