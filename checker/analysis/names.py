"""Which names each cell of a session binds, takes from the cells before it, and misses.

The steps of the cells are played one after the other on one namespace, as a notebook would. Where Python's
way depends on a value (a branch, a loop, a handler), the code is believed: what may be bound is bound.
"""

import ast
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from checker.analysis.cell import Cell, Session
from checker.analysis.cells import parse
from checker.analysis.steps import BUILTIN_NAMES, Body, CellSteps, Step
from checker.analysis.walk import cell_steps

# nowhere: no cell of the session binds it. later: only a line or a cell further on does. call: the function
# that needs it is called before it is bound. deleted: `del`, or the end of `except … as name`, took it away.
# elsewhere: another session of the lesson, or another lesson, binds it.
Cause = Literal["nowhere", "later", "call", "deleted", "elsewhere"]

# Functions are followed where they are called and handed on. No lesson comes near; the rest is believed.
_MOST_FOLLOWED = 200_000


class Place(NamedTuple):
    """A syntax node, and the index of its block."""

    block: int
    node: ast.AST


class Missing(NamedTuple):
    """A name that is not there when it is needed; `node` is its first such use in the cell.

    `made` is where it is bound too late, or where it was deleted; `called` is the call that came too early;
    `elsewhere` says in which other session or lesson it is bound.
    """

    name: str
    node: ast.AST
    cause: Cause
    made: Place | None = None
    called: Place | None = None
    elsewhere: str = ""


@dataclass(frozen=True)
class CellNames:
    """The names of one cell.

    `binds` holds what it binds, `uses` maps what it takes from earlier cells to their blocks. What a
    function's body uses counts where the function is called or handed on, not where it is defined.
    """

    binds: frozenset[str]
    uses: Mapping[str, int]
    missing: tuple[Missing, ...]


# Where else in the course a name is bound, in words; empty when nowhere.
Elsewhere = Callable[[str], str]


def names_of(session: Session, elsewhere: Elsewhere) -> dict[int, CellNames]:
    """The names of a session's cells by the index of their block."""
    player = _Player()
    for cell in session.cells:
        player.play(cell)
    return {cell.block.index: player.names(cell.block.index, elsewhere) for cell in session.cells}


class _Bound(NamedTuple):
    """What a name stands for at some time: which block bound it, and what runs when it is called."""

    block: int
    body: Body | None


class _Made(NamedTuple):
    time: int
    place: Place


class _Absent(NamedTuple):
    """A use of a name that was not bound at that time; what it means is known at the end."""

    time: int
    step: Step
    deleted: Place | None = None
    called: Place | None = None


@dataclass
class _Played:
    """What playing one cell leaves."""

    binds: set[str] = field(default_factory=set)
    uses: dict[str, int] = field(default_factory=dict)
    absent: list[_Absent] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)


