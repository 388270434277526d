"""Link parts that hide MDX: a `{` or `<` in an address or a title is text."""

import unicodedata

from markdown_it.helpers.parse_link_destination import parseLinkDestination
from markdown_it.helpers.parse_link_title import parseLinkTitle

from checker.patterns import regex
from checker.reading.mdx.javascript.tokens import BLANK, WHITE

_WHITE = regex(rf"{BLANK}|[\n\r]")
_BLANKS = regex(r"[ \t\n]*+")
_LABEL = regex(r"\[(?>(?:[^\[\]\\]|\\.){1,999})\]:")
_REST_OF_LINE = regex(r"[ \t]*+(?:\n|\Z)")
# GFM: an address in plain text continues to the next blank or `<`, without trailing punctuation.
_DOMAIN = regex(rf"(?![-._\0-\x1f])[^{WHITE}\n\r!-,/:-@\[-^`{{-~]*+")
_PATH = regex(rf"(?>(?:(?!\][(\[])[^{WHITE}\n\r<])*)")
_TRAILING = "!\"'()*,.:;?_~&]"


def resource_end(text: str, at: int) -> int:
    """The end of the `(address "title")` that begins at `at`, or -1 when there is none."""
    at = _skip(text, at + 1)
    if text.startswith(")", at):
        return at + 1
    destination = parseLinkDestination(text, at, len(text))
    if not destination.ok or destination.pos == at:
        return -1
    end = _skip(text, destination.pos)
    if end > destination.pos and text[end : end + 1] in ('"', "'", "("):
        title = parseLinkTitle(text, end, len(text), None)
        if not title.ok:
            return -1
        end = _skip(text, title.pos)
    return end + 1 if text.startswith(")", end) else -1


def definitions_end(text: str) -> int:
    """The end of the definitions `[label]: address "title"` at the beginning of a paragraph."""
    at = 0
    while (label := _LABEL.match(text, at)) is not None:
        end = _definition_end(text, label.end())
        if end < 0:
            break
        at = end
    return at


def address_end(text: str, start: int, after_prefix: int) -> int:
    """The end of the bare address that begins at `start` with `http://`, `https://` or `www.`, or -1."""
    before = text[start - 1 : start]
    if text[start] in "wW":
        after_prefix = start
        if before and before not in "(*_[]~" and not is_white(before):
            return -1
    elif before.isascii() and before.isalpha():
        return -1
    found = _DOMAIN.match(text, after_prefix)
    domain = _without_symbols(found[0]) if found is not None else ""
    if not domain or "_" in "".join(domain.rstrip("._-").split(".")[-2:]):
        return -1
    path = _PATH.match(text, after_prefix + len(domain))
    end = path.end() if path is not None else after_prefix + len(domain)
    return after_prefix + len(text[after_prefix:end].rstrip(_TRAILING))


def is_white(char: str) -> bool:
    """Whether this character is white space for the site's parser."""
    return _WHITE.match(char) is not None


def is_punctuation(char: str) -> bool:
    """Whether this is punctuation or a symbol for the site's parser.

    It reads UTF-16 and knows none beyond U+FFFF.
    """
    return char <= "\uffff" and unicodedata.category(char)[0] in "PS"


def _without_symbols(domain: str) -> str:
    """The domain up to its first punctuation mark or symbol that is not ASCII.

    ASCII ones are handled already.
    """
    for at, char in enumerate(domain):
        if char > "\x7f" and is_punctuation(char):
            return domain[:at]
    return domain


def _skip(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks is not None else at


def _definition_end(text: str, at: int) -> int:
    at = _skip(text, at)
    destination = parseLinkDestination(text, at, len(text))
    if not destination.ok or (destination.pos == at):
        return -1
    start = _skip(text, destination.pos)
    if start > destination.pos and text[start : start + 1] in ('"', "'", "("):
        title = parseLinkTitle(text, start, len(text), None)
        rest = _REST_OF_LINE.match(text, title.pos) if title.ok else None
        if rest is not None:
            return rest.end()
    rest = _REST_OF_LINE.match(text, destination.pos)
    return rest.end() if rest is not None else -1
