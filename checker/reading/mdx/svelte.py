"""Svelte's blocks in braces, which are not JavaScript: `{#each a as b}`, `{:else}`, `{@html c}`."""

from checker.patterns import regex

_STEP = regex(r"""[^{}"'`\\]+|\\.|"(?>(?:[^"\\]+|\\.)*)"|'(?>(?:[^'\\]+|\\.)*)'|`(?>(?:[^`\\]+|\\.)*)`|.""")


class SvelteBlock:
    """Finds the brace that closes such a block; strings hide braces, and nothing is refused."""

    def __init__(self) -> None:
        self._depth = 1

    def feed(self, text: str, start: int, end: int) -> int | None:
        """Read one line: the offset after the closing brace, or None without one."""
        for found in _STEP.finditer(text, start, end):
            self._depth += {"{": 1, "}": -1}.get(found[0], 0)
            if not self._depth:
                return found.end()
        return None
