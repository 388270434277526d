"""The ids that sites give to headings, as github-slugger makes them.

Letters become lower case; everything but letters, marks, digits, connectors, hyphens and blanks is dropped;
each blank becomes a hyphen. The first repetition of an id gets the suffix `-1`, the next `-2`.
"""

from checker.patterns import regex

_APOSTROPHE = regex(r"(?<=\w)['\u2019](?=\w)")
_BETWEEN_WORDS = regex(r"[\W_]+")
# What VitePress replaces by a hyphen (`slugify` of @mdit-vue/shared); other signs stay.
_VITEPRESS_HYPHENS = regex(r"""[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+""")
# Unicode counts these as letters although their category is a symbol's: circled and squared capitals.
_LETTER_SYMBOLS = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


class Slugger:
    """Makes the ids of one page's headings, in order."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def slug(self, first: str) -> str:
        """The id of the next heading, whose text would give this id if it were the first."""
        found = first
        while found in self._seen:
            self._seen[first] += 1
            found = f"{first}-{self._seen[first]}"
        self._seen[found] = 0
        return found


def slugify(text: str) -> str:
    """The id of a heading that is the first with this text."""
    return text.lower().translate(_SLUG)


def hyphened(text: str) -> tuple[str, ...]:
    """The ids that other sites (Mintlify, VitePress, Sphinx) use: one hyphen for everything between words.

    They differ in whether an apostrophe separates words. VitePress also differs for text that is not ASCII
    and for ids that would begin with a digit.
    """
    lowered = text.lower()
    between = _between_words(lowered)
    found: tuple[str, ...] = (between,)
    if "'" in lowered or "\u2019" in lowered:
        found += (_between_words(_APOSTROPHE.sub("", lowered)),)
    if not lowered.isascii() or between[:1].isdigit():
        found += (_vitepress(text),)
    return found


def _between_words(lowered: str) -> str:
    return _BETWEEN_WORDS.sub("-", lowered).strip("-")


def _vitepress(text: str) -> str:
    """Without accents, which also removes the breve of й, and with `_` before a digit."""
    from unicodedata import normalize

    plain = "".join(each for each in normalize("NFKD", text) if not "\u0300" <= each <= "\u036f")
    slug = _VITEPRESS_HYPHENS.sub("-", plain).strip("-").lower()
    return f"_{slug}" if slug[:1].isdigit() else slug


class _Slug(dict[int, str | None]):
    """The replacement of each character, computed when it is first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = made = "-" if char == " " else char if _is_kept(char) else None
        return made


_SLUG = _Slug()


def _is_kept(char: str) -> bool:
    if char.isascii():
        return char in _ASCII
    from unicodedata import category

    kind = category(char)
    if kind[0] in "LM" or kind in ("Nd", "Nl", "Pc"):
        return True
    return any(first <= ord(char) <= last for first, last in _LETTER_SYMBOLS)
