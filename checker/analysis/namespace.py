"""Simulates the namespace of a session, step by step, as a notebook would run its cells.

This is the second half of name resolution. Where Python's path depends on a value (a branch, a loop, a
handler), the code is given the benefit of the doubt: what may be bound counts as bound.
"""

import ast
import re
from collections.abc import Iterator

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.cells import setup_tree
from checker.analysis.included import is_included
from checker.analysis.steps import BUILTIN_NAMES, Body, CellSteps, Step
from checker.analysis.walk import cell_steps, has_future_annotations
from checker.patterns import regex

# Functions are followed where they are called and passed on. No lesson comes near this number; the rest is
# not followed.
_MOST_FOLLOWED = 200_000


class Place(Struct, frozen=True):
    """A syntax node, and the index of its block."""

    block: int
    node: ast.AST


class Bound(Struct, frozen=True):
    """The binding of a name: the block that bound it, and what runs when it is called."""

    block: int
    body: Body | None


class Made(Struct, frozen=True):
    """A new binding; `time` counts the steps of the session."""

    time: int
    place: Place


class Absent(Struct, frozen=True):
    """A use of a name that was not bound at that time; it is judged at the end."""

    time: int
    step: Step
    deleted: Place | None = None
    called: Place | None = None


class Played(Struct):
    """The result of a cell: names that it binds, names from other blocks, and names that were not bound."""

    binds: set[str] = set()
    uses: dict[str, int] = {}
    absent: list[Absent] = []
    bodies: list[Body] = []


class Namespace:
    """Plays cells in order.

    `played` holds the result of each block's cell, `known` all names ever bound, `made` their new bindings in
    order of time.
    """

    def __init__(self) -> None:
        self.played: dict[int, Played] = {}
        self._block = 0
        self._time = 0
        self._bound: dict[str, Bound] = {}
        self.known: set[str] = set()
        self.made: dict[str, list[Made]] = {}
        self._deleted: dict[str, Place] = {}
        self._caught: list[Bound | None] = []  # former bindings of the names of enclosing handlers
        self._wild: int | None = None  # the block that may have made any name
        self._future_annotations = False
        self._is_shown = True
        self._followed = 0
        self._followed_here: set[tuple[int, bool]] = set()

    def play(self, cell: Cell) -> None:
        """Take the steps of one more cell."""
        self._block = cell.block.index
        self.played[self._block] = Played()
        self._followed_here = set()
        self._play_setup(cell)
        if cell.tree is None:
            for name in _guessed_names(cell.source):
                self._bind(Step("bind", name, ast.Pass(), fresh=False), None)
        else:
            self._play_tree(cell.tree)
        if any(_makes_names(text) for _, text in cell.magics) or is_included(cell.block.code):
            self._wild = self._block

    def _play_setup(self, cell: Cell) -> None:
        tree, setup = setup_tree(cell), cell.block.directive("setup")
        if tree and setup:
            # Setups of the configuration bind names, but a reader cannot be shown where.
            self._is_shown = setup.span.end > setup.span.start
            self._play_tree(tree)
            self._is_shown = True
            # Names that the hidden code misses are no concern of the reader: they show when it runs.
            self.played[self._block].absent.clear()
            self.played[self._block].bodies.clear()

    def _play_tree(self, tree: ast.Module) -> None:
        steps = cell_steps(tree, "perhaps") if self._future_annotations else cell_steps(tree)
        self._future_annotations |= has_future_annotations(tree)
        self.played[self._block].bodies += steps.bodies.values()
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
                self._bound[step.name] = Bound(self._block, None)
            case "uncatch":
                self._uncatch(step)
            case _:
                self._wild = self._block

    def _bind(self, step: Step, body: Body | None) -> None:
        self._bound[step.name] = Bound(self._block, body)
        self.played[self._block].binds.add(step.name)
        self.known.add(step.name)
        if step.fresh and self._is_shown:
            made = Made(self._time, Place(self._block, step.node))
            self.made.setdefault(step.name, []).append(made)

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
            if step.kind != "probe" and self.may_be_missed(step.name):
                absent = Absent(self._time, step, self._deleted.get(step.name))
                self.played[self._block].absent.append(absent)
            elif step.kind != "probe":
                self._note_wild(step.name)
            return
        self._note_use(step.name, bound)
        self._follow(bound, None)

    def _call(self, step: Step) -> None:
        bound = self._bound.get(step.name)
        if bound and bound.body and bound.body.called:
            self._follow(bound, Place(self._block, step.node))

    def _note_use(self, name: str, bound: Bound) -> None:
        if bound.block != self._block:
            self.played[self._block].uses.setdefault(name, bound.block)

    def _note_wild(self, name: str) -> None:
        """A name without a visible binding: this block needs the block that may have made any name."""
        if self._wild not in {None, self._block} and name not in BUILTIN_NAMES:
            self.played[self._block].uses.setdefault(name, self._wild)

    def may_be_missed(self, name: str) -> bool:
        """Whether only a binding in the lesson itself can make this name exist."""
        return name not in BUILTIN_NAMES and self._wild is None

    def _follow(self, bound: Bound, called: Place | None) -> None:
        """Use the names in the body of a function that this cell calls (`called`) or passes on."""
        todo = [(bound, called)]
        while todo:
            bound, called = todo.pop()
            body = bound.body
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
                elif called and step.kind == "load" and self.may_be_missed(step.name):
                    self.played[bound.block].absent.append(Absent(self._time, step, None, called))
                elif called and step.kind == "load":
                    self._note_wild(step.name)


def _makes_names(magic: str) -> bool:
    """Whether a notebook line may have bound names that are not visible."""
    if magic.startswith(("%run", "%pylab", "%store")):
        return True
    named = _CELL_MAGIC.match(magic)
    return named is not None and (named[1] not in _MAKE_NONE or _KEEPS.search(magic) is not None)


_CELL_MAGIC = regex(r"%%(\w+)")
# Cells of other languages and of files; `%%sql name <<` and `%%bash --out name` keep their result.
_MAKE_NONE = {"bash", "cmd", "cypher", "file", "html", "javascript", "js", "latex", "markdown", "perl"}
_MAKE_NONE |= {"powershell", "ruby", "script", "sh", "sql", "svg", "writefile"}
_KEEPS = regex(r"<<|--(?:out|err|proc)\b")
_GUESS = regex(
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
