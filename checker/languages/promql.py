"""PromQL, by the parser of the Rust implementation; a block may contain several expressions."""

import re
from collections.abc import Iterator

from checker.languages.fault import LONGEST_EXPRESSION, Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.patterns import regex

_COMMENT_OR_TEXT = regex(
    r"\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`]*`|(?P<comment>#[^\n]*)"
)
_HOLE = r"\$\w+|\$\{[^{}\n]*\}|<[^<>\n]*>|\{\{[^{}\n]*\}\}"
# `[$__range]`, `[${x}s]`, `offset $x`: durations with placeholders.
_VARIABLE_TIME = regex(
    rf"(?<=[\[:])\s*(?:{_HOLE})(?:ms|[smhdwy])?\s*(?=[\]:])|(?<=\boffset\s)\s*(?:{_HOLE})[smhdwy]?"
)
_VARIABLE = regex(r"\$\w+")
_GOES_ON = regex(
    r"(?:[-+*/%^=<>!,({]|\b(?:and|or|unless|by|without|on|ignoring|group_left|group_right|offset|bool))\s*$"
)
_CONTINUES = regex(r"\s*(?:[-+*/%^=<>!,)}\[@]|(?:and|or|unless|by|without|offset)\b)")
# A rule of Prometheus' own files.
_RULE = regex(r"^[ \t]*(?:-[ \t]+)?(?:alert|record|expr):", re.MULTILINE)
_NO_RANGE = regex(r"expected type matrix in call to function '(\w+)', got vector")
_OTHER_TYPE = regex(r"expected type ")
# Functions that are newer than the parser.
_UNKNOWN = regex(r"unknown function")


def parse(text: str) -> Iterator[Fault]:
    """Every expression that the parser refuses, except for expressions with omissions (`...`)."""
    plain = without_comments(text)
    if rule := _RULE.search(plain):
        message = "this is a rule in YAML, not PromQL alone: it belongs in a `yaml` fence"
        start = rule.end() - len(rule[0].lstrip())
        yield Fault(message, start, rule.end(), certain=False)
        return
    for start, end in _expressions(plain):
        words = plain[start:end]
        if end - start > LONGEST_EXPRESSION or ELLIPSIS.search(words):
            continue
        reason = _refusal(words)
        if reason:
            first = text[start:end].partition("\n")[0].rstrip()
            wanted = _NO_RANGE.search(reason)
            message = (
                f"`{wanted[1]}` needs a range of time behind its metric, such as `[5m]`"
                if wanted
                else f"this PromQL cannot be parsed ({reason})"
            )
            yield Fault(message, start, start + max(len(first), 1), certain=not _UNKNOWN.search(reason))


def obstacle(text: str) -> str:
    """Why parts of a text are not checked, "" when all of it is."""
    too_long = any(end - start > LONGEST_EXPRESSION for start, end in _expressions(without_comments(text)))
    return f"an expression is longer than {LONGEST_EXPRESSION:,} characters" if too_long else ""


def without_comments(text: str) -> str:
    """The text with blanks for its comments."""
    return _COMMENT_OR_TEXT.sub(
        lambda found: " " * len(found[0]) if found["comment"] is not None else found[0], text
    )


def _expressions(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the expressions: a line, and those below it that its brackets or operators require."""
    start, depth, at = None, 0, 0
    goes_on = False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and start is not None and depth <= 0 and not goes_on and not _CONTINUES.match(line):
            yield start, at
            start = None
        if stripped:
            if start is None:
                start, depth = at + len(line) - len(line.lstrip()), 0
            depth += _depth(line)
            goes_on = _GOES_ON.search(line) is not None
            end = at + len(line.rstrip())
        elif depth <= 0 and not goes_on and start is not None:
            yield start, end
            start = None
        at += len(line)
    if start is not None:
        yield start, len(text.rstrip())


def _depth(line: str) -> int:
    bare = _COMMENT_OR_TEXT.sub("", line)
    return sum(bare.count(each) for each in "([{") - sum(bare.count(each) for each in ")]}")


def _refusal(expression: str) -> str:
    import promql_parser

    timed = _VARIABLE_TIME.sub(lambda found: "5m".ljust(len(found[0])), expression)
    filled = _VARIABLE.sub(lambda found: "x" * len(found[0]), fill(timed, NAMED))
    try:
        promql_parser.parse(filled.strip())
    except ValueError as error:
        # An omission may stand for a number as well as a metric.
        return "" if filled != timed and _OTHER_TYPE.match(str(error)) else str(error)
    return ""
