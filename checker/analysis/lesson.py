"""The analysis of a lesson's Python, shared by rules and plan."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.marker_words import NO_OWN_WORDS, OwnWords
from checker.model import Block, Lesson

# Each part is imported on first use: most lessons did not change since the last run, and everything known
# about them is looked up.
if TYPE_CHECKING:
    from checker.analysis.cell import Cell, Session
    from checker.analysis.excerpts import Verdict
    from checker.analysis.markers import MarkedLines
    from checker.analysis.names import CellNames
    from checker.analysis.needs.lesson import CellNeeds

_ONLY_SESSION = "lesson"

Fact = TypeVar("Fact")


class LessonAnalysis(Struct, frozen=True, dict=True):
    """What reading a lesson tells; everything is computed on first use.

    `own_words` are the course's own words for code that is wrong or right on purpose.
    """

    lesson: Lesson
    own_words: OwnWords = NO_OWN_WORDS

    def once(self, make: Callable[["LessonAnalysis"], Fact]) -> Fact:
        """The result of `make(self)`, computed on first use."""
        known: dict[str, Fact] = self.__dict__
        name = f"once {make.__module__}.{make.__qualname__}"
        if name not in known:
            known[name] = make(self)
        return known[name]

    @cached_property
    def cells(self) -> "tuple[Cell, ...]":
        """The Python blocks, in the lesson's order."""
        from checker.analysis.cells import cells_of

        return cells_of(self.lesson)

    @cached_property
    def sessions(self) -> "tuple[Session, ...]":
        """The cells grouped by namespace; sessions are in the order of their first cells."""
        from checker.analysis.cell import Session

        by_name: dict[str, list[Cell]] = {}
        for cell in self.cells:
            by_name.setdefault(self.session_name(cell.block), []).append(cell)
        return tuple(Session(name, tuple(cells)) for name, cells in by_name.items())

    def session_name(self, block: Block) -> str:
        """The name of the session that a block belongs to when it is run."""
        on_lesson = next((each for each in self.lesson.directives if each.word == "session"), None)
        directive = block.directive("session") or on_lesson
        if directive is None or not directive.value:
            return _ONLY_SESSION
        return f"new at line {block.span.line}" if directive.value == "new" else directive.value

    @cached_property
    def names(self) -> "Mapping[int, CellNames]":
        """The names that the cell of each block binds, uses and misses."""
        from checker.analysis.names import names_of

        names: dict[int, CellNames] = {}
        for session in self.sessions:
            names |= names_of(session, partial(self._bound_elsewhere, session))
        return names

    def _bound_elsewhere(self, session: "Session", name: str) -> str:
        for other, line in self._binding_sessions.get(name, ()):
            if other != session.name:
                return f"the session `{other}`, at line {line}"
        return ""

    @cached_property
    def _binding_sessions(self) -> Mapping[str, list[tuple[str, int]]]:
        """The first two sessions that bind each name, with the line at which their block begins."""
        from checker.analysis.scopes import bound_names

        found: dict[str, list[tuple[str, int]]] = {}
        for session in self.sessions if len(self.sessions) > 1 else ():
            for cell in session.cells:
                for name in bound_names(cell.tree.body).bound if cell.tree else ():
                    known = found.setdefault(name, [])
                    if len(known) < 2 and session.name not in [each for each, _ in known]:
                        known.append((session.name, cell.block.span.line))
        return found

    @cached_property
    def verdicts(self) -> "Mapping[int, Verdict]":
        """Whether the cell of each block is whole, broken, a fragment, or not code."""
        from checker.analysis.excerpts import Verdict, judge_cell, leans_on_excerpt
        from checker.analysis.quotations import quotation_of

        found = {}
        for session in self.sessions:
            for position, cell in enumerate(session.cells):
                index = cell.block.index
                verdict = judge_cell(self.lesson, cell, self.names[index], shown=self._is_shown(cell.block))
                # A setup may reopen what an earlier block has closed.
                if verdict.kind == "whole" and not cell.block.directive("setup"):
                    reason = quotation_of(cell, session.cells[:position])
                    verdict = Verdict("fragment", reason) if reason else verdict
                found[index] = verdict
        for cell in self.cells:
            index = cell.block.index
            if leans_on_excerpt(cell, found[index], found):
                found[index] = replace(found[index], kind="fragment")
        return found

    @cached_property
    def needs(self) -> "Mapping[int, CellNeeds]":
        """What the cell of each block needs that may not be available."""
        from checker.analysis.needs.lesson import needs_of

        return needs_of(self.cells, self.sessions)

    def _is_shown(self, block: Block) -> bool:
        return bool(self.wrong_lines(block) or self.right_lines(block))

    def wrong_lines(self, block: Block) -> Mapping[int, str]:
        """The code lines (from 1) that the lesson shows as wrong on purpose, with the words that say so."""
        known = self._wrong_lines.get(block.index)
        if known is None:  # a block in another language; few of these are ever asked about
            from checker.analysis.markers import marked_lines

            known = marked_lines(self.lesson, block, self.own_words).wrong
        return known

    def right_lines(self, block: Block) -> Mapping[int, str]:
        """The code lines (from 1) that the lesson shows as the right way, with the words that say so."""
        marked = self._marked_lines.get(block.index)
        return marked.right if marked else {}

    @cached_property
    def _wrong_lines(self) -> Mapping[int, Mapping[int, str]]:
        from checker.analysis.notebook import raising_lines

        return {
            cell.block.index: {
                **(raising_lines(cell.block.code) if cell.console else {}),
                **self._marked_lines[cell.block.index].wrong,
            }
            for cell in self.cells
        }

    @cached_property
    def _marked_lines(self) -> "Mapping[int, MarkedLines]":
        from checker.analysis.markers import marked_lines

        return {
            cell.block.index: marked_lines(self.lesson, cell.block, self.own_words) for cell in self.cells
        }

    @cached_property
    def session_names(self) -> Mapping[int, frozenset[str]]:
        """All names that the session of each block binds, by block."""
        found: dict[int, frozenset[str]] = {}
        for session in self.sessions:
            blocks = [cell.block.index for cell in session.cells]
            bound = frozenset(name for block in blocks for name in self.names[block].binds)
            found |= dict.fromkeys(blocks, bound)
        return found

    def syntax_error(self, block: int) -> SyntaxError | None:
        """Why the cell of a block is broken Python; None when it is not, or is only an excerpt."""
        verdict = self.verdicts.get(block)
        return self._errors.get(block) if verdict and verdict.kind == "broken" else None

    @cached_property
    def _errors(self) -> Mapping[int, SyntaxError]:
        return {cell.block.index: cell.error for cell in self.cells if cell.error}

    def binders(self, name: str, *, before: int) -> Iterator[int]:
        """The earlier blocks of the same session that bind a name, the latest first."""
        session = next(each for each in self.sessions if before in {cell.block.index for cell in each.cells})
        for cell in reversed(session.cells):
            if cell.block.index < before and name in self.names[cell.block.index].binds:
                yield cell.block.index


def analyze(lesson: Lesson, own_words: OwnWords = NO_OWN_WORDS) -> LessonAnalysis:
    """Analyse a lesson of a course that has these words of its own for wrong and right code."""
    return LessonAnalysis(lesson, own_words)
