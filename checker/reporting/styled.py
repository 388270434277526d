"""Styled lines of text, independent of whether colours are used.

Without colours, as in a pipe, they become plain text, and rich, which draws them, is not even imported.
"""

from msgspec import Struct


class Text(Struct, frozen=True):
    """One line: pieces of text, each with the name of a rich style, "" for none."""

    pieces: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, style: str = "") -> "Text":
        """A line in one style."""
        return cls(((text, style),))

    @classmethod
    def assemble(cls, *parts: str | tuple[str, str]) -> "Text":
        """A line of several parts, each plain or with a style."""
        return cls(tuple((each, "") if isinstance(each, str) else each for each in parts))

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(text for text, _ in self.pieces)
