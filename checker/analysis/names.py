"""Which names each cell of a session binds, takes from earlier cells, and misses."""

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from checker.analysis.cell import Session
from checker.analysis.namespace import Absent, Namespace, Place
from checker.analysis.steps import Step

# nowhere: no cell of the session binds it. later: only a later line or cell does. call: the function that
# needs it is called before it is bound. deleted: `del`, or the end of `except … as name`, removed it.
# elsewhere: another session of the lesson binds it.
Cause = Literal["nowhere", "later", "call", "deleted", "elsewhere"]


class Missing(Struct, frozen=True):
    """A name that is not bound when it is needed; `node` is its first such use in the cell.

    `made` is where it is bound too late, or where it was deleted; `called` is the call that came too early;
    `elsewhere` names the other session that binds it.
    """

    name: str
    node: ast.AST
    cause: Cause
    made: Place | None = None
    called: Place | None = None
    elsewhere: str = ""


class CellNames(Struct, frozen=True):
    """The names of one cell.

    `binds` are the names that it binds; `uses` maps the names that it takes from earlier cells to their
    blocks. A name in a function's body counts as used where the function is called or passed on, not where it
    is defined.
    """

    binds: frozenset[str]
    uses: Mapping[str, int]
    missing: tuple[Missing, ...]


# Where else in the course a name is bound, in words; empty when nowhere.
Elsewhere = Callable[[str], str]


def names_of(session: Session, elsewhere: Elsewhere) -> dict[int, CellNames]:
    """The names of a session's cells by the index of their block."""
    namespace = Namespace()
    for cell in session.cells:
        namespace.play(cell)
    return {cell.block.index: _names(cell.block.index, namespace, elsewhere) for cell in session.cells}


def _names(block: int, namespace: Namespace, elsewhere: Elsewhere) -> CellNames:
    played = namespace.played[block]
    first: dict[str, Missing] = {}
    for missing in _missing(block, namespace, elsewhere):
        known = first.setdefault(missing.name, missing)
        if _position(missing.node) < _position(known.node):
            first[missing.name] = missing
    in_order = sorted(first.values(), key=lambda each: _position(each.node))
    return CellNames(frozenset(played.binds), played.uses, tuple(in_order))


def _missing(block: int, namespace: Namespace, elsewhere: Elsewhere) -> Iterator[Missing]:
    played = namespace.played[block]
    for absent in played.absent:
        if absent.step.kind == "lazy":
            yield from _judge_lazy(absent.step, namespace, elsewhere)
        else:
            yield from _judge(absent, namespace, elsewhere)
    for body in played.bodies:
        for step in body.steps:
            if step.kind in ("load", "lazy"):
                yield from _judge_lazy(step, namespace, elsewhere)


def _judge(absent: Absent, namespace: Namespace, elsewhere: Elsewhere) -> Iterator[Missing]:
    """A name that was not bound at the time it was needed."""
    name, node = absent.step.name, absent.step.node
    if absent.deleted:
        yield Missing(name, node, "deleted", absent.deleted)
        return
    made = namespace.made.get(name, [])
    at = bisect_right(made, absent.time, key=lambda each: each.time)
    if at < len(made):
        yield Missing(name, node, "call" if absent.called else "later", made[at].place, absent.called)
    elif not absent.called or name not in namespace.known:
        yield _nowhere(name, node, elsewhere)


def _judge_lazy(step: Step, namespace: Namespace, elsewhere: Elsewhere) -> Iterator[Missing]:
    """A name that is read at an unknown time, so that any binding will do."""
    if step.name not in namespace.known and namespace.may_be_missed(step.name):
        yield _nowhere(step.name, step.node, elsewhere)


def _nowhere(name: str, node: ast.AST, elsewhere: Elsewhere) -> Missing:
    where = elsewhere(name)
    return Missing(name, node, "elsewhere" if where else "nowhere", elsewhere=where)


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
