"""Regular expressions of modules, compiled on first use.

Python's compiler for them is written in Python. Half of the patterns that linting imports are never used on a
lesson, and compiling all of them takes longer than reading it.
"""

import re
from typing import Any, cast

# Also while `re.compile` is replaced by `regex` itself: see `importing.late_patterns`.
_compile = re.compile
_NAMES = tuple(each for each in dir(re.Pattern) if not each.startswith("_"))


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, for use by its methods; a mistake is reported by the first of them."""
    return cast("re.Pattern[str]", _Late(text, flags))


def has_surrogate(text: str) -> bool:
    """Whether a text contains half of a surrogate pair, which text read from a file never does.

    Compiling a character class for these takes longer than reading a lesson's head.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


class _Late:
    """A placeholder for a pattern. Once compiled, the pattern's methods become attributes here."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # such a name is only tested for existence
            raise AttributeError(name)
        compiled = _compile(self.pattern, self._flags)
        vars(self).update((each, getattr(compiled, each)) for each in _NAMES)
        return getattr(compiled, name)
