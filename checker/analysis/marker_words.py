"""The words by which authors say that code is shown wrong on purpose, or right: English, Russian, emoji.

Only what labels code counts. "Bad", "wrong" or "плохо" in front of the thing they describe ("bad rows",
"wrong values") talk about data; so a word has to end its phrase or to be followed by what it judges:
"wrong way", "плохой пример".
"""

import re
from functools import cache
from typing import Literal

from msgspec import Struct

Judgement = Literal["wrong", "right"]


class Marker(Struct, frozen=True):
    """What a comment, a sentence or a heading says of the code below it.

    `weak` ones (before, after) are as often about the data.
    """

    judges: Judgement
    words: str
    weak: bool = False


_MOST_CHARACTERS = 240
_WRONG_SIGNS = ("❌", "⛔", "🚫", "👎", "✗", "✘", "✖")
_RIGHT_SIGNS = ("✅", "✔", "👍", "☑")
# What may stand before and after the words: bullets, rules, numbers, Markdown's emphasis, emoji's selectors.
_BEFORE = re.compile(r"[\s#=*_~`>|\-–—•+\ufe0f]*(?:\d+[.)]\s+)?[\s*_`]*")
_AFTER = " \t=*_~`-–—\ufe0f"

_LEAD = (
    r"(?:(?:this|that|it|the (?:following|code)|code below|here|это|этот код|код ниже)\s+"
    r"(?:code\s+)?(?:(?:is|was)\s+)?)?(?:(?:the|an?)\s+)?"
)
_SINCE = r"(?:in|on|since|under|with|from|for|в|на|с|для)\s+(?:pandas|python|нов|v?\d+\.\d|modern)"
_END = rf"(?=\s*(?:$|[:.,;!?()—–]|-\s|--|→|[-=]>|{_SINCE}))"
_NOUN = (
    r"(?:way|approach|code|example|practice|idea|style|pattern|habit|usage|syntax|variant|solution|attempt)"
)
_NOUN_RU = r"(?:код|вариант|способ|пример|подход|стиль|синтаксис|при[её]м|практика|идея|решение|паттерн)"
_ERROR = r"`?[\w.]*(?:Error|Exception|Warning)\b"
# "In pandas 2 and 3" is about both.
_NOT_BOTH = r"(?!\s*(?:and|or|и|или|[/,&–-])|[\d.])"
_OLD_PANDAS = (
    r"pandas\s*(?:<=?|≤)\s*[0-3](?:\.[\dx]+)*|(?:before|until|prior to|older than|до)\s+pandas\s*[0-3]|pre-?3\b"
    rf"|(?:(?:in|with|on|under|в|для|на)\s+)?(?:old(?:er)?\s+)?pandas\s*[0-2](?:\.[\dx]+)*{_NOT_BOTH}"
)
_NEW_PANDAS = r"pandas\s*(?:>=?|≥)?\s*3(?:\.[\dx]+)*\+?(?![\d.])"
_FEW_WORDS = r"[:,)]?(?:\s+\S+){0,3}[\s:.!?)]*$"

