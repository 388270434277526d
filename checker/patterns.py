"""Regular expressions of modules, compiled when they are first used.

Python compiles them in Python. Half of those that linting imports are never used on a lesson, and to compile
them all takes longer than to read it.
"""

import re
from typing import Any, cast

# Even while `re.compile` stands for `regex` itself: see `importing.late_patterns`.
_compile = re.compile
_NAMES = tuple(each for each in dir(re.Pattern) if not each.startswith("_"))


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, for use by its methods; a mistake in it shows at the first of them."""
    return cast("re.Pattern[str]", _Late(text, flags))


def has_surrogate(text: str) -> bool:
    """Whether a text holds half of a surrogate pair, as none does that was read from a file.

    To compile a class of these takes longer than to read a lesson's head.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


class _Late:
    """Stands for a pattern. Once that is compiled its methods are found here, and cost nothing more."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # those who ask for such a name ask whether there is one
            raise AttributeError(name)
        compiled = _compile(self.pattern, self._flags)
        vars(self).update((each, getattr(compiled, each)) for each in _NAMES)
        return getattr(compiled, name)
