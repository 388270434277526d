"""PromQL in the rules of Prometheus: what `expr:` holds in YAML with `alert:` or `record:`."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from checker.languages import promql
from checker.languages.fault import Fault
from checker.patterns import regex

_RULE = regex(r"^[ ]*(?:-[ ]+)?(?:alert|record):", re.MULTILINE)
_EXPR = regex(r"^(?P<before>[ ]*(?:-[ ]+)?)expr:[ ]*(?P<block>[|>][-+0-9]*[ ]*(?:#[^\n]*)?$)?", re.MULTILINE)
_QUOTED = regex(r"'(?P<single>[^'\n]*)'(?!')|\"(?P<double>[^\"\\\n]*)\"")
_COMMENT = regex(r"(?:^|\s)#[^\n]*")
# Loki's pipes: PromQL has none outside of texts.
_TEXT = regex(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`")
# An alias, an anchor, a tag of YAML's.
_OTHER = ("*", "&", "!")


def parse(text: str) -> Iterator[Fault]:
    """What is wrong with the expressions of a file of rules."""
    if "expr:" not in text or not _RULE.search(text):
        return
    for found in _EXPR.finditer(text):
        start, end = _value(text, found)
        # One expression, however many lines it has; blanks keep all places.
        words = promql.without_comments(text[start:end]).replace("\n", " ")
        if words[:1] in _OTHER or "|" in _TEXT.sub("", words):
            continue
        for fault in promql.parse(words):
            first = start + fault.start
            line = text[first : start + fault.end].partition("\n")[0]
            yield replace(fault, start=first, end=first + len(line.rstrip()))


def _value(text: str, found: re.Match[str]) -> tuple[int, int]:
    """From where to where the expression stands."""
    start = found.end()
    if found["block"] is None:
        if quoted := _QUOTED.match(text, start):
            return quoted.span(quoted.lastgroup or 0)
        if text[start : start + 1] in ("'", '"'):
            return start, start
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if found["block"] is None and (comment := _COMMENT.search(text, start, end)):
        return start, comment.start()
    return start, _end_of_lines(text, end, len(found["before"]))


def _end_of_lines(text: str, end: int, indent: int) -> int:
    """Where the lines end that are indented by more than the key is."""
    while end < len(text):
        after = text.find("\n", end + 1)
        after = len(text) if after < 0 else after
        line = text[end + 1 : after]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end = after
    return end
