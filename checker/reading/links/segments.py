"""Finds everything in a lesson's text that may be a path, to exclude that it links somewhere.

Finding the actual links takes a hundred times as long, and for most lessons around the one that is checked
nothing else is needed.
"""

from collections.abc import Iterable

from checker.patterns import regex

# A path from the site's root: none of these signs is in it, and no letter before it.
_PATH = regex(r"(?<![\w.~/-])/(?!/)([^\s\"'`()<>\[\]{}|]+)")
_BETWEEN = regex(r"[/?#]")
_PLAIN = regex(r"[\w.~-]+")
# How a letter of a name, or its slash, may be escaped in an address, in HTML and in Markdown.
_ESCAPE = regex(r"%[0-9A-Fa-f]{2}|&#?\w+;|\\[-_.~/]")
_SLASH = regex(r"&(?:#0*47|#[xX]0*2[fF]|sol);")
# Stands for everything that is escaped.
_ESCAPED = "%"


def segments(text: str) -> frozenset[str]:
    """The lower-case segments of everything in a text that may be a path from the root.

    A quote or a bracket ends an address here, so the rest of an address that contains one is missed: paths of
    pages do not.
    """
    paths = _PATH.findall(text)
    found = {each.lower() for path in paths for each in _BETWEEN.split(path)}
    escaped = any(map(_ESCAPE.search, paths)) or _SLASH.search(text)
    return frozenset(found | {_ESCAPED} if escaped else found)


def may_lead(found: frozenset[str], names: Iterable[str]) -> bool:
    """Whether a link of the text with these segments may end in one of the lower-case names."""
    wanted = frozenset(names)
    if _ESCAPED in found or not all(map(_PLAIN.fullmatch, wanted)):
        return True
    return not found.isdisjoint(wanted)
