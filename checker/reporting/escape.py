"""Text that came from a lesson, made safe to show: what would act on a terminal, or hide, is spelled out.

Lesson text, file names, messages and output are all hostile: an escape sequence rewrites what stands on the
screen, a bidirectional control shows code in another order than it runs (CVE-2021-42574, "Trojan Source").
"""

import re

from checker.patterns import regex

# The C1 controls, soft hyphen, bidirectional marks, embeddings, overrides and isolates, line and paragraph
# separators, invisible and tag characters, lone surrogates. The two zero-width joiners are not among them:
# emoji and several scripts are written with them.
_BEYOND_ASCII = (
    "\x80-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff"
)
# `##[command]` and its kin (`##vso[`, `##teamcity[`) are obeyed by the runners of workflows wherever in a
# line they stand, `::command::` where a line begins, blanks before it or not.
_COMMAND = r"(?<=#)#(?=[a-z]*\[)"
_HIDDEN = regex(f"[\x00-\x1f\x7f{_BEYOND_ASCII}]|{_COMMAND}")
_HIDDEN_IN_LINES = regex(f"[\x00-\x08\x0b-\x1f\x7f{_BEYOND_ASCII}\ufffe\uffff]")
# JSON spells the C0 controls itself, and an indented document has line ends between its values.
_HIDDEN_IN_JSON = regex(f"[\x7f{_BEYOND_ASCII}]|{_COMMAND}")
_SURROGATE = regex("[\ud800-\udfff]")
_LINE_END = regex("\r?\n")
_TAB_WIDTH = 4
_LONGEST = 2_000
CUT = "…"


def one_line(text: str) -> str:
    r"""The text on one line: line ends, tabs and what hides or acts become `\n`, `\t`, `\x1b`, `\u202e`."""
    shown = _spelled(text)
    return shown.replace("::", "\\x3a:", 1) if shown.lstrip(" \t").startswith("::") else shown


def _spelled(text: str) -> str:
    # All that hides or acts is no printable character. Nearly all texts are, and need no pattern compiled.
    return text if text.isprintable() and "##" not in text else _HIDDEN.sub(_spell, text)


def visible(text: str) -> str:
    """The text in its lines, for where no terminal and no runner reads: what hides or acts is spelled out."""
    return _HIDDEN_IN_LINES.sub(_spell, text.replace("\r\n", "\n"))


def shown_path(path: str) -> str:
    """A path on one line, as it may begin a line or stand among arguments.

    A file may be called `::error::x.mdx` or `-rf.mdx`; behind `./` it is the same file and no command, no
    option.
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
    """The text without what lies beyond the length that people read; the JSON formats have all of it."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + CUT


def well_formed(text: str) -> str:
    r"""The text without lone surrogates, which no UTF-8 document can hold.

    Python reads the bytes of a file name that are not UTF-8 as such; they become `\xff`.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(_spell, text)
    return text


def json_text(document: str) -> str:
    r"""The same JSON, safe to show: what hides or acts inside its strings becomes `\u202e`."""
    # Most texts hold none of it, and to see that takes a hundredth of looking for each.
    if document.isascii() and "\x7f" not in document and "##" not in document:
        return document
    return _HIDDEN_IN_JSON.sub(_spell_in_json, document)


def _spell_in_json(match: re.Match[str]) -> str:
    import json  # few texts hold anything of the kind

    return r"\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1]


def _spell(match: re.Match[str]) -> str:
    character = match[0]
    if character == "#":
        return "\\x23"
    if "\udc80" <= character <= "\udcff":  # a byte that could not be decoded (PEP 383)
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()
