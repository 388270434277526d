"""Recognises blocks whose code a site includes from a file when it builds the page."""

from checker.patterns import regex

# PyMdown's snippets, mdBook, FastAPI's documentation, markdown-include, Jinja, Hugo and Quarto, VitePress.
_INCLUDE = regex(
    r"^[ \t]*(?:\#[ \t]*)?(?:-{1,8}8<-{1,8}(?:[ \t]|$)|\{\{#\w*include\b|\{\*[ \t][^\n]*\*\}[ \t]*$"
    r"|\{![^\n]*!\}|\{%-?[ \t]*(?:include|snippet)\b|\{\{[<%][ \t]*(?:include|readfile|code)\b"
    r"|<<<[ \t]*[@./])"
)
_MARKS = ("8<-", "{{", "{*", "{!", "{%", "<<<")


def is_included(code: str) -> bool:
    """Whether a line of a block includes code from elsewhere."""
    return any(each in code for each in _MARKS) and any(map(_INCLUDE.match, code.split("\n")))
