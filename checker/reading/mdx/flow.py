"""Lines that contain only tags and expressions: they are blocks, and they interrupt paragraphs."""

from collections.abc import Iterator
from itertools import takewhile

from markdown_it.rules_block.state_block import StateBlock

from checker.reading.mdx import reasons
from checker.reading.mdx.cursor import Cursor
from checker.reading.mdx.notes import SHORT_READ, Flow, Notes, notes_of
from checker.reading.mdx.prose import continues_lazily
from checker.reading.mdx.refusal import RefusedError
from checker.reading.mdx.tags import Expression, Tag, read_expression, read_tag


def flow(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: a token "jsx" for lines of tags and expressions, which are its parts in the token's meta."""
    at = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[at : at + 1] not in ("<", "{") or at >= state.eMarks[start_line]:
        return False
    notes = notes_of(state)
    key = (at, end_line, state.blkIndent)
    if key not in notes.flows:
        notes.flows[key] = _read(state, start_line, end_line, notes)
    found = notes.flows[key]
    if found is None:
        return False
    if not silent:
        for line in _lazy_lines(state, start_line, found.next_line):
            lazy = state.bMarks[line] + state.tShift[line]
            notes.refuse(at, lazy, lazy + 1, reasons.LAZY_LINE)
        token = state.push("jsx", "", 0)
        token.meta = {"parts": found.parts}
        token.map = [start_line, found.next_line]
        state.line = found.next_line
    return True


def _lazy_lines(state: StateBlock, start_line: int, next_line: int) -> Iterator[int]:
    """The lines after the first that are not in the list item or quote whose paragraph they interrupt.

    The parser treats the first line as a lazy continuation of that paragraph until it has read the whole tag
    or expression, and refuses the lazy lines on the way.
    """
    if not continues_lazily(state, start_line):
        return
    closed = list(takewhile(lambda token: token.nesting < 0, reversed(state.tokens)))
    in_quote = any(token.type == "blockquote_close" for token in closed)
    indent = max(token.meta.get("indent", 0) for token in closed)
    for line in range(start_line + 1, next_line):
        if in_quote or (state.sCount[line] < indent and not state.isEmpty(line)):
            yield line


def _read(state: StateBlock, start_line: int, end_line: int, notes: Notes) -> Flow | None:
    """Read on from the first line; None when these lines contain something else as well."""
    lines = Lines(state, start_line, end_line, notes)
    start = state.bMarks[start_line] + state.tShift[start_line]
    long = state.eMarks[start_line] - start > SHORT_READ
    if notes.given_up or (notes.exhausted and long):
        return None
    svelte = "svelte" in notes.extensions
    cursor = Cursor(state.src, start, state.eMarks[start_line], iter(lines), svelte=svelte)
    parts: list[Tag | Expression] = []
    while cursor.char:
        opened = cursor.at
        try:
            part = _read_part(cursor, parts)
        except RefusedError as error:
            part = None
            notes.doubt(state.src, opened)
            if not lines.cut and not notes.is_svelte_comment(state.src, opened):
                notes.refuse(opened, error.offset, error.offset + 1, str(error))
        if part is None:
            notes.read_in_vain(cursor.end - start)
            notes.looked_through[start] = lines.line
            return None
        parts.append(part)
        while cursor.char and cursor.char in " \t":
            cursor.at += 1
    return Flow(tuple(parts), lines.line + 1)


def _read_part(cursor: Cursor, parts: list[Tag | Expression]) -> Tag | Expression | None:
    if cursor.char == "<":
        return read_tag(cursor)
    # After an expression the parser looks only for a tag, not for another expression.
    if cursor.char == "{" and not (parts and isinstance(parts[-1], Expression)):
        return read_expression(cursor)
    return None


class Lines:
    """The lines of a block after its first, as long as its list item or quote continues."""

    def __init__(self, state: StateBlock, line: int, end_line: int, notes: Notes) -> None:
        self.line = line
        # There are more lines, but none is read, because too much was read in vain before.
        self.cut = False
        self._state = state
        self._end = end_line
        self._notes = notes

    def __iter__(self) -> Iterator[tuple[int, int]]:
        state = self._state
        for line in range(self.line + 1, self._end):
            start = state.bMarks[line] + state.tShift[line]
            if state.sCount[line] < state.blkIndent and start < state.eMarks[line]:
                raise RefusedError(start, reasons.LAZY_LINE)
            if self._notes.exhausted:
                self.cut = True
                return
            self.line = line
            yield start, state.eMarks[line]
