"""Selects the sessions that may use pandas."""

from collections.abc import Sequence
from functools import cache

from checker.analysis.cell import Session
from checker.analysis.frames.conventions import ACCESSORS, GIVEN_FREQUENCIES, MAKING_GROUPS
from checker.analysis.frames.presence import Forms, may_hold_pandas
from checker.analysis.lesson import LessonAnalysis
from checker.rules.pandas.table import ArgumentChange, MemberChange, rows


def sessions_with_pandas(analysis: LessonAnalysis) -> Sequence[Session]:
    """The sessions in which anything may be of pandas."""
    return [each for each in analysis.sessions if may_hold_pandas(each, _forms())]


@cache
def _forms() -> Forms:
    """The members that suggest pandas, with the arguments that some of them require for that."""
    found: dict[str, set[str]] = {}
    for row in rows("arguments", ArgumentChange):
        if row.telling:
            found.setdefault(row.name, set()).add(row.argument)
    alone = ACCESSORS | MAKING_GROUPS | GIVEN_FREQUENCIES
    alone |= {row.name for row in rows("members", MemberChange) if row.telling}
    return {name: frozenset(names) for name, names in found.items()} | dict.fromkeys(alone, frozenset())
