"""Joins what is known after alternative paths through the code."""

from collections.abc import Callable, Iterable, Sequence

from checker.analysis.frames.holders import join_all
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.scope import Scope

# The names that a path changed, with their final kinds; None for names that it unbound.
Changes = dict[str, Kind | None]


def run_each(scope: Scope[Kind], ways: Iterable[Callable[[], None]]) -> None:
    """Walk each path from the same state.

    Afterwards, what holds on all paths that reach their end is known.
    """
    ends: list[Changes] = []
    for walk in ways:
        scope.ended = False
        changes = run_apart(scope, walk)
        if not scope.ended:
            ends.append(changes)
    scope.ended = not ends
    come_together(scope, ends)


def run_apart(scope: Scope[Kind], walk: Callable[[], None]) -> Changes:
    """Walk a path and undo what it changed; returns the changes."""
    around = scope.begin()
    walk()
    return scope.undo(around)


def come_together(scope: Scope[Kind], ends: Sequence[Changes]) -> bool:
    """Bind every changed name to the join of its kinds at the ends of the paths.

    Returns whether any changed.
    """
    changed = False
    for name in dict.fromkeys(name for changes in ends for name in changes):
        before = scope.names.get(name)
        kinds = [kind for changes in ends if (kind := changes.get(name, before)) is not None]
        after = join_all(kinds) if kinds else None
        changed |= after != before
        scope.set(name, after)
    return changed
