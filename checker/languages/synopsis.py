"""Synopses: what may be written, in the language of manuals and not in that of their fence."""

from checker.languages.holes import ANGLES
from checker.patterns import regex

# `[ port: <number> | default = 80 ]`, `[ - <rule> ]`: how Prometheus and others describe their settings.
_SETTING = regex(r"[ \t]*\[ ?(?:- ?|[\w<>./-]{1,100} ?: )")
# `[<name> ...]`, `[--force]`, `[-v]`: how manuals describe commands.
_OPTION = regex(r"\[(?:<|--?[a-z])")
_USAGE = regex(r"[ \t]*(?i:usage|использование):")


def describes_settings(text: str) -> bool:
    """Whether a text says which settings there may be: one in brackets, with a placeholder for its value."""
    return any(
        _SETTING.match(line) and line.rstrip().endswith("]") and ANGLES.search(line)
        for line in text.split("\n")
        if "[" in line
    )


def describes_command(line: str) -> bool:
    """Whether a line says what a command takes: `usage:`, or something in brackets, and placeholders."""
    if _USAGE.match(line):
        return True
    return ANGLES.search(line) is not None and _OPTION.search(line) is not None
