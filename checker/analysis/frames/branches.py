"""What holds after the ways through a piece of code come together again."""

from collections.abc import Callable, Iterable, Sequence

from checker.analysis.frames.holders import join_all
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.scope import Scope

# What the names that a way through the code changed had come to at its end; None for those it unbound.
Changes = dict[str, Kind | None]


def run_each(scope: Scope[Kind], ways: Iterable[Callable[[], None]]) -> None:
    """Walk each way from the same names; afterwards holds what holds for all that come to their end."""
    ends: list[Changes] = []
    for walk in ways:
        scope.ended = False
        changes = run_apart(scope, walk)
        if not scope.ended:
            ends.append(changes)
    scope.ended = not ends
    come_together(scope, ends)


def run_apart(scope: Scope[Kind], walk: Callable[[], None]) -> Changes:
    """Walk a way and take back what it changed."""
    around = scope.begin()
    walk()
    return scope.undo(around)


def come_together(scope: Scope[Kind], ends: Sequence[Changes]) -> bool:
    """Bind what is known of every name at the end of one of these ways; whether that changed anything."""
    changed = False
    for name in dict.fromkeys(name for changes in ends for name in changes):
        before = scope.names.get(name)
        kinds = [kind for changes in ends if (kind := changes.get(name, before)) is not None]
        after = join_all(kinds) if kinds else None
        changed |= after != before
        scope.set(name, after)
    return changed
