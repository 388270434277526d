"""Tables are written as words in a text: the eye finds a name in them, and a change is a word."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
