"""The name of the lab's that was probably meant."""

from collections.abc import Iterable

_NEAR = 0.6
_MOST = 8


def near_name(name: str, names: Iterable[str]) -> str:
    """`: did you mean …?`, or which there are."""
    known = sorted(names)
    part = [each for each in known if each in name.replace("_", "-").split("-")]
    from difflib import get_close_matches  # only a slip pays for it

    near = part or get_close_matches(name, known, n=1, cutoff=_NEAR)
    if near:
        return f": did you mean `{near[0]}`?"
    shown = ", ".join(f"`{each}`" for each in known[:_MOST])
    return f"; it has {shown}{' and more' if len(known) > _MOST else ''}"
