"""Cycles of prerequisites."""

from checker.analysis.course import Course
from checker.rules.references.order import Order
from checker.rules.references.prerequisites import Step, steps

Cycle = tuple[Step, ...]

# More than anyone fixes at once; each requires a search through all lessons that may be in a cycle.
_CYCLES_MAX = 200


def cycles(course: Course) -> tuple[Cycle, ...]:
    """Enough cycles that none would remain if the first step of each were removed.

    Lessons are taken in the order of the course, and each step that closes a cycle begins one, so that the
    reported step is one that points forward.
    """
    order = course.once(Order)
    all_steps = _perhaps_circular(course.once(steps))

    def points_forward(step: Step) -> bool:
        one, other = step.lesson, step.wanted
        if order.is_before(one, other) or order.is_before(other, one):
            return order.is_before(one, other)
        return one.path < other.path

    kept: dict[str, list[Step]] = {}
    found: list[Cycle] = []
    # Backward steps first: they are the normal case, and close a cycle among themselves only if the order
    # contradicts itself.
    for step in sorted(all_steps, key=points_forward):
        if len(found) < _CYCLES_MAX and (way := _way(kept, step.wanted.path, step.lesson.path)):
            found.append((step, *way))
        elif step.wanted.path == step.lesson.path:
            found.append((step,))
        else:
            kept.setdefault(step.lesson.path, []).append(step)
    return tuple(found)


def _perhaps_circular(all_steps: tuple[Step, ...]) -> list[Step]:
    """The steps without those to and from lessons where every path ends.

    What is left contains every cycle.
    """
    left = list(all_steps)
    while True:
        goes_on = {each.lesson.path for each in left} & {each.wanted.path for each in left}
        circular = [each for each in left if {each.lesson.path, each.wanted.path} <= goes_on]
        if len(circular) == len(left):
            return left
        left = circular


def _way(kept: dict[str, list[Step]], start: str, end: str) -> Cycle:
    """The shortest path of steps from one lesson to another; empty when there is none."""
    came: dict[str, Step] = {}
    waiting = [start]
    for at in waiting:
        for step in kept.get(at, ()):
            to = step.wanted.path
            if to not in came and to != start:
                came[to] = step
                waiting.append(to)
    way: list[Step] = []
    while end != start:
        if end not in came:
            return ()
        way.append(came[end])
        end = came[end].lesson.path
    return tuple(reversed(way))
