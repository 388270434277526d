"""Recognises synopses: descriptions of allowed syntax in a manual's notation."""

from checker.languages.holes import ANGLES
from checker.patterns import regex

# `[ port: <number> | default = 80 ]`, `[ - <rule> ]`: settings as Prometheus and others describe them.
_SETTING = regex(r"[ \t]*\[ ?(?:- ?|[\w<>./-]{1,100} ?: )")
# `[<name> ...]`, `[--force]`, `[-v]`: commands as manuals describe them.
_OPTION = regex(r"\[(?:<|--?[a-z])")
_USAGE = regex(r"[ \t]*(?i:usage|использование):")


def describes_settings(text: str) -> bool:
    """Whether a text describes possible settings: one in brackets, with a placeholder for its value."""
    return any(
        _SETTING.match(line) and line.rstrip().endswith("]") and ANGLES.search(line)
        for line in text.split("\n")
        if "[" in line
    )


def describes_command(line: str) -> bool:
    """Whether a line describes a command: `usage:`, or something in brackets, and placeholders."""
    if _USAGE.match(line):
        return True
    return ANGLES.search(line) is not None and _OPTION.search(line) is not None
