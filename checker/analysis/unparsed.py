"""Recognises a source that does not parse as an excerpt of something.

Each guess is tried with Python's own parser: text that parses inside something, or with names in place of its
placeholders, is an excerpt. Everything else is broken.
"""

import re
import textwrap
from collections.abc import Iterator

from checker.analysis.cells import parse
from checker.analysis.placeholders import fill_placeholders
from checker.analysis.signatures import is_signature
from checker.patterns import regex

# Excerpts are short; longer text that does not parse is broken, and is not tried repeatedly.
_LONGEST = 20_000
_MOST_EMPTY_BODIES = 20

_LEFT_OUT = regex(r"^[ \t]*(?:\.\.\.|…),?[ \t]*$", re.MULTILINE)
# Behind keywords only `**` may follow: `pour(cups=2, ...)`.
_MORE_ARGUMENTS = regex(r"(?<=[,\s])(?:\.\.\.|…)(?=\s*[,)])")
# `3 ___ 4`: a gap for an operator or a keyword. No name in its place would make the rest parse.
_GAP = regex(r"(?<!\w)___+(?!\w)")
_CLAUSE = regex(r"(except|finally|else|elif)\b")
_SIGNATURE = regex(r"(?:async\s+)?(?:def|class)\s+\w+[^\n]*", re.ASCII)
_DECORATOR = regex(r"^[ \t]*@", re.MULTILINE)
_NO_BODY = regex(r"expected an indented block after .* on line (\d+)")


def excerpt_of(source: str) -> str:
    """Why a source that does not parse is an excerpt, as the end of a sentence; empty when it is broken."""
    if len(source) > _LONGEST:
        return ""
    dedented = textwrap.dedent(source)
    if dedented != source and _parses(dedented):
        return "it is an indented body without its header"
    filled, placeholder = fill_placeholders(dedented)
    left_out = f"`{placeholder}` stands for omitted code" if placeholder else ""
    if left_out and _parses(filled):
        return left_out
    with_more = _MORE_ARGUMENTS.sub("**_", dedented)
    if with_more != dedented and _parses(fill_placeholders(with_more)[0]):
        return "`...` stands for omitted code"
    # Between the values of a literal, no comma is needed.
    without = _LEFT_OUT.sub("", dedented)
    if without != dedented and _parses(without):
        return "`...` stands for omitted code"
    for text, reason in ((dedented, ""), (filled, left_out)):
        for whole, why in _completed(text):
            if _parses(whole):
                return reason or why
    if gap := _GAP.search(dedented):
        return f"`{gap[0]}` stands for omitted code"
    code = "\n".join(line for line in dedented.split("\n") if not line.lstrip().startswith("#"))
    return "it is only a signature" if is_signature(code, parse) else ""


def _parses(source: str) -> bool:
    return parse(source)[0] is not None


def _completed(text: str) -> Iterator[tuple[str, str]]:
    """Ways to make the text whole, each with what it would be an excerpt of."""
    code = "\n".join(line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#"))
    with_bodies = _with_bodies(text)
    if with_bodies != text:
        yield with_bodies, "a body is missing or has only comments"
    if clause := _CLAUSE.match(code):
        before = "try:\n    pass\n" if clause[1] in ("except", "finally") else "if _:\n    pass\n"
        yield before + code, f"`{clause[1]}` has no matching statement"
        yield _with_bodies(before + text), f"`{clause[1]}` has no matching statement"
    if code.startswith("case "):
        yield "match _:\n" + textwrap.indent(code, "    "), "`case` has no matching `match`"
    if code.startswith("."):
        yield f"(_\n{text}\n)", "it is the end of a chain of method calls"
    if _DECORATOR.search(code):
        yield f"{text}\ndef _(): pass", "a decorator has no function or class"
    if all(_SIGNATURE.fullmatch(line) for line in code.split("\n")):
        yield "\n".join(f"{line.rstrip(': ')}: pass" for line in code.split("\n")), "it is only a signature"
    yield f"_(\n{text}\n)", "it is part of a call"
    yield f"{{\n{text}\n}}", "it is part of a literal"
    if all(line.lstrip().startswith(('"', "'")) for line in code.split("\n")):
        joined = code.replace("\n", ",\n")
        yield f"{{\n{joined}\n}}", "it is part of a literal"
    yield f"[\n{text}\n]", "it is part of a literal"


def _with_bodies(text: str) -> str:
    """The text with `pass` in every body that contains only comments, and after a last header."""
    for _ in range(_MOST_EMPTY_BODIES):
        tree, error = parse(text)
        match = _NO_BODY.match(error.msg) if tree is None and error else None
        if not match or not error or not error.lineno:
            break
        lines, header = text.split("\n"), int(match[1])
        before, after = _around(lines, error.lineno) if error.lineno > header else (lines, [])
        if after and not before[-1].lstrip().startswith("#"):
            break  # code follows the header without indentation: that is broken
        indented = lines[header - 1]
        margin = indented[: len(indented) - len(indented.lstrip())]
        text = "\n".join((*before, f"{margin}    pass", *after))
    return text


def _around(lines: list[str], error_line: int) -> tuple[list[str], list[str]]:
    """The lines before the next statement, and the lines from it on (empty when there is none)."""
    at = error_line - 1
    while at > 0 and not lines[at - 1].strip():
        at -= 1
    rest = lines[at:]
    if all(not line.strip() or line.lstrip().startswith("#") for line in rest):
        return lines, []
    return lines[:at], rest
