"""The main language of a course."""

from collections import Counter
from collections.abc import Sequence

from checker.model import Lesson
from checker.rules.structure.languages import foreign, letters_of, small_words_of

# Of several languages in one script, the one to assume.
_BY_SCRIPT = {
    "cyrillic": "ru",
    "greek": "el",
    "hebrew": "he",
    "arabic": "ar",
    "devanagari": "hi",
    "thai": "th",
    "hangul": "ko",
    "han": "zh",
    "georgian": "ka",
    "armenian": "hy",
}
_UKRAINIAN = frozenset("іїєґ")
_MOST = 0.6


def guess_language(lessons: Sequence[Lesson]) -> tuple[str, float, int]:
    """A language, its share of the letters, and the number of lessons with text in another; "" for none."""
    texts = [each.text for lesson in lessons for each in lesson.prose if not each.level]
    letters = Counter[str]()
    for each in texts:
        letters.update(letters_of(each))
    total = sum(letters.values())
    if not total:
        return "", 0.0, 0
    # Names and keywords have Latin letters everywhere, so the largest other script counts more.
    script, number = max(letters.items(), key=lambda item: item[1] * (1 if item[0] == "latin" else 3))
    language = _in_latin(texts) if script == "latin" else _in_script(script, texts)
    if not language or (script == "latin" and number < _MOST * total):
        return "", 0.0, 0
    others = sum(_has_other(each, language) for each in lessons)
    return language, number / total, others


def _in_script(script: str, texts: Sequence[str]) -> str:
    if script == "cyrillic":
        counted = Counter(
            char for each in texts for char in each.lower() if char in _UKRAINIAN or char == "ы"
        )
        return "uk" if counted["і"] > counted["ы"] else "ru"
    return _BY_SCRIPT[script]


def _in_latin(texts: Sequence[str]) -> str:
    counts = Counter[str]()
    for each in texts:
        counts.update(small_words_of(each))
    ((language, number),) = counts.most_common(1) or (("", 0),)
    return language if number else ""


def _has_other(lesson: Lesson, language: str) -> bool:
    return any(foreign(each.text, (language,)) for each in lesson.prose if not each.level)
