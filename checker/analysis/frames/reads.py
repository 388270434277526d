"""Decides whether a write through a view is later looked for in the view or in its source."""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from checker.analysis.cell import Cell, Session
from checker.analysis.frames.kinds import Source
from checker.analysis.frames.mentions import Mention, Place, mentions_in
from checker.model import Lesson
from checker.patterns import regex

# Authors who write this know that the frame does not change: the lesson shows copy-on-write.
_SAYS_IN_A_COMMENT = regex(
    r"#.*(unchanged|untouched|\bstill\b|intact|not? change|n't change|not affect|n't affect|stays"
    r"|same as before|copy.on.write|\bcow\b|не (из)?мен|не затро|остал|прежн)",
    re.IGNORECASE,
)
# In prose most of these words, such as "still" and "остальные", may be about anything.
_SAYS = regex(
    r"\b(?:unchanged|untouched|intact)\b|(?:\bnot|\bnever|n['’]t) (?:change|affect|touch)"
    r"|\bне (?:из)?мен(?:и[лт]|яе)|\bне затр[оа]|\bоста(?:лся|лась|лось|лись|[её]тся|ются)\b"
    r"|\bпрежн(?:ий|ей|им|ими|ем)\b",
    re.IGNORECASE,
)
_NEAR = 300
# A result that the author shows beside the read, which running compares with the real one.
_CLAIMED = regex(r"#\s*(?:->|=>)|#>")
_Loop = ast.For | ast.AsyncFor | ast.While


class _Uses(Struct):
    """Where one name is bound and read: as a whole (None) or by columns; each list is sorted."""

    bound: list[Place] = []
    seen: list[Place] = []
    read: dict[str | None, list[Place]] = {}
    in_inner_function: bool = False

    def add(self, mention: Mention) -> None:
        """Add the next mention."""
        if mention.does == "bind":
            self.bound.append(mention.place)
        elif mention.does != "write":
            self.seen.append(mention.place)
            self.in_inner_function |= mention.nested
            if mention.does == "read" and not mention.nested:
                self.read.setdefault(mention.column, []).append(mention.place)

    def read_after(self, place: Place, column: str | None) -> Place | None:
        """The first read of a column, or of any (None), or of the whole, before the name is bound again."""
        columns: Iterable[str | None] = self.read if column is None else (column, None)
        places = [_first_after(self.read.get(each, []), place) for each in columns]
        first = min((each for each in places if each), default=None)
        bound = _first_after(self.bound, place)
        return None if first and bound and bound < first else first


class _Names(Struct, frozen=True):
    """The uses of each name in one scope, and the parent of each node."""

    of: dict[str, _Uses]
    parents: dict[ast.AST, ast.AST]


class Reads:
    """The uses of names in a session, computed for each scope on first use."""

    def __init__(self, lesson: Lesson, session: Session) -> None:
        self._lesson = lesson
        self._cells = session.cells
        self._numbers = {cell.block.index: number for number, cell in enumerate(session.cells)}
        self._names: dict[ast.AST | None, _Names] = {}
        self._shows_that_it_stays = cache(self._look_for_words)

    def relied_on(
        self, function: ast.AST | None, cell: Cell, node: ast.stmt, view: str, source: Source
    ) -> bool:
        """Whether, after the statement `node` wrote through `view`, its source is read and the view is not.

        `function` is the function that contains the statement, or None.
        """
        number = self._numbers[cell.block.index]
        if function not in self._names:
            self._names[function] = self._gather(function, number)
        names = self._names[function]
        of_view, of_source = names.of.get(view, _Uses()), names.of.get(source.name, _Uses())
        loop = _outermost_loop(node, names.parents)
        done = _end(number, node)
        # In a loop, code before the statement also runs after it.
        left, start = (_end(number, loop), _begin(number, loop)) if loop else (done, done)
        if _is_stale(of_view, of_source, done) or _is_seen(
            of_view, start, left, (_begin(number, node), done)
        ):
            return False
        read = of_source.read_after(left, source.column)
        return read is not None and not (
            self._shows_that_it_stays(number) or self._shows_that_it_stays(read[0]) or self._is_claimed(read)
        )

    def _gather(self, function: ast.AST | None, number: int) -> _Names:
        roots: list[tuple[int, ast.AST | None]] = [(number, function)]
        if function is None:
            roots = [(each, cell.tree) for each, cell in enumerate(self._cells)]
        names = _Names({}, {})
        for cell, root in roots:
            mentions = mentions_in(root, cell, names.parents) if root else ()
            for mention in sorted(mentions, key=lambda each: each.place):
                names.of.setdefault(mention.name, _Uses()).add(mention)
        return names

    def _look_for_words(self, number: int) -> bool:
        cell = self._cells[number]
        if _SAYS_IN_A_COMMENT.search(cell.source):
            return True
        blocks, index, text = self._lesson.blocks, cell.block.index, self._lesson.text
        begin, end = cell.block.span.start, cell.block.span.end
        above = blocks[index - 1].span.end if index else 0
        below = blocks[index + 1].span.start if index + 1 < len(blocks) else len(text)
        near = (text[max(above, begin - _NEAR) : begin], text[end : min(below, end + _NEAR)])
        return any(_SAYS.search(each) for each in near)

    def _is_claimed(self, read: Place) -> bool:
        number, line, _ = read
        return _CLAIMED.search(self._cells[number].source.split("\n")[line - 1]) is not None


def _is_stale(of_view: _Uses, of_source: _Uses, done: Place) -> bool:
    """Whether the source's name has been bound again since the view was taken."""
    taken, bound = _last_before(of_view.bound, done), _last_before(of_source.bound, done)
    return taken is None or (bound is not None and bound > taken)


def _is_seen(of_view: _Uses, start: Place, left: Place, own: tuple[Place, Place]) -> bool:
    """Whether the view is read after the write; reads by the writing statement do not count."""
    seen, bound = _first_after(of_view.seen, start), _first_after(of_view.bound, left)
    while seen is not None and own[0] <= seen <= own[1]:
        seen = _first_after(of_view.seen, seen)
    return of_view.in_inner_function or (seen is not None and (bound is None or seen < bound))


def _first_after(places: Sequence[Place], place: Place) -> Place | None:
    index = bisect_right(places, place)
    return places[index] if index < len(places) else None


def _last_before(places: Sequence[Place], place: Place) -> Place | None:
    index = bisect_left(places, place)
    return places[index - 1] if index else None


def _begin(cell: int, node: ast.stmt) -> Place:
    return cell, node.lineno, node.col_offset


def _end(cell: int, node: ast.stmt) -> Place:
    return cell, node.end_lineno or 0, node.end_col_offset or 0


def _outermost_loop(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> _Loop | None:
    loop = None
    while node in parents:
        node = parents[node]
        if isinstance(node, _Loop):
            loop = node
    return loop
