"""What a comment, a sentence or a heading says about the code below it: wrong, right, or nothing."""

import re
from typing import Literal

from msgspec import Struct

from checker.analysis import marker_phrases as phrases
from checker.analysis.phrase_search import begins, holds, last, may_begin, pattern
from checker.patterns import regex

Judgement = Literal["wrong", "right"]


class Marker(Struct, frozen=True):
    """What a comment, a sentence or a heading says about the code below it.

    `weak` markers (before, after) are about the data as often as about the code.
    """

    judges: Judgement
    words: str
    weak: bool = False


class OwnWords(Struct, frozen=True):
    """A course's own words besides the usual ones; they count anywhere in a text."""

    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def judge(self, words: str) -> Judgement | None:
        """What a text says by one of these words."""
        if _holds(self.wrong, words):
            return "wrong"
        return "right" if _holds(self.right, words) else None


NO_OWN_WORDS = OwnWords()
_MOST_CHARACTERS = 240
_WRONG_SIGNS = ("❌", "⛔", "🚫", "👎", "✗", "✘", "✖")
_RIGHT_SIGNS = ("✅", "✔", "👍", "☑")
# What may surround the words: bullets, rules, numbers, Markdown's emphasis, emoji variation selectors.
_BEFORE = regex(r"[\s#=*_~`>|\-–—•+\ufe0f🔴🟢🟥🟩⚠💡👉📌]*(?:\d+[.)]\s+)?[\s*_`]*")
_AFTER = " \t=*_~`-–—\ufe0f"
_SIGNS = (*_WRONG_SIGNS, *_RIGHT_SIGNS)
# How a comment, a heading or a sentence begins when it judges code; most do not.
_BEGINNINGS = (
    phrases.LABELS_WRONG, phrases.LABELS_RIGHT, phrases.OLD_PANDAS, phrases.NEW_PANDAS, phrases.WEAK_WRONG,
    phrases.WEAK_RIGHT, phrases.TROUBLES, phrases.HEADINGS_WRONG, phrases.CONTRASTS,
)  # fmt: skip
_EMPHASIS = regex(r"[*_`](?:[*_`]{0,2}(?=\w)|(?<=[\w:!?.)][*_`])[*_`]{0,2})")


def in_comment(comment: str, own: OwnWords = NO_OWN_WORDS) -> Marker | None:
    """What a comment, without its `#`, says about the code below or beside it."""
    words = _plain(comment)
    judged = own.judge(words) or _by_sign(words)
    begun = may_begin(_BEGINNINGS, words)
    if judged is None and begun:
        judged = _by_label(words)
    if judged is None and holds(phrases.SAYS_WRONG, words):
        judged = "wrong"
    if judged is None:
        return _weak(words) if begun else None
    return Marker(judged, words)


def in_heading(heading: str, own: OwnWords = NO_OWN_WORDS) -> Marker | None:
    """What a heading says about the code in its section."""
    words = _plain(heading)
    judged = own.judge(words)
    begun = may_begin(_BEGINNINGS, words)
    if judged is None and begun and begins(phrases.TROUBLES, words):
        return None
    judged = judged or _by_sign(words)
    if judged is None and begun:
        judged = _by_label(words) or ("wrong" if begins(phrases.HEADINGS_WRONG, words) else None)
    if judged is None:
        return _weak(words) if begun else None
    return Marker(judged, words)


def in_prose(paragraph: str, own: OwnWords = NO_OWN_WORDS) -> Marker | None:
    """What the last sentence of a paragraph says about the block below it; its last phrase decides."""
    words = _plain(re.split(r"(?<=[.!?…])\s+", paragraph.strip()[-_MOST_CHARACTERS:])[-1])
    judged = own.judge(words) or _by_sign(words)
    begun = may_begin(_BEGINNINGS, words)
    if judged is None and begun:
        judged = _by_contrast(words) or _by_label(words)
    judged = judged or _by_phrase(words)
    if judged:
        return Marker(judged, words)
    if holds(phrases.ADVICE, words):
        return Marker("right", words, weak=True)
    return _weak(words) if begun else None


def is_label(comment: str) -> bool:
    """Whether a comment is only a label: a sign, or a few words with or without a colon."""
    words = _plain(comment)
    return _by_sign(words) is not None or comment.rstrip().endswith(":") or len(words.split()) <= 3


def is_label_in_prose(paragraph: str) -> bool:
    """The same for a paragraph; with a full stop it is a sentence of its own."""
    words = _plain(paragraph)
    return is_label(paragraph) and (_by_sign(words) is not None or not words.endswith("."))


def names_error(comment: str) -> bool:
    """Whether a comment quotes an error as Python shows it: `KeyError: 'age'`."""
    return pattern("ERROR:").match(comment.lstrip()) is not None


def _plain(text: str) -> str:
    """The words of a text, without the signs around them."""
    text = text[:_MOST_CHARACTERS].replace("’", "'")
    if any(each in text for each in "*_`"):
        text = _EMPHASIS.sub("", text)
    start = _BEFORE.match(text)
    return text[start.end() if start else 0 :].rstrip(_AFTER)


def _by_sign(words: str) -> Judgement | None:
    """By an emoji at the beginning or the end; in the middle, or beside its opposite, it is data."""
    if words.startswith(_SIGNS):
        return "wrong" if words.startswith(_WRONG_SIGNS) else "right"
    if words.endswith(_WRONG_SIGNS) and not any(sign in words for sign in _RIGHT_SIGNS):
        return "wrong"
    if words.endswith(_RIGHT_SIGNS) and not any(sign in words for sign in _WRONG_SIGNS):
        return "right"
    return None


def _by_label(words: str) -> Judgement | None:
    """By how the text begins."""
    if _begins(phrases.LABELS_WRONG, words) or _begins(phrases.OLD_PANDAS, words, after="BRIEFLY"):
        return "wrong"
    if _begins(phrases.LABELS_RIGHT, words) or _begins(phrases.NEW_PANDAS, words, after="BRIEFLY"):
        return "right"
    return None


def _by_contrast(words: str) -> Judgement | None:
    """By "Instead of this:", which precedes code that is not to be written."""
    return "wrong" if begins(phrases.CONTRASTS, words) else None


def _by_phrase(words: str) -> Judgement | None:
    """By the last phrase in a sentence: "Wrong is easy; the right way is:"."""
    told_wrong = (phrases.SAYS_WRONG, phrases.OLD_PANDAS, phrases.TELLS_WRONG)
    wrong = max(last(each, words) for each in told_wrong)
    right = last(phrases.TELLS_RIGHT, words)
    if wrong == right:
        return None
    return "wrong" if wrong > right else "right"


def _holds(own: tuple[str, ...], words: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", words, re.IGNORECASE) for each in own)


def _begins(with_phrases: str, words: str, after: str = "") -> bool:
    return begins(with_phrases, words, led=True, after=after)


def _weak(words: str) -> Marker | None:
    if begins(phrases.WEAK_WRONG, words):
        return Marker("wrong", words, weak=True)
    return Marker("right", words, weak=True) if begins(phrases.WEAK_RIGHT, words) else None
