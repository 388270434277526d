"""Looking ahead: is what is written through a view looked for in the view, or in what it was taken from?"""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from checker.analysis.cell import Cell, Session
from checker.analysis.frames.kinds import Source
from checker.analysis.frames.mentions import Mention, Place, mentions_in

# Authors who write this know that the frame stays as it was: the lesson shows copy-on-write.
_KNOWN_TO_STAY = re.compile(
    r"#.*(unchanged|untouched|intact|not? change|n't change|not affect|n't affect|stays|same as before"
    r"|copy.on.write|\bcow\b|не (из)?мен|не затро|остал|прежн)",
    re.IGNORECASE,
)


class _Names(Struct, frozen=True):
    """All mentions of each name in one scope, in order, and the nodes around each node."""

    of: dict[str, list[Mention]]
    parents: dict[ast.AST, ast.AST]


class Reads:
    """The mentions of names in a session, gathered for a scope when they are first asked for."""

    def __init__(self, session: Session) -> None:
        self._cells = session.cells
        self._names: dict[ast.AST | None, _Names] = {}

    def relied_on(
        self, function: ast.AST | None, cell: Cell, node: ast.stmt, view: str, source: Source
    ) -> bool:
        """Whether, after the statement `node` wrote through `view`, its source is read and the view is not.

        `function` is the function that the statement stands in, or None.
        """
        number = self._cells.index(cell)
        if function not in self._names:
            self._names[function] = self._gather(function, number)
        names = self._names[function]
        loop = _outermost_loop(node, names.parents)
        done = _end(number, node)
        left = _end(number, loop) if loop else done
        views, sources = names.of.get(view, []), names.of.get(source.name, [])
        if self._bound_since_taken(views, sources, done):
            return False
        # In a loop, what stands before the statement comes after it as well.
        start = (number, loop.lineno, loop.col_offset) if loop else done
        if any(each.nested for each in views) or _is_read(views, start, left):
            return False
        read_at = _read_of_source(sources, left, source.column)
        return read_at is not None and not self._known_to_stay(number, read_at[0])

    def _gather(self, function: ast.AST | None, number: int) -> _Names:
        roots = [(number, function)] if function else [(i, each.tree) for i, each in enumerate(self._cells)]
        of: dict[str, list[Mention]] = {}
        parents: dict[ast.AST, ast.AST] = {}
        for cell, root in roots:
            for mention in mentions_in(root, cell, parents) if root else ():
                of.setdefault(mention.name, []).append(mention)
        for mentions in of.values():
            mentions.sort(key=lambda each: each.place)
        return _Names(of, parents)

    def _bound_since_taken(self, views: list[Mention], sources: list[Mention], done: Place) -> bool:
        """Whether the source's name means something else by now than when the view was taken from it."""
        taken = next((each.place for each in _before(views, done) if each.does == "bind"), None)
        bound = next((each.place for each in _before(sources, done) if each.does == "bind"), None)
        return taken is None or (bound is not None and bound > taken)

    def _known_to_stay(self, first: int, last: int) -> bool:
        return any(_KNOWN_TO_STAY.search(self._cells[number].source) for number in (first, last))


def _is_read(views: list[Mention], start: Place, left: Place) -> bool:
    for mention in _after(views, start):
        if mention.does == "bind" and mention.place > left:
            return False
        if mention.does in ("read", "glance"):
            return True
    return False


def _read_of_source(sources: list[Mention], left: Place, column: str | None) -> Place | None:
    for mention in _after(sources, left):
        if mention.does == "bind":
            return None
        if (
            mention.does == "read"
            and not mention.nested
            and None in (column, mention.column, _same(mention, column))
        ):
            return mention.place
    return None


def _same(mention: Mention, column: str | None) -> Literal[False] | None:
    return None if mention.column == column else False


def _after(mentions: list[Mention], place: Place) -> Iterator[Mention]:
    start = bisect_right(mentions, place, key=lambda each: each.place)
    return iter(mentions[start:])


def _before(mentions: list[Mention], place: Place) -> Iterator[Mention]:
    end = bisect_right(mentions, place, key=lambda each: each.place)
    return (mentions[index] for index in range(end - 1, -1, -1))


def _end(cell: int, node: ast.stmt) -> Place:
    return cell, node.end_lineno or 0, node.end_col_offset or 0


def _outermost_loop(
    node: ast.AST, parents: dict[ast.AST, ast.AST]
) -> ast.For | ast.AsyncFor | ast.While | None:
    loop = None
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            loop = node
    return loop
