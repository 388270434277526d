"""Quotes two texts in a message, cut to where they differ."""

_BEFORE = 20  # characters before the first that differs
_LONGEST = 80


def both(shown: str, printed: str) -> tuple[str, str]:
    """Two texts as a message quotes them."""
    shown, printed = " ".join(shown.split()), " ".join(printed.split())
    pairs = enumerate(zip(shown, printed, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(shown), len(printed)))
    start = same - _BEFORE if max(len(shown), len(printed)) > _LONGEST and same > _BEFORE else 0
    return _excerpt(shown, start), _excerpt(printed, start)


def _excerpt(text: str, start: int) -> str:
    end = start + _LONGEST
    return f"`{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}`"
