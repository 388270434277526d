"""A position in a text that continues over lines: the lines of a container, or those of a paragraph."""

from collections.abc import Iterator

from checker.reading.mdx.refusal import RefusedError


class Cursor:
    """Reads `text` from `at` to `end` of a line, then the lines that `more` yields as (start, end)."""

    __slots__ = ("_more", "at", "end", "svelte", "text")

    def __init__(
        self, text: str, at: int, end: int, more: Iterator[tuple[int, int]], *, svelte: bool = False
    ) -> None:
        # Braces may contain Svelte's blocks: `{#if a}`, `{:else}`, `{/if}`, `{@html b}`.
        self.svelte = svelte
        self.text = text
        self.at = at
        self.end = end
        self._more = more

    @property
    def char(self) -> str:
        """The current character, "" at the end of a line."""
        return self.text[self.at] if self.at < self.end else ""

    def next_line(self, opened: int, message: str) -> None:
        """Go to the next line; raises RefusedError about what began at `opened` when there is none."""
        following = next(self._more, None)
        if following is None:
            raise RefusedError(opened, message)
        self.at, self.end = following


def lines_after(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The lines of a text after the one that contains `at`."""
    start = text.find("\n", at) + 1
    while start:
        end = text.find("\n", start)
        yield start, end if end >= 0 else len(text)
        start = end + 1
