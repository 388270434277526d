"""What running code shows about a rule's findings: the Evidence section of its page."""

from typing import Literal

# The code raises, warns, or gives another result, which only a second version of pandas reveals.
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
    "error": (
        "When this code runs, pandas raises an exception, which confirms the finding and is not "
        "reported separately."
    ),
    "warning": "When this code runs, pandas warns, and the warning confirms the finding.",
    "result": (
        "Some of this code silently gives a different result: `--pandas 2.3,3.1` runs the lesson under both "
        "versions and reports where the results differ."
    ),
}
_DECIDES = "If the line runs to its end under pandas 3.1 without a pandas warning, the finding is only info."


def evidence_of(name: str) -> str:
    """What running shows about this rule's findings, in words; empty when it shows nothing."""
    shows = SHOWS.get(name, ())
    decides = [_DECIDES] if shows and "result" not in shows else []
    return " ".join([*(_WORDS[each] for each in shows), *decides])