_LABELS_WRONG = (
    r"(?:wrong|bad|incorrect(?:ly)?|broken|buggy|deprecated|obsolete|outdated|invalid|legacy|mistake|error|bug"
    r"|pitfall|gotcha|trap|unsafe|dangerous|risky|avoid|never|don't|do not|no|nope|fails|crashes|breaks|removed"
    r"|old|anti-?\s?pattern|not (?:ok|okay|allowed|recommended|good|safe|correct|right|working|possible))"
    rf"(?:\s+#?\d+)?{_END}",
    r"(?:wrong|bad|incorrect|broken|buggy|deprecated|obsolete|outdated|old|legacy|unsafe|dangerous|naive)\s+"
    rf"{_NOUN}(?:{_END}|\s+(?:to|of)\b)",
    r"old(?:-style)?\s+pandas\b|pandas 2\s+(?:style|way|only|code)\b",
    r"(?:please\s+)?(?:don't|do not|never)\s+(?:ever\s+|just\s+)?(?:do|use|write|try|copy|chain|repeat)\s+"
    r"(?:this|that|it|so|like|chained|in\s?place)\b",
    r"avoid\s+(?:this|it|that|doing|chained|writing|in\s?place)\b",
    r"(?:how|what)\s+not\s+to\b|как\s+не\s+(?:надо|нужно|стоит|следует)",
    r"used\s+to\s+(?:work|be|do|write)\b",
    rf"(?:(?:will\s+)?raises?|throws?|gives?|fails with|→|[-=]>)\s+(?:an?\s+)?(?:{_ERROR}|error\b|exception\b)",
    rf"{_ERROR}`?{_END}",
    r"(?:неправильно|неверно|некорректно|плохо|нельзя|ошибка|ошибочно|анти-?паттерн|раньше|устарел[ои]?|опасно"
    r"|не надо|не нужно|не так|никогда|запрещено|не рекомендуется|сломано|по-старому|избегайте|нет"
    rf"|не (?:делай|пиши|используй)(?:те)?|упад[её]т|сломается)(?:\s+№?\s?\d+)?(?:{_END}|\s+на\s)",
    r"(?:неправильн|неверн|некорректн|плох|ошибочн|опасн|устаревш|стар|небезопасн)(?:ый|ое|ая|ой|ий)\s+"
    rf"{_NOUN_RU}{_END}",
    r"раньше\s+(?:так|писали|делали|работало|можно|было|в\s)",
    rf"(?:вызовет|бросит|выбросит|вызывает|бросает|даст|упад[её]т с)\s+(?:ошибк|исключени|{_ERROR})",
    rf"(?:{_OLD_PANDAS}){_FEW_WORDS}",
)
_LABELS_RIGHT = (
    r"(?:right|correct(?:ly)?|good|better|best|fixed|the fix|fix|do|do this|do it|instead|works?|ok|okay|yes|new"
    rf"|now|modern|recommended|preferred|proper(?:ly)?|safe|solution|valid|idiomatic){_END}",
    r"(?:right|correct|good|better|best|proper|new|modern|recommended|preferred|safe|fixed|idiomatic)\s+"
    rf"{_NOUN}(?:{_END}|\s+(?:to|of)\b)",
    r"works\s+(?:everywhere|in|on|with|as)\b",
    r"use\s+\S|instead\s+(?:of|use)\b|rather\s+than\b",
    r"(?:правильно|верно|корректно|хорошо|можно|лучше|надо|нужно|теперь|исправлено|исправление|решение"
    rf"|рекомендуется|безопасно|работает|по-новому|да){_END}",
    r"(?:правильн|верн|корректн|хорош|современн|нов|рекомендуем|безопасн|исправленн)(?:ый|ое|ая|ий)\s+"
    rf"{_NOUN_RU}{_END}",
    r"используйте\s|вместо\s|теперь\s+(?:так|пишем|надо|нужно)",
    rf"(?:(?:in|since|в|с)\s+)?(?:{_NEW_PANDAS}){_FEW_WORDS}",
)
# Wrong wherever it stands.
_SAYS_WRONG = (
    rf"(?:(?:do|does|did|will)(?:n't| not)|won't|no longer|never)\s+works?(?:{_END}|\s+any\s?more)",
    r"(?:has|have) no effect|silently\s+(?:fails|ignored|does nothing|lost)",
    r"worked\s+(?:before|until|in\s+pandas\s*[0-2])|stopped\s+working",
    r"anti-?pattern|анти-?паттерн",
    r"(?:common|typical|frequent|classic|popular|beginner'?s?|rookie)\s+(?:\w+\s+)?(?:mistake|pitfall|trap)\b",
    rf"не\s+(?:будет\s+)?(?:сработает|работает|работать){_END}|больше\s+не\s+(?:работает|поддерживается)",
    r"так\s+(?:\w+\s+){0,2}(?:нельзя|не\s+(?:надо|нужно|стоит|делайте|пишите|работает|получится|рекомендуется))",
    r"не\s+(?:делай|пиши|используй|повторяй|копируй)(?:те)?\s+(?:так|этого|это|такого)\b",
    r"(?:типичн|част|распростран[её]нн|классическ)ая\s+ошибка",
    r"ничего\s+не\s+(?:из)?менит|нет\s+эффекта|изменения\s+(?:по)?теряются",
)
# Wrong or right in a sentence, where there is room for a whole phrase.
_TELLS_WRONG = (
    *_SAYS_WRONG,
    _OLD_PANDAS,
    rf"(?:wrong|incorrect|bad|old|deprecated)\s+{_NOUN}",
    r"(?:don't|do not|never)\s+(?:do|write|use)\s+(?:this|that|it)\b",
    r"(?:older|old|earlier|previous)\s+versions?\s+of\s+pandas|(?:стар|прежн|предыдущ)\w+\s+верси\w+\s+pandas",
    rf"(?:is|are|was)\s+(?:wrong|incorrect|broken|deprecated){_END}",
    r"(?:this|it|that|code|line|snippet|example|assignment)\s+(?:fails|breaks|crashes|raises\s+(?:an?\s+)?\S+)"
    r"\s*(?:in\s+pandas\s+\d[\w.]*)?\s*:?$",
    r"(?:упад[её]т|сломается|не сработает|(?:вызовет|выдаст) ошибку)\s*(?:в\s+pandas\s+\d[\w.]*)?\s*:?$",
    rf"\b(?:неправильно|неверно|плохо|нельзя|(?:неправильн|плох)\w+\s+{_NOUN_RU}){_END}",
)
_TELLS_RIGHT = (
    rf"(?:right|correct|better|proper|new|recommended|fixed)\s+{_NOUN}",
    r"\binstead\b(?!\s+of)|\bfixed\b",
    r"\bправильн(?:о|ый|ая|ое)\b(?!\s+ли)|вместо\s+этого|исправ(?:им|ленн|ляем)",
    r"(?:теперь|лучше)\s+(?:так|писать)|(?:теперь|now)\s*:?$",
)
# In a heading these name what is to be mended, or what came first; in a comment they label code.
_TROUBLES = rf"(?:error|bug|ошибка|no|нет|never|removed|fails|crashes|breaks|solution|решение|fix|исправление|{_ERROR})"
# Advice, which ends what a heading says and is no more than that.
_ADVICE = r"\buse\b|используйте|\bfix\b"
_WEAK_WRONG = rf"(?:before|previously|formerly|до|было)(?:\s+the)?(?:\s+migration)?{_END}"
_WEAK_RIGHT = rf"(?:after|после|стало)(?:\s+the)?(?:\s+migration)?{_END}"


