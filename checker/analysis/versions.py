"""The versions of pandas for which a lesson makes its claims: `pandas=">=3.1"` on a block or the lesson."""

import re

from checker.model import Block, Lesson
from checker.patterns import regex

_TERM = regex(r"(>=|<=|==|!=|~=|>|<)?\s*([0-9.]+?)(\.\*)?")


def is_claimed_for(lesson: Lesson, block: Block, version: str | None) -> bool:
    """Whether what a block shows is meant for this version of pandas; None when pandas is not installed."""
    on_lesson = next((each for each in lesson.directives if each.word == "pandas"), None)
    directive = block.directive("pandas") or on_lesson
    if directive is None or directive.value is None:
        return True
    return version is not None and all(_holds(each.strip(), version) for each in directive.value.split(","))


def _holds(term: str, version: str) -> bool:
    """Whether a version satisfies one term; without an operator, a prefix is enough: 3.1 matches 3.1.2."""
    found = _TERM.fullmatch(term)
    assert found is not None, term  # validated when the directive was read
    sign, number, _ = found.groups()
    wanted, here = _numbers(number), _numbers(version)
    begins = here[: len(wanted)] == wanted
    width = max(len(wanted), len(here))
    low, high = (each + (0,) * (width - len(each)) for each in (wanted, here))
    match sign:
        case None | "==":
            return begins
        case "!=":
            return not begins
        case "~=":
            return high >= low and here[: len(wanted) - 1] == wanted[:-1]
        case ">=":
            return high >= low
        case ">":
            return high > low and not begins
        case "<=":
            return high <= low or begins
        case _:
            return high < low


def _numbers(version: str) -> tuple[int, ...]:
    """The release numbers of a version, without a suffix such as `rc1` or `.dev0`."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()
