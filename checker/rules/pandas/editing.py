"""Edits of names, arguments and literals in the lesson's code."""

import ast
from collections.abc import Iterable

from checker.analysis.frames.known import Types
from checker.model import Applicability, Edit, Fix, Span


def fix(message: str, edits: Iterable[Edit], *, unsafe: bool, sure: bool = True) -> Fix:
    """A fix; it is never safe when only its use reveals what the object is."""
    how: Applicability = "unsafe" if unsafe or not sure else "safe"
    return Fix(message, how, tuple(edits))


def written(node: ast.expr | ast.keyword, types: Types) -> str:
    """A node exactly as the author wrote it, including line ends."""
    span = types.span(node)
    return types.lesson.text[span.start : span.end]


def name_span(node: ast.Attribute, types: Types) -> Span:
    """The span of the name after the last dot."""
    end = types.span(node).end
    return types.lesson.span(end - len(node.attr), end)


def replaced(node: ast.expr | ast.stmt | ast.keyword, text: str, types: Types) -> Edit:
    """Replace a node by a text."""
    return Edit(types.span(node), text)


def renamed(node: ast.Attribute, name: str, types: Types) -> Edit:
    """Replace the name after the last dot."""
    return Edit(name_span(node, types), name)


def inserted(at: int, text: str, types: Types) -> Edit:
    """Insert a text at an offset of the lesson."""
    return Edit(types.lesson.span(at, at), text)


def keyword_renamed(word: ast.keyword, name: str, types: Types) -> Edit:
    """Replace the name before `=`."""
    start = types.span(word).start
    return Edit(types.lesson.span(start, start + len(word.arg or "")), name)


def without(call: ast.Call, argument: ast.expr | ast.keyword, types: Types) -> Edit | None:
    """Remove an argument of a call together with its comma.

    None when there are comments around the comma, which would be lost.
    """
    nodes: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    given = sorted((types.span(each) for each in nodes), key=lambda span: span.start)
    here = types.span(argument)
    place = given.index(here)
    text = types.lesson.text
    if place:
        comma = text.rfind(",", given[place - 1].end, here.start)
        start, end = comma, here.end
    elif len(given) > 1:
        start, end = here.start, given[1].start
    else:
        start = here.start
        rest = text[here.end : types.span(call).end - 1]
        end = here.end + (len(rest) if not rest.strip(", ") else 0)
    around = text[start : here.start] + text[here.end : end]
    return None if start < 0 or "#" in around else Edit(types.lesson.span(start, end), "")


def inside_quotes(node: ast.Constant, types: Types) -> Span | None:
    """The span of a string literal's text without its quotes; None for escapes and joined literals."""
    span = types.span(node)
    source = types.lesson.text[span.start : span.end]
    body = source.lstrip("rRuUbBfF")
    quotes = body[:3] if body[:3] in ('"""', "'''") else body[:1]
    start = len(source) - len(body) + len(quotes)
    end = len(source) - len(quotes)
    if source[start:end] != node.value:
        return None
    return types.lesson.span(span.start + start, span.start + end)
