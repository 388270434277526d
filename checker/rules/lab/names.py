"""Suggestions for names of the lab."""

from collections.abc import Iterable

from checker.spelling import nearest

_MOST = 8


def near_name(name: str, names: Iterable[str]) -> str:
    """`: did you mean …?`, or the list of existing names."""
    known = sorted(names)
    part = [each for each in known if each in name.replace("_", "-").split("-")]
    if near := part[0] if part else nearest(name, known):
        return f": did you mean `{near}`?"
    shown = ", ".join(f"`{each}`" for each in known[:_MOST])
    return f"; it has {shown}{' and more' if len(known) > _MOST else ''}"
