"""Lines of text with styles, before anybody knows whether colours are wanted.

Where none are, as in a pipe, they are their plain text, and rich, which draws them, is not even imported.
"""

from msgspec import Struct


class Text(Struct, frozen=True):
    """One line: pieces of text, each with rich's name of a style, "" for none."""

    pieces: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, style: str = "") -> "Text":
        """A line in one style."""
        return cls(((text, style),))

    @classmethod
    def assemble(cls, *parts: str | tuple[str, str]) -> "Text":
        """A line of several parts, each plain or with its style."""
        return cls(tuple((each, "") if isinstance(each, str) else each for each in parts))

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(text for text, _ in self.pieces)
