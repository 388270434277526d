"""The appearance and language of a report for people."""

from collections.abc import Callable

from msgspec import Struct

WIDTH = 100  # of source excerpts, without a terminal to measure


class Look(Struct, frozen=True):
    """Whether to use colours, the width in terminal cells, and whether to show all output of blocks.

    `wrap` breaks long lines at words, for a terminal; formats for programs add no line ends. `lang` is the
    language of the formats for people, `en` or `ru`.
    """

    color: bool = False
    width: int = WIDTH
    show_output: bool = False
    wrap: bool = False
    lang: str = "en"

    @property
    def say(self) -> Callable[[str], str]:
        """Translates our English messages; unknown ones stay English."""
        return say_in(self.lang)


def say_in(lang: str) -> Callable[[str], str]:
    """The same for a language alone."""
    if lang == "en":
        return str
    # English must not pay for other languages.
    from checker.reporting.translation.translator import translator

    return translator(lang).say
