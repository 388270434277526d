"""Tables of names written as words in a text, which is easy to read and to diff."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
