"""Makes text from lessons safe to show: everything that acts on a terminal, or hides, is escaped.

Lesson text, file names, messages and output are all untrusted: an escape sequence can rewrite the screen, and
a bidirectional control can show code in another order than it runs (CVE-2021-42574, "Trojan Source").
"""

import re

from checker.patterns import regex

# The C1 controls, soft hyphen, bidirectional marks, embeddings, overrides and isolates, line and paragraph
# separators, invisible and tag characters, lone surrogates. The two zero-width joiners are left out, because
# emoji and several scripts need them.
_BEYOND_ASCII = (
    "\x80-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff"
)
# CI runners obey `##[command]` and similar ones (`##vso[`, `##teamcity[`) anywhere in a line, and
# `::command::` at its beginning, possibly after blanks.
_COMMAND = r"(?<=#)#(?=[a-z]*\[)"
_HIDDEN = regex(f"[\x00-\x1f\x7f{_BEYOND_ASCII}]|{_COMMAND}")
_HIDDEN_IN_LINES = regex(f"[\x00-\x08\x0b-\x1f\x7f{_BEYOND_ASCII}\ufffe\uffff]")
# JSON escapes the C0 controls itself, and an indented document has line ends between its values.
_HIDDEN_IN_JSON = regex(f"[\x7f{_BEYOND_ASCII}]|{_COMMAND}")
_SURROGATE = regex("[\ud800-\udfff]")
_LINE_END = regex("\r?\n")
_TAB_WIDTH = 4
_LONGEST = 2_000
CUT = "…"


def one_line(text: str) -> str:
    r"""The text on one line: line ends, tabs and everything unsafe become `\n`, `\t`, `\x1b`, `\u202e`."""
    shown = _spelled(text)
    return shown.replace("::", "\\x3a:", 1) if shown.lstrip(" \t").startswith("::") else shown


def _spelled(text: str) -> str:
    # Everything unsafe is not printable. Nearly all texts are printable and need no pattern.
    return text if text.isprintable() and "##" not in text else _HIDDEN.sub(_spell, text)


def visible(text: str) -> str:
    """The text with its line ends, for output that no terminal or runner reads.

    Unsafe characters are escaped.
    """
    return _HIDDEN_IN_LINES.sub(_spell, text.replace("\r\n", "\n"))


def shown_path(path: str) -> str:
    """A path on one line that is safe at the beginning of a line and among arguments.

    A file may be called `::error::x.mdx` or `-rf.mdx`; with `./` before it, it is the same file but neither
    command nor option.
    """
    shown = _spelled(path)
    return f"./{shown}" if shown.startswith((":", "-", "#", " ")) else shown


def lines(text: str) -> list[str]:
    """The text's lines (a final line end begins no new one), tabs as blanks, the rest as in `one_line`."""
    parts = _LINE_END.split(text)
    if not parts[-1]:
        parts.pop()
    return [one_line(each.expandtabs(_TAB_WIDTH)) for each in parts]


def clipped(text: str) -> str:
    """The text cut to a readable length; the JSON formats contain all of it."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + CUT


def well_formed(text: str) -> str:
    r"""The text without lone surrogates, which UTF-8 cannot encode.

    Python decodes bytes of a file name that are not UTF-8 as such; they become `\xff`.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(_spell, text)
    return text


def json_text(document: str) -> str:
    r"""The same JSON, safe to show: unsafe characters in its strings are escaped, such as `\u202e`."""
    # Most texts contain none of them, and this test takes a hundredth of the search.
    if document.isascii() and "\x7f" not in document and "##" not in document:
        return document
    return _HIDDEN_IN_JSON.sub(_spell_in_json, document)


def _spell_in_json(match: re.Match[str]) -> str:
    import json  # imported here: few texts need it

    return r"\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1]


def _spell(match: re.Match[str]) -> str:
    character = match[0]
    if character == "#":
        return "\\x23"
    if "\udc80" <= character <= "\udcff":  # a byte that could not be decoded (PEP 383)
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()
