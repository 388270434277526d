"""Lists and footnotes as MDX has them, and what happens to containers that are nested too deep.

Without indented code there is no limit to the blanks before and after a list's marker.
"""

import re

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, hr
from markdown_it.rules_block import list_block as markdown_it_list
from msgspec import Struct

from checker.reading.mdx.notes import notes_of

# Enough for any lesson, and few enough for Python's stack, which holds up to three frames for each.
MAX_DEPTH = 100

_MARKER = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^(?:[^\[\]\\\s]|\\[\[\]\\]?){1,999}\]:[ \t]*")


class Blocks(ParserBlock):
    """A block parser with these rules: name, function, and the chains of blocks that the rule interrupts."""

    def __init__(self, rules: list[tuple[str, RuleFuncBlockType, list[str]]]) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, interrupts in rules:
            self.ruler.push(name, rule, {"alt": interrupts})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 (the parser's names)
        """Read the blocks in these lines; those of a container that is nested too deep are refused."""
        if state.level < MAX_DEPTH:
            super().tokenize(state, startLine, endLine)
            return
        at = state.bMarks[startLine] + state.tShift[startLine]
        message = f"lists and quotes are nested more than {MAX_DEPTH} deep here: what follows in them is not read"
        notes_of(state).refuse(at, at, at + 1, message)
        line = startLine + 1
        while line < endLine and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            line += 1
        state.line = line


class _Marker(Struct, frozen=True):
    """A list item's marker: its last character tells lists apart; `end` is the offset after it."""

    kind: str
    number: str
    end: int


def list_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: the tokens that markdown-it has for bullet lists, whatever the marker."""
    marker = _read_marker(state, start_line)
    if marker is None or (_interrupts(state, start_line, silent=silent) and not _may_interrupt(state, marker)):
        return False
    if silent:
        return True
    state.push("bullet_list_open", "ul", 1).map = [start_line, start_line + 1]
    outer, state.parentType = state.parentType, "list"
    line = start_line
    kind = marker.kind
    while marker is not None and marker.kind == kind:
        _read_item(state, line, end_line, marker)
        line = state.line
        ended = line >= end_line or state.sCount[line] < state.blkIndent
        marker = None if ended or hr(state, line, end_line, True) else _read_marker(state, line)
    state.parentType = outer
    state.push("bullet_list_close", "ul", -1)
    return True


def markdown_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule of Markdown, where four blanks make indented code: markdown-it's."""
    marker = _read_marker(state, start_line)
    if marker is None or (_interrupts(state, start_line, silent=silent) and not _may_interrupt(state, marker)):
        return False
    return markdown_it_list(state, start_line, end_line, silent)


def _read_marker(state: StateBlock, line: int) -> _Marker | None:
    found = _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return None if found is None else _Marker(kind=found[1] or found[3], number=found[2] or "", end=found.end())


def _interrupts(state: StateBlock, line: int, *, silent: bool) -> bool:
    """Does the site's parser take this line for one that interrupts the text before it?

    It does so too when a quote begins in this line, in which the list would stand.
    """
    if silent:
        return state.parentType == "paragraph" and state.sCount[line] >= state.blkIndent
    for token in reversed(state.tokens):
        if token.nesting <= 0 or token.map is None or token.map[0] != line:
            if token.type == "code_block":
                return True  # blank lines after it may belong to it yet, when this line is looked at
            ends = token.map[1] if token.map is not None else -1
            return token.type == "prose" and not token.meta["level"] and ends == line
    return False


def _may_interrupt(state: StateBlock, marker: _Marker) -> bool:
    """Text is interrupted by an item that is not empty, and by the number 1 only."""
    line_end = state.src.find("\n", marker.end)
    return marker.number in ("", "1") and bool(state.src[marker.end : line_end].strip(" \t"))


def _read_item(state: StateBlock, line: int, end_line: int, marker: _Marker) -> None:
    start = state.bMarks[line] + state.tShift[line]
    after_marker = state.sCount[line] + marker.end - start
    content, column = _skip_blanks(state, line, marker.end, after_marker)
    empty = content >= state.eMarks[line]
    outer = (state.blkIndent, state.tShift[line], state.sCount[line])
    state.push("list_item_open", "li", 1).map = [line, line + 1]
    state.blkIndent = after_marker + 1 if empty else column
    state.tShift[line], state.sCount[line] = content - state.bMarks[line], column
    if empty and state.isEmpty(line + 1):
        # Such an item has no more lines than this.
        state.line = min(line + 2, end_line)
    else:
        state.md.block.tokenize(state, line, end_line)
    state.blkIndent, state.tShift[line], state.sCount[line] = outer
    state.push("list_item_close", "li", -1)


def _skip_blanks(state: StateBlock, line: int, at: int, column: int) -> tuple[int, int]:
    """The offset and the column of the next character that is not blank."""
    while at < state.eMarks[line] and state.src[at] in " \t":
        column += 4 - (column + state.bsCount[line]) % 4 if state.src[at] == "\t" else 1
        at += 1
    return at, column


def footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: tokens "footnote_open" and "footnote_close"; its lines are indented by four."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = _FOOTNOTE.match(state.src, start, state.eMarks[start_line])
    if found is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    outer = (state.blkIndent, state.tShift[start_line], state.sCount[start_line], state.parentType)
    state.push("footnote_open", "", 1).map = [start_line, start_line + 1]
    state.blkIndent += 4
    state.tShift[start_line] = found.end() - state.bMarks[start_line]
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent, state.tShift[start_line], state.sCount[start_line], state.parentType = outer
    state.push("footnote_close", "", -1)
    return True
