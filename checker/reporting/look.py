"""How a report for people is to look, and in which language."""

from collections.abc import Callable

from msgspec import Struct

WIDTH = 100  # of source excerpts where there is no terminal to measure


class Look(Struct, frozen=True):
    """With colours or without, the room in terminal cells, and whether all output of blocks is wanted.

    `wrap` breaks long lines at words, for a terminal; what programs read has no line ends of ours. `lang` is
    the language of the formats for people, `en` or `ru`.
    """

    color: bool = False
    width: int = WIDTH
    show_output: bool = False
    wrap: bool = False
    lang: str = "en"

    @property
    def say(self) -> Callable[[str], str]:
        """From our English words to those of the language; what is not known there stays English."""
        return say_in(self.lang)


def say_in(lang: str) -> Callable[[str], str]:
    """The same for a language alone."""
    if lang == "en":
        return str
    # English pays nothing for the others.
    from checker.reporting.translation.translator import translator

    return translator(lang).say
