"""What running shows of the code that a rule reads for: the Evidence of its page, and how far it decides."""

from typing import Literal

# It raises; it warns; or it gives another result, which only a second version of pandas shows.
Shows = Literal["error", "warning", "result"]

SHOWS: dict[str, tuple[Shows, ...]] = {
    "chained-assignment": ("warning", "result"),
    "inplace-on-selection": ("warning", "result"),
    "object-dtype": ("error", "warning", "result"),
    "string-missing": ("warning", "result"),
    "datetime-unit": ("result",),
    "freq-alias": ("error", "warning"),
    "removed-api": ("error",),
    "removed-argument": ("error",),
    "positional-fallback": ("error",),
    "copy-keyword": ("warning",),
    "cow-option": ("error", "warning"),
    "readonly-values": ("error",),
    "deprecated-4": ("warning",),
    "changed-result": ("error", "result"),
}
_WORDS: dict[Shows, str] = {
    "error": "Where this runs, pandas raises: the exception confirms the finding, and is not told beside it.",
    "warning": "Where this runs, pandas warns, and the warning confirms the finding.",
    "result": (
        "Some of it gives another result without a word: `--pandas 2.3,3.1` runs the lesson under both "
        "versions and reports where they part."
    ),
}
_DECIDES = (
    "A line that ran to its end under pandas 3.1 without a word of pandas is no such code: its finding stays "
    "for information only."
)


def evidence_of(name: str) -> str:
    """What running shows of this rule's findings, in words; empty for rules that running says nothing of."""
    shows = SHOWS.get(name, ())
    decides = [_DECIDES] if shows and "result" not in shows else []
    return " ".join([*(_WORDS[each] for each in shows), *decides])
