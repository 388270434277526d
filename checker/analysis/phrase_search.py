"""Phrases found in a text, as if all of `marker_phrases` were tried at each letter of it.

Most texts hold none. So a phrase is only compiled, and tried, where the letters that it needs are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from checker.analysis.marker_phrases import PARTS
from checker.patterns import regex

# Letters that regular expressions take for others, whose case alone is not the difference.
_ALIKE = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆ", "iisвдосттъ")
_ANY_ALIKE = regex(f"[{''.join(map(chr, _ALIKE))}]")
# What may stand before a label: "This is the …", "Это …"; and the words that it is made of.
_LEAD = regex(
    r"(?:(?:this|that|it|the (?:following|code)|code below|here|это|этот код|код ниже)\s+(?:code\s+)?"
    r"(?:(?:is|was)\s+)?)?(?:(?:the|an?)\s+)?",
    re.IGNORECASE,
)
_LEADING = frozenset({
    "this", "that", "it", "the", "following", "code", "below", "here", "is", "was", "a", "an", "это", "этот",
    "код", "ниже",
})  # fmt: skip
# How ERROR ends; what a word begins with says nothing of it.
_ERRORS = ("error", "exception", "warning")
_LETTERS = regex(r"(?:\\b)?([^\W\dA-ZА-Я_]*(?:->|=>|→)?)([?*]?)")
# What stands between the words of a phrase that every text with it holds: these are passed over one by one.
_BETWEEN = regex(r"\\.|\[[^\]]*\][?*+]?|[A-ZА-Я]+\??|.", re.DOTALL)
# What parts a phrase into groups and their alternatives.
_SIGN = regex(r"[()|]")
_OPTIONAL = regex(r"[?*]|\{0")
# The parts that are words.
_NAMED = ("NOUN", "THING", "ВЕЩЬ", "WHAT")


def begins(phrases: str, words: str, *, led: bool = False, after: str = "") -> bool:
    """Whether a text begins with one of the phrases; `led` says that "This is the …" may come before it."""
    folded = _folded(words)
    return any(
        pattern(each, after=after).match(words, at)
        for at, word in _beginnings(words, led=led)
        for each in _begun_by(phrases, word)
        if _has_words(each, folded)
    )


def may_begin(lists: tuple[str, ...], words: str) -> bool:
    """Whether a text may begin with a phrase of any of these lists; few do, and need be held against each."""
    by_letter, inside = _openings(lists)
    return any(
        word.startswith(by_letter.get(word[:1], ())) or any(each in word for each in inside)
        for _, word in _beginnings(words, led=True)
    )


@cache
def _openings(lists: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """What the phrases of several lists open with by its first letter, and what only is in the first word."""
    openings = dict.fromkeys(
        (letter, opening)
        for phrases in lists
        for letter, opened in _by_letter(phrases).items()
        for opening, _ in opened
    )
    by_letter: dict[str, tuple[str, ...]] = {}
    for letter, opening in openings:
        by_letter[letter] = (*by_letter.get(letter, ()), opening)
    return by_letter, by_letter.pop("", ())


def holds(phrases: str, words: str) -> bool:
    """Whether one of the phrases stands in a text."""
    return any(pattern(each).search(words) for each in _held(phrases, _folded(words)))


def last(phrases: str, words: str) -> int:
    """Where the last of the phrases in a text begins, -1 when there is none."""
    held = _held(phrases, _folded(words))
    # As if all were one expression, which would try each of them at each letter: see `pattern`.
    ways = [pattern(each) for each in sorted(held, key=lambda phrase: not phrase.endswith("ENDS"))]
    begins, end = -1, 0
    while ways:
        found = [each for way in ways if (each := way.search(words, end))]
        if not found:
            break
        begins, end = min((each.span() for each in found), key=lambda span: span[0])
    return begins


@cache
def pattern(phrases: str, *, after: str = "") -> re.Pattern[str]:
    """What matches any of the phrases; compiled when a text may hold one, which few do."""
    lines = _lines(phrases)
    # What ends alike is compiled once for all: ENDS is longer than most phrases.
    ended = [line.removesuffix("ENDS") for line in lines if line.endswith("ENDS")]
    if ended:
        lines = (f"(?:{'|'.join(ended)})ENDS", *(line for line in lines if not line.endswith("ENDS")))
    text = f"(?:{'|'.join(lines)}){after}".replace(" ", r"\s+")
    while replaced := {name: part for name, part in PARTS.items() if name in text}:
        for name, part in replaced.items():
            text = text.replace(name, part)
    return re.compile(text, re.IGNORECASE)


@cache
def _lines(phrases: str) -> tuple[str, ...]:
    return tuple(line.removeprefix("    ") for line in phrases.split("\n") if line.strip())


# One text after the other is held against eight lists of phrases.
@lru_cache(maxsize=4)
def _folded(words: str) -> str:
    """A text in small letters."""
    return _small(words)


def _small(text: str) -> str:
    # To look up each letter takes ten times as long as to see that none is to be looked up.
    return (text.translate(_ALIKE) if _ANY_ALIKE.search(text) else text).lower()


@lru_cache(maxsize=4)
def _beginnings(words: str, *, led: bool) -> Sequence[tuple[int, str]]:
    """Where a phrase at the beginning of a text may begin, and with which word, in small letters."""
    return list(_first_words(words, led=led))


def _first_words(words: str, *, led: bool) -> Iterator[tuple[int, str]]:
    at = 0
    for word in words.split() or [""]:
        at = words.index(word, at)
        folded = _small(word)
        if not at or _LEAD.fullmatch(words, 0, at):
            yield at, folded
        if not led or folded not in _LEADING:
            return
        at += len(word)


def _begun_by(phrases: str, word: str) -> Iterator[str]:
    """Those of the phrases that may begin with a word."""
    by_letter = _by_letter(phrases)
    for opening, phrase in by_letter.get(word[:1], ()):
        if word.startswith(opening):
            yield phrase
    for opening, phrase in by_letter.get("", ()):
        if opening in word:
            yield phrase


def _held(phrases: str, folded: str) -> dict[str, None]:
    """Those of the phrases that a text in small letters may hold."""
    return dict.fromkeys(
        phrase for opening, phrase in _opened(phrases) if opening in folded and _has_words(phrase, folded)
    )


def _has_words(phrase: str, folded: str) -> bool:
    return all(any(word in folded for word in words) for words in _needed(phrase))


@cache
def _needed(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Behind what a phrase opens with: of each of these, one is in every text that holds the phrase."""
    found = []
    rest = phrase
    while rest:
        if rest.startswith("("):
            ways, after = _group(rest)
            if rest.startswith("(?:") and not _OPTIONAL.match(after):
                found.append(tuple(word for way in ways for word in _ways(way)))
            rest = after
            continue
        name = next((each for each in _NAMED if rest.startswith(each)), "")
        if name:
            rest = PARTS[name] + rest.removeprefix(name)
            continue
        letters = _LETTERS.match(rest)
        if letters and letters[1]:
            found.append((letters[1][:-1] if letters[2] else letters[1],))
            rest = rest[letters.end() :]
        elif between := _BETWEEN.match(rest):
            rest = rest[between.end() :]
    return tuple(words for words in found if all(words))


