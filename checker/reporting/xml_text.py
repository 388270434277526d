"""Text for XML 1.0, which cannot represent most control characters."""

from checker.patterns import regex
from checker.reporting.escape import lines, one_line

_NOT_XML = regex("[\ufffe\uffff]")  # all others that XML refuses are escaped already


def attribute(text: str) -> str:
    """Text for an attribute: on one line, since XML readers replace line ends there by blanks."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", one_line(text))


def content(text: str) -> str:
    """Text for an element, in lines."""
    return "\n".join(attribute(line) for line in lines(text))
