"""How authors label code as wrong or right, in English and Russian: one phrase a line.

A phrase is a regular expression in which a blank stands for any blanks, and a word in capitals for one of
`_PARTS`. `ENDS` is what keeps talk about data out: after it the phrase is over, or says since when it holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from checker.patterns import regex

_PARTS = {
    # Python takes ten times as long to compile one class of ASCII's signs and others.
    "ENDS": r"(?=\s*(?:$|[:.,;!?()]|—|–|-\s|--|→|[-=]>|SINCE))",
    "SINCE": r"(?:in|on|since|under|with|from|for|в|на|с|для)\s+(?:pandas|python|нов|v?\d+\.\d|modern)",
    "NOUN": r"(?:way|approach|code|example|practice|idea|style|pattern|habit|usage|syntax|solution|attempt)",
    "THING": r"(?:code|line|loop|snippet|block|example|assignment)(?: (?:below|above))?",
    "ВЕЩЬ": r"(?:код|вариант|способ|пример|подход|стиль|синтаксис|при[её]м|практика|идея|решение|паттерн)",
    "ERROR": r"`?[\w.]*(?:Error|Exception|Warning)\b",
    "VERSION": r"(?:\.[\dx]+)*",
    # "In pandas 2 and 3" is about both.
    "ALONE": r"(?!\s*(?:and|or|и|или|[/,&–-])|[\d.])",
    # Up to three more words, and then no more.
    "BRIEFLY": r"[:,)]?(?:\s+\S+){0,3}[\s:.!?)]*$",
    "NUMBERED": r"(?:\s+[#№]?\s?\d+)?",
    "WHAT": r"(?:this|that|it|so|like|chained|in\s?place)\b",
    "LAST": r"(?:\s+(?:in|в)\s+pandas\s+\d[\w.]*)?\s*:?$",
}

OLD_PANDAS = r"""
    pandas\s*(?:<=?|≤)\s*[0-3]VERSION
    (?:before|until|prior to|older than|до) pandas\s*[0-3]
    pre-?3\b
    (?:(?:in|with|on|under|в|для|на) )?(?:old(?:er)? )?pandas\s*[0-2]VERSIONALONE
