"""Finds the site's extensions of MDX by trying them on lessons that MDX refuses."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from checker.model import Extension, Lesson
from checker.patterns import regex
from checker.reading.lesson import parse_lesson

_SVELTE = regex(r"\{[#/:@][a-z]")
# A single place that an extension explains may be a mistake.
_SHOWN_BY = 2


def guess_extensions(lessons: Sequence[Lesson]) -> tuple[Extension, ...]:
    """The extensions that explain several refused places, beyond the extensions before them."""
    explained: Counter[Extension] = Counter()
    for lesson in lessons:
        left = _faults(lesson)
        taken: tuple[Extension, ...] = ()
        for extension in get_args(Extension) if left else ():
            if extension == "svelte" and not _SVELTE.search(lesson.text):
                continue  # comments and `<br>` alone are mistakes
            faults = _faults(parse_lesson(lesson.path, lesson.text, extensions=(*taken, extension)))
            if faults < left:
                explained[extension] += left - faults
                left, taken = faults, (*taken, extension)
    return tuple(each for each in get_args(Extension) if explained[each] >= _SHOWN_BY)


def _faults(lesson: Lesson) -> int:
    return sum(each.rule == "mdx-syntax" for each in lesson.problems)
