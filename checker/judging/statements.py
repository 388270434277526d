"""The statements of a lesson's Python by line, to relate findings of reading and of running."""

import ast
from collections.abc import Iterator
from functools import cached_property

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import holds


class Statements:
    """Looks up statements by line; a compound statement covers only its header."""

    def __init__(self, analysis: LessonAnalysis) -> None:
        self._analysis = analysis

    @cached_property
    def _heads(self) -> dict[int, range]:
        """The lines of the innermost statement, by each line that it covers."""
        heads: dict[int, range] = {}
        for cell in self._analysis.cells:
            for node in ast.walk(cell.tree) if cell.tree else ():  # outer nodes come first
                if isinstance(node, ast.stmt):
                    lines = _head(node, cell.block.span.line)
                    heads |= dict.fromkeys(lines, lines)
        return heads

    def lines(self, line: int) -> range:
        """The lines of the statement at a line of the lesson; only the line itself when there is none."""
        return self._heads.get(line, range(line, line + 1))

    def ends_before(self, line: int, error_line: int) -> bool:
        """Whether the top-level statement at `line` ends before the one at `error_line` begins."""
        cell = self._cell(line)
        if cell is None or cell.tree is None or not holds(cell.block, error_line):
            return False
        first = next((lines[0] for lines in _tops(cell) if error_line in lines), error_line)
        return line < first and self.is_at_top(line)

    def is_at_top(self, line: int) -> bool:
        """Whether the statement at a line runs unconditionally whenever its cell runs."""
        cell = self._cell(line)
        return cell is not None and cell.tree is not None and line in _plain(cell.tree.body, cell)

    def _cell(self, line: int) -> Cell | None:
        return next((cell for cell in self._analysis.cells if holds(cell.block, line)), None)


def _head(node: ast.stmt, above: int) -> range:
    body = getattr(node, "body", None)
    last = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno or node.lineno
    return range(node.lineno + above, last + above + 1)


def _tops(cell: Cell) -> Iterator[range]:
    assert cell.tree is not None
    for node in cell.tree.body:
        above = cell.block.span.line
        yield range(node.lineno + above, (node.end_lineno or node.lineno) + above + 1)


def _plain(body: list[ast.stmt], cell: Cell) -> set[int]:
    """The lines of simple statements, including those in the body of a `with`."""
    lines: set[int] = set()
    for node in body:
        if isinstance(node, ast.With):
            lines |= _plain(node.body, cell)
        elif not hasattr(node, "body"):
            lines |= set(_head(node, cell.block.span.line))
    return lines
