"""What holds after the ways through a piece of code come together again."""

from collections.abc import Callable, Iterable

from checker.analysis.frames.holders import join
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.scope import Scope

Names = dict[str, Kind]


def run_each(scope: Scope[Kind], ways: Iterable[Callable[[], None]]) -> None:
    """Walk each way from the same names; afterwards holds what holds for all that come to their end."""
    before = scope.names
    outcomes: list[Names] = []
    for walk in ways:
        scope.names, scope.ended = dict(before), False
        walk()
        if not scope.ended:
            outcomes.append(scope.names)
    scope.ended = not outcomes
    scope.names = joined(outcomes) if outcomes else before


def joined(outcomes: list[Names]) -> Names:
    """What is known of every name that one of the ways bound."""
    result = dict(outcomes[0])
    for names in outcomes[1:]:
        for name, kind in names.items():
            known = result.get(name)
            if known is not kind:
                result[name] = kind if known is None else join(known, kind)
    return result
