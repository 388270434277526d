"""The order in which a course is read: by folder number, then by `order`, then by file name."""

from collections import Counter
from functools import cached_property
from typing import Any

from checker.analysis.course import Course
from checker.model import Lesson
from checker.patterns import regex
from checker.rules.frontmatter.places import data_of

_NUMBER = regex(r"(\d{1,9})(?:[-_. ]|$)")


def order_of(lesson: Lesson) -> int | None:
    """The `order` in a lesson's frontmatter; None unless it is an integer."""
    order: Any = (data_of(lesson) or {}).get("order")
    return order if isinstance(order, int) and not isinstance(order, bool) else None


class Order:
    """Which of two lessons comes first, as far as that is known."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def is_before(self, one: Lesson, other: Lesson) -> bool:
        """Whether it is certain that `one` is read before `other`."""
        *folders, name = one.path.split("/")
        *other_folders, other_name = other.path.split("/")
        for mine, its in zip(folders, other_folders, strict=False):
            if mine != its:
                return _is_less(number_of(mine), number_of(its)) or (
                    None in (number_of(mine), number_of(its)) and self._by_order(one, other)
                )
        if len(folders) != len(other_folders):
            return False
        orders = order_of(one), order_of(other)
        return _is_less(*(orders if None not in orders else (number_of(name), number_of(other_name))))

    def _by_order(self, one: Lesson, other: Lesson) -> bool:
        return _is_less(order_of(one), order_of(other)) and self._throughout

    @cached_property
    def _throughout(self) -> bool:
        """Whether lessons are numbered through the whole course: then folders need no numbers."""
        orders = [order_of(each) for each in self._course.everyone]
        return None not in orders and max(Counter(orders).values(), default=0) == 1


def number_of(name: str) -> int | None:
    """The number at the beginning of a file's or folder's name."""
    found = _NUMBER.match(name)
    return int(found[1]) if found else None


def _is_less(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other
