"""The words of the directives: the values that each accepts, and messages for wrong ones."""

import re
import warnings
from collections.abc import Callable

from checker.patterns import regex
from checker.spelling import nearest
from checker.units import parse_duration

LESSON_WORDS = frozenset(("skip", "session", "needs", "timeout", "ignore", "because", "pandas"))

# An endless loop ends when the topics that it reads have no more messages.
DRAINED = "drained"
_NAME = regex(r"\w[\w.-]*")
_NAMES = regex(r"\w[\w.-]*(?:,\w[\w.-]*)*")
_OUTPUT = ("exact", "ellipsis", "skip")
_VERSIONS = regex(
    r"(?:(?:>=|<=|==|!=|~=|>|<)?\s*[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}(?:\.\*)?\s*(?:,\s*(?=\S)|$))+"
)
_DOTTED = regex(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")

# A pattern is compiled here, and no error message needs a longer one.
_LONGEST_PATTERN = 1000


def complaint(word: str, value: str | None) -> str | None:
    """What is wrong with a known word's value, in words; None when it is valid."""
    return _VALUES[word](word, value)


def unknown_word(word: str, known: frozenset[str]) -> str:
    """The message for a word that is not `known`, with the nearest known word."""
    near = nearest(word.lower(), sorted(known))
    help_ = f"did you mean `{near}`?" if near else f"known are {', '.join(sorted(known))}"
    return f"`{word[:60]}` is not a directive: {help_}"


def is_near_head(word: str) -> bool:
    """Whether somebody who writes this probably means `check:`."""
    return nearest(word.lower(), ("check", "check-lesson"), alike=0.75) != ""


def _bare(word: str, value: str | None) -> str | None:
    return None if value is None else f"`{word}` takes no value: write `{word}` alone"


def _reason(word: str, value: str | None) -> str | None:
    if value is not None and value.strip():
        return None
    return f'`{word}` needs a reason in words: `{word}="why"`'


def _dotted(word: str, value: str | None) -> str | None:
    if value is not None and _DOTTED.fullmatch(value):
        return None
    return f"`{word}` takes the name of an exception, such as `{word}=ValueError`"


def _pattern(word: str, value: str | None) -> str | None:
    if not value:
        return f'`{word}` takes a regular expression: `{word}="part of the message"`'
    if len(value) > _LONGEST_PATTERN:
        return f"the pattern of `{word}` is longer than {_LONGEST_PATTERN:,} characters: shorten it"
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        return f"the value of `{word}` is not a regular expression: {error}"
    return None


def _one_name(word: str, value: str | None) -> str | None:
    if value is not None and _NAME.fullmatch(value):
        return None
    return f"`{word}` takes a name of letters, digits and hyphens, such as `{word}=second`"


def _names(word: str, value: str | None) -> str | None:
    if value is not None and _NAMES.fullmatch(value):
        return None
    return f"`{word}` takes names with commas between them and no blanks: `{word}=name,name`"


def _names_or_bare(word: str, value: str | None) -> str | None:
    return None if value is None else _names(word, value)


def _duration(word: str, value: str | None) -> str | None:
    try:
        parse_duration(value or "")
    except ValueError:
        return f"`{word}` takes a duration such as `{word}=500ms`, `{word}=5s` or `{word}=2m`"
    return None


def _duration_or_drained(word: str, value: str | None) -> str | None:
    wrong = None if value == DRAINED else _duration(word, value)
    return wrong and f"{wrong}, or `{word}={DRAINED}`"


def _comparison(word: str, value: str | None) -> str | None:
    if value in _OUTPUT:
        return None
    return (
        f"`{word}` takes {', '.join(f'`{word}={each}`' for each in _OUTPUT[:-1])} or `{word}={_OUTPUT[-1]}`"
    )


def _versions(word: str, value: str | None) -> str | None:
    if value is not None and _VERSIONS.fullmatch(value.strip()):
        return None
    return f'`{word}` takes versions, such as `{word}=">=3.1"` or `{word}=">=2.2,<3"`'


_VALUES: dict[str, Callable[[str, str | None], str | None]] = {
    "skip": _reason,
    "run": _bare,
    "raises": _dotted,
    "match": _pattern,
    "wrong": _names_or_bare,
    "setup": _bare,
    "session": _one_name,
    "needs": _names,
    "timeout": _duration,
    "interrupt": _duration_or_drained,
    "ignore": _names,
    "because": _reason,
    "output": _comparison,
    "pandas": _versions,
}

BLOCK_WORDS = frozenset(_VALUES)
