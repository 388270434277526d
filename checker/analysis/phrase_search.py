"""Finds the phrases of `marker_phrases` in a text without trying all of them.

Most texts hold none. A phrase is compiled and tried only where the letters that it requires occur.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from checker.analysis.marker_phrases import PARTS
from checker.patterns import regex

# Letters that regular expressions match with each other although they are not a pair of cases.
_ALIKE = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆ", "iisвдосттъ")
_ANY_ALIKE = regex(f"[{''.join(map(chr, _ALIKE))}]")
# What may be before a label, "This is the …", "Это …", and the words that it consists of.
_LEAD = regex(
    r"(?:(?:this|that|it|the (?:following|code)|code below|here|это|этот код|код ниже)\s+(?:code\s+)?"
    r"(?:(?:is|was)\s+)?)?(?:(?:the|an?)\s+)?",
    re.IGNORECASE,
)
_LEADING = frozenset({
    "this", "that", "it", "the", "following", "code", "below", "here", "is", "was", "a", "an", "это", "этот",
    "код", "ниже",
})  # fmt: skip
# The endings that ERROR matches; the beginning of the word does not matter.
_ERRORS = ("error", "exception", "warning")
_LETTERS = regex(r"(?:\\b)?([^\W\dA-ZА-Я_]*(?:->|=>|→)?)([?*]?)")
# What is between the required words of a phrase; these are skipped one by one.
_BETWEEN = regex(r"\\.|\[[^\]]*\][?*+]?|[A-ZА-Я]+\??|.", re.DOTALL)
# What divides a phrase into groups and alternatives.
_SIGN = regex(r"[()|]")
_OPTIONAL = regex(r"[?*]|\{0")
# The parts that are words.
_NAMED = ("NOUN", "THING", "ВЕЩЬ", "WHAT")


def begins(phrases: str, words: str, *, led: bool = False, after: str = "") -> bool:
    """Whether a text begins with one of the phrases; with `led`, "This is the …" may come before it."""
    folded = _folded(words)
    return any(
        pattern(each, after=after).match(words, at)
        for at, word in _beginnings(words, led=led)
        for each in _begun_by(phrases, word)
        if _has_words(each, folded)
    )


def may_begin(lists: tuple[str, ...], words: str) -> bool:
    """Whether a text may begin with a phrase of any of these lists; few do, so few need to be matched."""
    by_letter, inside = _openings(lists)
    return any(
        word.startswith(by_letter.get(word[:1], ())) or any(each in word for each in inside)
        for _, word in _beginnings(words, led=True)
    )


@cache
def _openings(lists: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """The openings of several lists by first letter, and texts that occur in the first word."""
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
    """Whether one of the phrases occurs in a text."""
    return any(pattern(each).search(words) for each in _held(phrases, _folded(words)))


def last(phrases: str, words: str) -> int:
    """The start of the last phrase in a text, -1 when there is none."""
    held = _held(phrases, _folded(words))
    # Tried in the order of one big alternation, which would try each phrase at each letter: see `pattern`.
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
    """A pattern that matches any of the phrases; compiled when a text may hold one, which few do."""
    lines = _lines(phrases)
    # A common ending is compiled once for all: ENDS is longer than most phrases.
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


# Each text is matched against eight lists of phrases.
@lru_cache(maxsize=4)
def _folded(words: str) -> str:
    """A text in lower case."""
    return _small(words)


def _small(text: str) -> str:
    # Translating takes ten times as long as finding out that there is nothing to translate.
    return (text.translate(_ALIKE) if _ANY_ALIKE.search(text) else text).lower()


@lru_cache(maxsize=4)
def _beginnings(words: str, *, led: bool) -> Sequence[tuple[int, str]]:
    """Where a phrase at the beginning of a text may begin, and with which lower-case word."""
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
    """The phrases that may begin with a word."""
    by_letter = _by_letter(phrases)
    for opening, phrase in by_letter.get(word[:1], ()):
        if word.startswith(opening):
            yield phrase
    for opening, phrase in by_letter.get("", ()):
        if opening in word:
            yield phrase


def _held(phrases: str, folded: str) -> dict[str, None]:
    """The phrases that a lower-case text may hold."""
    return dict.fromkeys(
        phrase for opening, phrase in _opened(phrases) if opening in folded and _has_words(phrase, folded)
    )


def _has_words(phrase: str, folded: str) -> bool:
    return all(any(word in folded for word in words) for words in _needed(phrase))


@cache
def _needed(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The texts after a phrase's opening: one of each tuple occurs in every text that holds the phrase."""
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
    """The openings and their phrases by the opening's first letter, "" for openings that may be elsewhere."""
    found: dict[str, list[tuple[str, str]]] = {}
    for opening, phrase in _opened(phrases):
        found.setdefault("" if opening in _ERRORS else opening[:1], []).append((opening, phrase))
    return found


@cache
def _opened(phrases: str) -> Sequence[tuple[str, str]]:
    """Each phrase with its lower-case openings, one of which is in every text that holds it."""
    return [(opening, phrase) for phrase in _lines(phrases) for opening in _ways(phrase)]


def _ways(phrase: str) -> Iterator[str]:
    """The openings of a phrase: the letters before its first sign, "" when there are none."""
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
    """The alternatives of the group that a phrase begins with, and the rest of the phrase."""
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
