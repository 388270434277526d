"""Parses frequencies such as `15min`, `QE-DEC`, `1D12h`, and writes them with the new aliases."""

from msgspec import Struct

from checker.patterns import regex
from checker.rules.pandas.table import FrequencyChange, Place, frequencies

_PART = regex(r"\s*(?P<count>[+-]?\d*\.?\d*)\s*(?P<alias>[A-Za-z]+)(?P<anchor>(?:-[A-Za-z0-9]+)*)\s*")
_LONGEST = 40


class Aliases(Struct, frozen=True):
    """The changed aliases of a text, and the text with the new ones."""

    changes: tuple[FrequencyChange, ...]
    corrected: str
    place: Place


def changed_aliases(text: str, place: Place) -> Aliases | None:
    """The changed aliases in a frequency; None when there are none, or the text is no frequency."""
    if len(text) > _LONGEST or text.lstrip("+-").startswith("P"):  # `PT1H` is a duration of ISO 8601
        return None
    table = frequencies(place)
    changes: list[FrequencyChange] = []
    corrected: list[str] = []
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or (at and not part["count"]):  # words, not a compound frequency
            return None
        at = part.end()
        change = table.get(part["alias"])
        piece = part[0]
        if change is not None:
            changes.append(change)
            start, end = part.span("alias")
            piece = f"{text[part.start() : start]}{change.instead}{text[end : part.end()].upper()}"
        corrected.append(piece)
    return Aliases(tuple(changes), "".join(corrected), place) if changes else None