"""
NEW_PANDAS = r"(?:(?:in|since|в|с) )?pandas\s*(?:>=?|≥)?\s*3VERSION\+?(?![\d.])"

# What a comment, a sentence or a heading begins with when it labels code as wrong.
LABELS_WRONG = r"""
    (?:wrong|bad|incorrect(?:ly)?|broken|buggy|invalid|unsafe|dangerous|risky)NUMBEREDENDS
    (?:deprecated|obsolete|outdated|legacy|old|removed)ENDS
    (?:mistake|error|bug|pitfall|gotcha|trap|anti-?\s?pattern)NUMBEREDENDS
    (?:avoid|never|don't|do not|no|nope|fails|crashes|breaks)ENDS
    not (?:ok|okay|allowed|recommended|good|safe|correct|right|working|possible)ENDS
    (?:wrong|bad|incorrect|broken|buggy|naive|unsafe|dangerous) NOUN(?:ENDS| (?:to|of)\b)
    (?:deprecated|obsolete|outdated|old|legacy) NOUN(?:ENDS| (?:to|of)\b)
    old(?:-style)? pandas\b
    pandas 2 (?:style|way|only|code)\b
    (?:please )?(?:don't|do not|never) (?:ever |just )?(?:do|use|write|try|copy|chain|repeat) WHAT
    avoid (?:doing|writing|WHAT)
    (?:how|what) not to\b
    will (?:fail|break|crash|raise|not work)(?:ENDS| (?:in|on|with|under) )
    (?:what |this )?used to (?:work|be|do|write)\b
    удал[её]н[оаы]?(?:ENDS| (?:в|из|с) )
    (?:(?:will )?raises?|throws?|gives?|fails with|→|->|=>) (?:an? )?(?:ERROR|error\b|exception\b)
    ERROR`?ENDS
    (?:неправильно|неверно|некорректно|плохо|нельзя|ошибка|ошибочно|анти-?паттерн)NUMBERED(?:ENDS| на )
    (?:раньше|устарел[ои]?|опасно|никогда|запрещено|сломано|по-старому|избегайте|нет)ENDS
    (?:упад[её]т|сломается)(?:ENDS| на )
    не (?:надо|нужно|так|рекомендуется|(?:делай|пиши|используй)(?:те)?)ENDS
    (?:неправильн|неверн|некорректн|плох|ошибочн|опасн|устаревш|стар|небезопасн)(?:ый|ое|ая|ой|ий) ВЕЩЬENDS
    раньше (?:так|писали|делали|работало|можно|было|в )
    как не (?:надо|нужно|стоит|следует)
    (?:вызовет|бросит|выбросит|вызывает|бросает|даст|упад[её]т с) (?:ошибк|исключени|ERROR)
"""
LABELS_RIGHT = r"""
    (?:right|correct(?:ly)?|good|better|best|proper(?:ly)?|valid|safe|idiomatic|recommended|preferred)ENDS
    (?:fixed|the fix|fix|solution|instead|works?|ok|okay|yes|new|now|modern|do|do this|do it)ENDS
    (?:right|correct|good|better|best|proper|safe|fixed|idiomatic) NOUN(?:ENDS| (?:to|of)\b)
    (?:new|modern|recommended|preferred) NOUN(?:ENDS| (?:to|of)\b)
    works (?:everywhere|in|on|with|as)\b
    use \S
    instead (?:of|use)\b
    rather than\b
    (?:правильно|верно|корректно|хорошо|можно|лучше|надо|нужно|теперь|безопасно|рекомендуется|работает)ENDS
    (?:исправлено|исправление|решение|по-новому|да)ENDS
    (?:правильн|верн|корректн|хорош|современн|нов|рекомендуем|безопасн|исправленн)(?:ый|ое|ая|ий) ВЕЩЬENDS
    используйте\b
    вместо\b
    теперь (?:так|пишем|надо|нужно)
"""
# Common words, that are about the data as often as about the code.
WEAK_WRONG = "(?:before|previously|formerly|до|было)(?: the)?(?: migration)?ENDS"
WEAK_RIGHT = "(?:after|после|стало)(?: the)?(?: migration)?ENDS"

# Wrong wherever it stands.
SAYS_WRONG = r"""
    (?:(?:do|does|did|will)(?:n't| not)|won't|no longer|never) works?(?:ENDS| any\s?more)
    (?:has|have) no effect
    silently (?:fails|ignored|does nothing|lost)
    worked (?:before|until|in pandas\s*[0-2])
    stopped working
    anti-?pattern
    (?:common|typical|frequent|classic|popular|beginner'?s?|rookie) (?:\w+ )?(?:mistake|pitfall|trap)\b
    анти-?паттерн
    не (?:будет )?(?:сработает|работает|работать)ENDS
    больше не (?:работает|поддерживается)
    так (?:\w+ ){0,2}(?:нельзя|не (?:надо|нужно|стоит|делайте|пишите|работает|получится|рекомендуется))
    не (?:делай|пиши|используй|повторяй|копируй)(?:те)? (?:так|этого|это|такого)\b
    (?:типичн|част|распростран[её]нн|классическ)ая ошибка
    ничего не (?:из)?менит
    нет эффекта
    изменения (?:по)?теряются
"""
# Wrong or right in a sentence, where there is room for a whole phrase.
TELLS_WRONG = r"""
    (?:wrong|incorrect|bad|old|deprecated|naive|broken|legacy|outdated) NOUN
    (?:get|gets|got|do|does|did) (?:it|this|that) wrong\b
    (?:is|are) (?:now )?broken(?: now)?ENDS
    (?:don't|do not|never) (?:do|write|use) (?:this|that|it)\b
    (?:older|old|earlier|previous) versions? of pandas
    (?:this|that|it|they|these|THING) (?:is|are|was) (?:wrong|incorrect|broken|deprecated)ENDS
    (?:this|it|that|THING) (?:fails|breaks|crashes|raises (?:an? )?\S+)LAST
    (?:стар|прежн|предыдущ)\w+ верси\w+ pandas
    (?:упад[её]т|сломается|не сработает|(?:вызовет|выдаст) ошибку)LAST
    (?:привед[её]т|приводит) к ошибкеLAST
    получ(?:им|ите|ишь|аем) (?:ошибку|исключение|ERROR)LAST
    (?:вызовет|выбросит|бросит|поднимет|вызывает|выбрасывает) исключениеLAST
    \b(?:так|это|здесь|ВЕЩЬ)(?: ниже)?(?:\s*[—–-])?(?: \w+){0,2} (?:неправильно|неверно|плохо|нельзя)ENDS
    \b(?:неправильн|плох)\w+ ВЕЩЬENDS
"""
TELLS_RIGHT = r"""
    (?:right|correct|better|proper|new|recommended|fixed) NOUN
    \binstead\b(?! of)
    \bfixed\b
    \bправильн(?:о|ый|ая|ое)\b(?! ли)
    вместо этого
    исправ(?:им|ленн|ляем)
    (?:теперь|лучше) (?:так|писать)
    (?<!broken\s)(?<!fails\s)(?<!crashes\s)(?:теперь|now)\s*:?$
"""
# A heading that names the wrong way, without the right one beside it.
HEADINGS_WRONG = r"""
    (?:common|typical|frequent|classic|popular) (?:\w+ )?(?:mistake|pitfall|trap)(?:\s*[:—–-].*)?$
    (?:типичн|част|распростран[её]нн|классическ)ая ошибка(?: \w+)?(?:\s*[:—–-].*)?$
    так (?:\w+ )?(?:нельзя|не (?:надо|нужно|стоит|делайте|пишите|работает|получится))[.!]?$
"""
# What is named to be replaced, without the replacement: "Instead of this:", "Вместо этого кода:".
CONTRASTS = r"""
    (?:instead of|rather than)\b(?!.*\b(?:use|write|do|try)\b)[^,:]{0,60}:?$
    вместо (?!этого(?:\s*:?$| (?:пиш|напиш|использу|дела|сдела|лучше)))[^,:]{0,60}:?$
"""
# Advice ends what a heading said of the code below it, and says no more.
ADVICE = r"""
    \buse\b
    \bfix\b
    используйте
"""
# In a heading these name what is to be mended, where in a comment they label code.
TROUBLES = r"""
    (?:error|bug|ошибка|no|нет|never|removed|fails|crashes|breaks|solution|решение|fix|исправление)ENDS
    ERROR`?ENDS
"""


# Letters that regular expressions take for others, whose case alone is not the difference.
_ALIKE = str.maketrans("İıſKᲀᲁᲂᲃᲄᲅᲆ", "iiskвдосттъ")
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
    while replaced := {name: part for name, part in _PARTS.items() if name in text}:
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
    return words.translate(_ALIKE).lower()


@lru_cache(maxsize=4)
def _beginnings(words: str, *, led: bool) -> Sequence[tuple[int, str]]:
    """Where a phrase at the beginning of a text may begin, and with which word, in small letters."""
    return list(_first_words(words, led=led))


def _first_words(words: str, *, led: bool) -> Iterator[tuple[int, str]]:
    at = 0
    for word in words.split() or [""]:
        at = words.index(word, at)
        folded = word.translate(_ALIKE).lower()
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
            rest = _PARTS[name] + rest.removeprefix(name)
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
    for at, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if not depth or (depth == 1 and sign == "|"):
            ways.append(phrase[begun:at])
            begun = at + 1
        if not depth:
            break
    return ways, phrase[begun:]
