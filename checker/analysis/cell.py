"""A Python block prepared for parsing, with the position of each of its lines in the lesson."""

import ast
from functools import cached_property

from msgspec import Struct

from checker.model import Block, Lesson, Span


class Cell(Struct, frozen=True, dict=True):
    """One Python block, prepared for parsing.

    `source` has exactly as many lines as the block's code. `shifts[i]` columns were removed from the front of
    line i + 1 (the `>>> ` of a console session). `magics` are the notebook lines (`%…`, `!…`) that were
    blanked, as (line, text). `tree` is None when the source does not parse; `error` then says why. A source
    that parses but cannot be compiled, such as a bare `return`, has both a tree and an error. So does a
    source for a newer Python, named in `newer`; the newer syntax is left out of the tree.
    """

    block: Block
    source: str
    shifts: tuple[int, ...]
    magics: tuple[tuple[int, str], ...]
    console: bool
    tree: ast.Module | None
    error: SyntaxError | None
    newer: str = ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The source's lines, without line endings."""
        return tuple(self.source.split("\n"))

    def span(
        self,
        lesson: Lesson,
        node: ast.expr | ast.stmt | ast.arg | ast.alias | ast.keyword | ast.ExceptHandler,
    ) -> Span:
        """The position of a syntax node of `tree` in the lesson."""
        end_line = node.end_lineno or node.lineno
        end_column = node.end_col_offset or node.col_offset
        return lesson.code_span(
            self.block,
            node.lineno,
            self.column(node.lineno, node.col_offset),
            end_line,
            self.column(end_line, end_column),
        )

    def lesson_line(self, node: ast.AST) -> int:
        """The lesson's line on which a syntax node of `tree` begins."""
        return self.block.span.line + int(getattr(node, "lineno", 1))

    def column(self, line: int, byte_offset: int) -> int:
        """The column in the block's code for a byte offset from `ast`, which counts UTF-8 bytes of a line."""
        text = self.lines[line - 1]
        if not text.isascii():
            byte_offset = len(text.encode()[:byte_offset].decode(errors="ignore"))
        return byte_offset + self.shifts[line - 1]


class Session(Struct, frozen=True):
    """The cells of a lesson that share one namespace, in the order of the lesson."""

    name: str
    cells: tuple[Cell, ...]
