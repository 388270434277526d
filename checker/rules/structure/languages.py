"""Detects the language of a text by its script and its most frequent short words."""

import re
from collections import Counter

from checker.patterns import regex

# Languages with a script that nearly identifies them; others use Latin letters.
_SCRIPTS = {
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"),
    "greek": ("el",),
    "hebrew": ("he", "yi"),
    "arabic": ("ar", "fa", "ur", "ps"),
    "devanagari": ("hi", "mr", "ne"),
    "thai": ("th",),
    "hangul": ("ko",),
    "han": ("zh", "ja"),
    "georgian": ("ka",),
    "armenian": ("hy",),
}
_RANGES = {
    "latin": "A-Za-z\u00c0-\u024f",
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff",
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff",
    "devanagari": "\u0900-\u097f",
    "thai": "\u0e00-\u0e7f",
    "hangul": "\uac00-\ud7af\u1100-\u11ff",
    "han": "\u3040-\u30ff\u4e00-\u9fff",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0530-\u058f",
}
# Words that hardly any sentence of the language lacks, and that the other languages do not have.
_SMALL_WORDS = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "is",
            "that",
            "with",
            "this",
            "are",
            "it",
            "you",
            "for",
            "be",
            "to",
            "in",
            "can",
            "from",
            "your",
            "not",
            "we",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "und",
            "das",
            "ist",
            "nicht",
            "mit",
            "den",
            "die",
            "ein",
            "von",
            "zu",
            "sich",
            "auf",
            "eine",
            "wird",
        ]
    ),
    "fr": frozenset(
        [
            "les",
            "des",
            "est",
            "une",
            "dans",
            "que",
            "pour",
            "pas",
            "vous",
            "sur",
            "avec",
            "cette",
            "qui",
            "sont",
        ]
    ),
    "es": frozenset(
        ["los", "las", "una", "que", "para", "por", "del", "es", "el", "se", "esta", "como", "más", "en"]
    ),
    "it": frozenset(
        ["il", "che", "di", "una", "sono", "della", "gli", "questo", "nel", "le", "un", "è", "dei"]
    ),
    "pt": frozenset(
        ["os", "uma", "que", "para", "não", "com", "por", "dos", "é", "em", "isso", "você", "como", "da"]
    ),
    "nl": frozenset(
        ["het", "een", "van", "niet", "dat", "voor", "zijn", "deze", "je", "wordt", "de", "ook", "bij"]
    ),
    "pl": frozenset(
        ["nie", "jest", "się", "że", "przez", "który", "oraz", "dla", "czy", "ale", "jak", "tego"]
    ),
}
_SPECIES = {script: regex(f"[{letters}]") for script, letters in _RANGES.items()}
_HIDDEN = regex(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^<>]*>|\{[^{}]*\}")
_WORD = regex(r"[^\W\d_]+")
# At least this many different short words are no coincidence.
_DIFFERENT = 3
# Fewer words may be a name or a quotation.
WORDS_MIN = 12
_SHARE = 0.15


def foreign(text: str, languages: tuple[str, ...]) -> str:
    """The language of a paragraph that is in none of these; "" when it may be in one of them.

    Code, addresses, tags and the rows of tables do not count.
    """
    words = _WORD.findall(_HIDDEN.sub(" ", text))
    if len(words) < WORDS_MIN or text.startswith("|"):
        return ""
    letters = Counter(letters_of(" ".join(words)))
    total = sum(letters.values())
    codes = {re.split("[-_]", each)[0].lower() for each in languages}
    wanted = {script_of(each) for each in codes}
    if total and sum(letters[each] for each in wanted) < _SHARE * total:
        script = letters.most_common(1)[0][0]
        # Lists of names and keywords have Latin letters everywhere; sentences have short words.
        return _spoken(words, 0.1) if script == "latin" else f"{script.capitalize()} letters"
    # Languages in Latin letters differ only by their short words, which must be known for all of them.
    latin = {each for each in codes if script_of(each) == "latin"}
    spoken = _spoken(words, 0.15) if latin and latin <= _SMALL_WORDS.keys() else ""
    return spoken if spoken not in latin else ""


def letters_of(text: str) -> dict[str, int]:
    """The number of letters in each script."""
    return {script: len(letters.findall(text)) for script, letters in _SPECIES.items()}


def small_words_of(text: str) -> dict[str, int]:
    """The number of short words in each language."""
    counted = Counter(each.lower() for each in _WORD.findall(_HIDDEN.sub(" ", text)))
    return {code: sum(counted[each] for each in small) for code, small in _SMALL_WORDS.items()}


def script_of(language: str) -> str:
    """The script that a language is written in."""
    return next((script for script, codes in _SCRIPTS.items() if language in codes), "latin")


def _spoken(words: list[str], share: float) -> str:
    """The language with far more of its short words than any other; "" for none."""
    counted = Counter(each.lower() for each in words)
    scores = sorted((sum(counted[each] for each in small), code) for code, small in _SMALL_WORDS.items())
    (second, _), (most, code) = scores[-2:]
    different = len(_SMALL_WORDS[code] & counted.keys())
    return code if most >= share * len(words) and most > 2 * second and different >= _DIFFERENT else ""