class _Player:
    """The namespace of a session while its cells are played; time counts the steps."""

    def __init__(self) -> None:
        self._played: dict[int, _Played] = {}
        self._block = 0
        self._time = 0
        self._bound: dict[str, _Bound] = {}
        self._known: set[str] = set()
        self._made: dict[str, list[_Made]] = {}  # only the fresh bindings
        self._deleted: dict[str, Place] = {}
        self._caught: list[_Bound | None] = []  # what the names of the handlers around stood for
        self._wild = self._lazy_annotations = False
        self._followed = 0
        self._followed_here: set[tuple[int, bool]] = set()

    def play(self, cell: Cell) -> None:
        """Take the steps of one more cell."""
        self._block = cell.block.index
        self._played[self._block] = _Played()
        self._followed_here = set()
        self._play_setup(cell)
        if cell.tree is None:
            for name in _guessed_names(cell.source):
                self._bind(Step("bind", name, ast.Pass(), fresh=False), None)
        else:
            self._play_tree(cell.tree)
        self._wild |= any(text.startswith(("%run", "%pylab", "%store", "%%")) for _, text in cell.magics)

    def _play_setup(self, cell: Cell) -> None:
        setup = cell.block.directive("setup")
        tree, _ = parse(setup.value or "") if setup else (None, None)
        if tree:
            self._play_tree(tree)
            # The hidden code is not the reader's: what it misses shows when it runs.
            self._played[self._block].absent.clear()
            self._played[self._block].bodies.clear()

    def _play_tree(self, tree: ast.Module) -> None:
        self._lazy_annotations |= _has_future_annotations(tree)
        steps = cell_steps(tree, lazy_annotations=self._lazy_annotations)
        self._played[self._block].bodies += steps.bodies.values()
        for step in steps.steps:
            self._time += 1
            self._play_step(step, steps)

    def _play_step(self, step: Step, steps: CellSteps) -> None:
        match step.kind:
            case "load" | "lazy" | "probe":
                self._use(step)
            case "call":
                self._call(step)
            case "bind":
                self._bind(step, steps.bodies.get(step.node))
            case "maybe":
                if step.name not in self._bound:
                    self._bind(step, None)
            case "unbind":
                self._unbind(step)
            case "catch":
                self._caught.append(self._bound.get(step.name))
                self._bound[step.name] = _Bound(self._block, None)
            case "uncatch":
                self._uncatch(step)
            case _:
                self._wild = True

    def _bind(self, step: Step, body: Body | None) -> None:
        self._bound[step.name] = _Bound(self._block, body)
        self._played[self._block].binds.add(step.name)
        self._known.add(step.name)
        if step.fresh:
            made = _Made(self._time, Place(self._block, step.node))
            self._made.setdefault(step.name, []).append(made)

    def _unbind(self, step: Step) -> None:
        self._bound.pop(step.name, None)
        self._deleted[step.name] = Place(self._block, step.node)

    def _uncatch(self, step: Step) -> None:
        before = self._caught.pop()
        if before is None:
            self._unbind(step)
        else:
            self._bound[step.name] = before

    def _use(self, step: Step) -> None:
        bound = self._bound.get(step.name)
        if bound is None:
            if step.kind != "probe" and self._may_be_missed(step.name):
                absent = _Absent(self._time, step, self._deleted.get(step.name))
                self._played[self._block].absent.append(absent)
            return
        self._note_use(step.name, bound)
        self._follow(bound, None)

    def _call(self, step: Step) -> None:
        bound = self._bound.get(step.name)
        if bound and bound.body and bound.body.called:
            self._follow(bound, Place(self._block, step.node))

    def _note_use(self, name: str, bound: _Bound) -> None:
        if bound.block != self._block:
            self._played[self._block].uses.setdefault(name, bound.block)

    def _may_be_missed(self, name: str) -> bool:
        return name not in BUILTIN_NAMES and not self._wild

    def _follow(self, bound: _Bound, called: Place | None) -> None:
        """What the body of a function uses that this cell calls (`called`) or hands on."""
        todo = [(bound, called)]
        while todo:
            (block, body), called = todo.pop()
            key = (id(body), called is not None)
            if body is None or key in self._followed_here or self._followed > _MOST_FOLLOWED:
                continue
            self._followed_here.add(key)
            self._followed += len(body.steps)
            for step in body.steps:
                target = self._bound.get(step.name)
                if target:
                    self._note_use(step.name, target)
                    runs_now = step.kind == "call" and target.body and target.body.called
                    todo.append((target, called if runs_now else None))
                elif called and step.kind == "load" and self._may_be_missed(step.name):
                    self._played[block].absent.append(_Absent(self._time, step, None, called))

    def names(self, block: int, elsewhere: Elsewhere) -> CellNames:
        """What the cell of a block binds, uses and misses, once all cells were played."""
        played = self._played[block]
        first: dict[str, Missing] = {}
        for missing in self._missing(block, elsewhere):
            known = first.setdefault(missing.name, missing)
            if _position(missing.node) < _position(known.node):
                first[missing.name] = missing
        in_order = sorted(first.values(), key=lambda each: _position(each.node))
        return CellNames(frozenset(played.binds), played.uses, tuple(in_order))

    def _missing(self, block: int, elsewhere: Elsewhere) -> Iterator[Missing]:
        for absent in self._played[block].absent:
            yield from self._judge(absent, elsewhere)
        for body in self._played[block].bodies:
            for step in body.steps:
                if step.kind in ("load", "lazy") and self._may_be_missed(step.name):
                    yield from self._judge_lazy(step, elsewhere)

    def _judge(self, absent: _Absent, elsewhere: Elsewhere) -> Iterator[Missing]:
        name, node = absent.step.name, absent.step.node
        if absent.step.kind == "lazy":
            yield from self._judge_lazy(absent.step, elsewhere)
            return
        if absent.deleted:
            yield Missing(name, node, "deleted", absent.deleted)
            return
        made = self._made.get(name, [])
        at = bisect_right(made, absent.time, key=lambda each: each.time)
        if at < len(made):
            yield Missing(name, node, "call" if absent.called else "later", made[at].place, absent.called)
        elif not absent.called or name not in self._known:
            yield _nowhere(name, node, elsewhere)

    def _judge_lazy(self, step: Step, elsewhere: Elsewhere) -> Iterator[Missing]:
        """A name that something reads which runs at an unknown time: any binding will do."""
        if step.name not in self._known and not self._wild:
            yield _nowhere(step.name, step.node, elsewhere)


def _nowhere(name: str, node: ast.AST, elsewhere: Elsewhere) -> Missing:
    where = elsewhere(name)
    return Missing(name, node, "elsewhere" if where else "nowhere", elsewhere=where)


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _has_future_annotations(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


_GUESS = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)"
    r"|^[ \t]*((?:\w+[ \t]*,[ \t]*)*\w+)[ \t]*(?::[^=\n]*)?=(?!=)"
    r"|\bas[ \t]+(\w+)"
    r"|\bfor[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]+in\b"
    r"|\bimport[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)",
    re.MULTILINE,
)


def _guessed_names(source: str) -> Iterator[str]:
    """The names that a source that does not parse would probably bind."""
    for match in _GUESS.finditer(source):
        for group in match.groups():
            yield from re.findall(r"\w+", group or "")
