"""What this machine offers for running snippets, and how to get what is missing.

Each question is one function in a module of its own: add yours to `_QUESTIONS`.
"""

from collections.abc import Callable, Iterable

from checker.doctor.answer import Answer as Answer
from checker.doctor.interpreter import interpreter
from checker.doctor.isolation import isolation
from checker.doctor.packages import packages
from checker.doctor.services import services

_QUESTIONS: tuple[Callable[[], Iterable[Answer]], ...] = (isolation, interpreter, packages, services)


def examine() -> tuple[Answer, ...]:
    """All answers, in the order in which they are shown."""
    return tuple(answer for question in _QUESTIONS for answer in question())


def can_run(answers: Iterable[Answer]) -> bool:
    """Whether snippets can be run here at all."""
    return any(each.topic == "isolation" and each.available for each in answers)