@cache
def _pattern(*parts: str) -> re.Pattern[str]:
    """Compiled when first needed: not every lesson has a comment."""
    return re.compile("|".join(parts), re.IGNORECASE)


def in_comment(comment: str) -> Marker | None:
    """What a comment, without its `#`, says of the code below or beside it."""
    words = _plain(comment)
    judged = _by_sign(words) or _by_label(words) or (_pattern(*_SAYS_WRONG).search(words) and "wrong")
    return Marker(judged, words) if judged else _weak(words)


def in_heading(heading: str) -> Marker | None:
    """What a heading says of the code in its section."""
    words = _plain(heading)
    if re.match(f"{_TROUBLES}{_END}", words, re.IGNORECASE):
        return None
    judged = _by_sign(words) or _by_label(words)
    return Marker(judged, words) if judged else _weak(words)


def in_prose(paragraph: str) -> Marker | None:
    """What the last sentence of a paragraph says of the block below it; the last of its phrases decides."""
    words = _plain(re.split(r"(?<=[.!?…])\s+", paragraph.strip()[-_MOST_CHARACTERS:])[-1])
    judged = _by_sign(words) or _by_label(words)
    if judged is None:
        wrong, right = (_last(_pattern(*parts), words) for parts in (_TELLS_WRONG, _TELLS_RIGHT))
        judged = None if wrong == right else "wrong" if wrong > right else "right"
    if judged:
        return Marker(judged, words)
    return Marker("right", words, weak=True) if re.search(_ADVICE, words, re.IGNORECASE) else _weak(words)


def is_label(comment: str) -> bool:
    """Whether a comment is a label and no more: a sign, or a few words with or without a colon."""
    words = _plain(comment)
    return _by_sign(words) is not None or comment.rstrip().endswith(":") or len(words.split()) <= 3


def names_error(comment: str) -> bool:
    """Whether a comment quotes an error as Python shows it: `KeyError: 'age'`."""
    return re.match(rf"\s*{_ERROR}:\s", comment) is not None


def _plain(text: str) -> str:
    text = text[:_MOST_CHARACTERS].replace("’", "'")
    text = re.sub(r"[*_`]{1,3}(?=\w)|(?<=\w)[*_`]{1,3}|(?<=[:!?.)])[*_`]{1,3}", "", text)
    start = _BEFORE.match(text)
    return text[start.end() if start else 0 :].rstrip(_AFTER)


def _by_sign(words: str) -> Judgement | None:
    """By an emoji at the beginning or the end; in the middle, or beside its opposite, it is data."""
    if words.startswith(_WRONG_SIGNS) or words.startswith(_RIGHT_SIGNS):
        return "wrong" if words.startswith(_WRONG_SIGNS) else "right"
    if words.endswith(_WRONG_SIGNS) and not any(sign in words for sign in _RIGHT_SIGNS):
        return "wrong"
    if words.endswith(_RIGHT_SIGNS) and not any(sign in words for sign in _WRONG_SIGNS):
        return "right"
    return None


def _by_label(words: str) -> Judgement | None:
    if _pattern(*(_LEAD + each for each in _grouped(_LABELS_WRONG))).match(words):
        return "wrong"
    if _pattern(*(_LEAD + each for each in _grouped(_LABELS_RIGHT))).match(words):
        return "right"
    return None


def _grouped(patterns: tuple[str, ...]) -> list[str]:
    return [f"(?:{each})" for each in patterns]


def _weak(words: str) -> Marker | None:
    if re.match(_WEAK_WRONG, words, re.IGNORECASE):
        return Marker("wrong", words, weak=True)
    return Marker("right", words, weak=True) if re.match(_WEAK_RIGHT, words, re.IGNORECASE) else None


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((found.start() for found in pattern.finditer(words)), default=-1)
