"""Regular expressions of modules, compiled when they are first used.

Python compiles them in Python. Half of those that linting imports are never used on a lesson, and to compile
them all takes longer than to read it.
"""

import re
from typing import Any, cast

_NAMES = tuple(each for each in dir(re.Pattern) if not each.startswith("_"))


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, for use by its methods; a mistake in it shows at the first of them."""
    return cast("re.Pattern[str]", _Late(text, flags))


class _Late:
    """Stands for a pattern. Once that is compiled its methods are found here, and cost nothing more."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # those who ask for such a name ask whether there is one
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update((each, getattr(compiled, each)) for each in _NAMES)
        return getattr(compiled, name)
