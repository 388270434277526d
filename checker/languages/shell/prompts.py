"""Terminal sessions: where lines have a prompt, those without are output."""

import re

from checker.languages.holes import fill
from checker.patterns import regex

_SIGNS = "$%❯➜"
# Oh My Zsh shows the folder after its arrow, and the branch where there is one.
_ARROW = r"➜[ \t]+(?:~[\w~/.-]*|[\w.-]+(?=[ \t]+git:\())[ \t]+(?:git:\([^()\n]*\)[ \t]+)?(?:[✗±][ \t]+)?"
_PROMPT = regex(
    r"^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:[\w.-]+@[\w.-]+[:\w~/.-]*|~)?[ \t]*"
    rf"(?:{_ARROW}|[{_SIGNS}][ \t]+)(?=\S)"
)
# Prompts are short, unlike lines.
_LONGEST = 120
# So is what is typed at one prompt.
_MOST_LINES = 100
_CONTINUATION = regex(r"^[ \t]*>(?:[ \t]|$)")
_HERE_DOCUMENT = regex(r"(?<!<)<<-?[ \t]*[\"']?(\w+)")
_IN_QUOTES = regex(
    r"(?>(?:[^'\"\\]+|\\.|'[^']*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\")*)"
    r"(?:'[^']*|\"[^\"\\]*(?:\\.[^\"\\]*)*)",
    re.DOTALL,
)

# Programs that send requests, whose responses follow, and first lines of requests and responses.
_REQUEST = regex(r"[ \t]*(?:curl|http|https|wget)[ \t]")
_HTTP = regex(r"(?:HTTP/\d|(?:GET|POST|PUT|PATCH|DELETE)[ \t]+(?:/|https?:))")
_HEADER = regex(r"[A-Za-z][A-Za-z0-9-]{0,60}:")


def commands_only(text: str) -> str:
    """The text with blanks for prompts and output; unchanged when it contains no prompt."""
    if not any(each in text for each in _SIGNS):
        return text
    lines = text.split("\n")
    if not any(_PROMPT.match(line[:_LONGEST]) for line in lines):
        return text
    kept: list[str] = []
    typed = ""  # what was typed since the last prompt, while the command continues
    until = ""
    for at, line in enumerate(lines):
        if until:
            kept.append(line)
            until = "" if line.strip() == until else until
            continue
        found = _PROMPT.match(line[:_LONGEST]) or (_CONTINUATION.match(line) if typed else None)
        shown = line if typed else " " * len(line)
        if found:
            shown = " " * found.end() + line[found.end() :]
        if found or typed:
            shown, until = _with_document(shown, lines[at + 1 : at + _MOST_LINES])
            typed = f"{typed}{shown}\n"
        is_long = len(typed) > _LONGEST * _MOST_LINES
        if until or is_long or not (shown.rstrip().endswith("\\") or _IN_QUOTES.fullmatch(typed)):
            typed = ""
        kept.append(shown)
    return "\n".join(kept)


def _with_document(command: str, below: list[str]) -> tuple[str, str]:
    """A command, and the end word of its here-document, "" without one.

    A here-document that is typed at prompts is left out, because it is incomplete without the prompts.
    """
    found = _HERE_DOCUMENT.search(command)
    if found is None:
        return command, ""
    for line in below:
        if found[1] not in line:
            continue
        if line.strip() == found[1]:
            return command, found[1]
        if _CONTINUATION.match(line) and line.lstrip(" \t>").rstrip() == found[1]:
            return fill(command, _HERE_DOCUMENT, " "), ""
    return command, ""


def output_only(text: str) -> str:
    """The text with blanks for commands and headers; unchanged when it begins with none or has only these."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not any(each.match(first[:_LONGEST]) for each in (_PROMPT, _REQUEST, _HTTP)):
        return text
    kept = []
    goes_on = in_headers = False
    for line in lines:
        begins = line is first or any(each.match(line[:_LONGEST]) for each in (_PROMPT, _HTTP))
        in_headers = _HTTP.match(line) is not None or (in_headers and _HEADER.match(line) is not None)
        is_command = goes_on or begins or in_headers
        kept.append(" " * len(line) if is_command else line)
        goes_on = is_command and line.rstrip().endswith("\\")
    output = "\n".join(kept)
    return output if output.strip() else text
