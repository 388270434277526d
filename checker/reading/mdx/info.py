"""The info string after a fence's marker: the language up to the first blank, then the meta."""

import html.entities
import re

from checker.patterns import regex

_INFO = regex(r"([^ \t]*+)(?:[ \t]++(.+))?", re.DOTALL)
_ESCAPED = regex(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,30}));"
)


def split_info(info: str) -> tuple[str | None, str | None, int]:
    """Decoded language and meta, and where the meta begins in `info`.

    The meta keeps its trailing blanks, as in the site's parser. Missing parts are None, and -1.
    """
    found = _INFO.match(info)
    if found is None or not found[1]:
        return None, None, -1
    if found[2] is None:
        return decode(found[1]), None, -1
    return decode(found[1]), decode(found[2]), found.start(2)


def decode(text: str) -> str:
    """Resolve backslash escapes and character references."""
    return _ESCAPED.sub(_decode_one, text) if "\\" in text or "&" in text else text


def _decode_one(found: re.Match[str]) -> str:
    escaped, decimal, hexadecimal, name = found.groups()
    if escaped:
        return str(escaped)
    if name:
        return html.entities.html5.get(f"{name};", found[0])
    return _character(int(decimal) if decimal else int(hexadecimal, 16))


def _character(code: int) -> str:
    """The character with a number; U+FFFD for those that CommonMark or HTML forbid."""
    control = code < 0x09 or code == 0x0B or 0x0D < code < 0x20 or 0x7E < code < 0xA0
    no_character = 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE
    return "\ufffd" if control or no_character or code > 0x10FFFF else chr(code)
