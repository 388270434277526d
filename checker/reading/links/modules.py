"""The modules that a lesson imports from: the text after `from`, or of a bare `import "…"`."""

from collections.abc import Iterator

from checker.patterns import regex

# Comments and strings are skipped; a template cannot name a module.
_TOKEN = regex(
    r"""//[^\n]*|/\*(?s:.*?)\*/|(?P<import>(?<![\w$.])import\s*(?P<quote>["'])(?P<path>[^"'\\\n]+)(?P=quote))"""
    r"""|(?P<from>(?<![\w$.])(?:import|export)\b[^"'`;()=]{0,9999}?\bfrom\s*(?P<mark>["'])(?P<source>[^"'\\\n]+)(?P=mark))"""
    r"""|"(?>(?:[^"\\\n]+|\\.)*)"|'(?>(?:[^'\\\n]+|\\.)*)'|`(?>(?:[^`\\]+|\\.)*)`"""
)
_NAMES = regex(r"[A-Za-z_$][\w$]*")


def imported(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, frozenset[str]]]:
    """Each module's name with its position between the quotes, and the names in the statement."""
    for found in _TOKEN.finditer(text, start, end):
        if found["from"]:
            names = frozenset(_NAMES.findall(found["from"].rpartition("from")[0]))
            yield found["source"], *found.span("source"), names
        elif found["import"]:
            yield found["path"], *found.span("path"), frozenset()