@cache
def _by_letter(phrases: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The openings and their phrases by the opening's first letter, "" for what need not begin with it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for opening, phrase in _opened(phrases):
        found.setdefault("" if opening in _ERRORS else opening[:1], []).append((opening, phrase))
    return found


@cache
def _opened(phrases: str) -> Sequence[tuple[str, str]]:
    """Each of the phrases with what, in small letters, one of is in every text that holds it."""
    return [(opening, phrase) for phrase in _lines(phrases) for opening in _ways(phrase)]


def _ways(phrase: str) -> Iterator[str]:
    """What a phrase may begin with: the letters before its first sign, "" when there are none."""
    if phrase.startswith("(?:"):
        ways, rest = _group(phrase)
        for way in ways:
            yield from _ways(way)
        if rest.startswith("?"):
            yield from _ways(rest[1:])
    elif phrase.startswith("ERROR"):
        yield from _ERRORS
    elif found := _LETTERS.match(phrase):
        yield found[1][:-1] if found[2] else found[1]


def _group(phrase: str) -> tuple[list[str], str]:
    """The alternatives of the group that a phrase begins with, and what comes behind it."""
    ways, begun, depth = [], len("(?:"), 0
    for found in _SIGN.finditer(phrase):
        sign, at = found[0], found.start()
        depth += (sign == "(") - (sign == ")")
        if not depth or (depth == 1 and sign == "|"):
            ways.append(phrase[begun:at])
            begun = at + 1
        if not depth:
            break
    return ways, phrase[begun:]
