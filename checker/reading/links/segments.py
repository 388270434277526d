"""The paths in a lesson's text, be they links or not: enough to see that none of its links leads somewhere.

To find the links of a lesson takes a hundred times as long, and of most lessons around the one that is
checked nothing else is asked.
"""

from collections.abc import Iterable

from checker.patterns import regex

# A path from the site's root: what is no letter stands before it, and none of these behind it.
_PATH = regex(r"(?<![\w.~/-])/(?!/)([^\s\"'`()<>\[\]{}|]+)")
_BETWEEN = regex(r"[/?#]")
_PLAIN = regex(r"[\w.~-]+")
# How a letter of a name may be escaped, in an address, in HTML and in Markdown; and how its slash.
_ESCAPE = regex(r"%[0-9A-Fa-f]{2}|&#?\w+;|\\[-_.~/]")
_SLASH = regex(r"&(?:#0*47|#[xX]0*2[fF]|sol);")
# Stands for all that is escaped.
_ESCAPED = "%"


def segments(text: str) -> frozenset[str]:
    """The parts of all that may be paths from the root in a text, in small letters.

    A quote or a bracket ends an address here, so the rest of one that holds such a sign is not seen: pages
    have none in theirs.
    """
    paths = _PATH.findall(text)
    found = {each.lower() for path in paths for each in _BETWEEN.split(path)}
    escaped = any(map(_ESCAPE.search, paths)) or _SLASH.search(text)
    return frozenset(found | {_ESCAPED} if escaped else found)


def may_lead(found: frozenset[str], names: Iterable[str]) -> bool:
    """Whether a link of the text with these segments may end in one of the names, in small letters."""
    wanted = frozenset(names)
    if _ESCAPED in found or not all(map(_PLAIN.fullmatch, wanted)):
        return True
    return not found.isdisjoint(wanted)
