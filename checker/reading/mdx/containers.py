"""Lists, quotes and footnotes; without indented code, as in MDX, a marker may have any blanks before it."""

from collections.abc import Iterator

from markdown_it.rules_block.blockquote import blockquote
from markdown_it.rules_block.list import list_block as markdown_it_list
from markdown_it.rules_block.state_block import StateBlock
from msgspec import Struct

from checker.patterns import regex
from checker.reading.mdx.breaks import is_break
from checker.reading.mdx.notes import notes_of
from checker.reading.mdx.positions import column_of
from checker.reading.mdx.prose import is_paragraph_before

_BULLETS = "-+*"
_NUMBER = regex(r"([0-9]{1,9})([.)])(?=[ \t]|$)")
_FOOTNOTE = regex(r"\[\^(?:[^\[\]\\ \t\n]|\\[\[\]\\]?){1,999}\]:[ \t]*")


class _Marker(Struct, frozen=True):
    """A list item's marker: its last character tells lists apart; `end` is the offset after it."""

    kind: str
    number: str
    end: int


def list_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: the tokens that markdown-it has for bullet lists, whatever the marker."""
    marker = _read_first_marker(state, start_line, silent=silent)
    if marker is None:
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
        marker = None if ended or is_break(state, line) else _read_marker(state, line)
    state.parentType = outer
    state.push("bullet_list_close", "ul", -1)
    return True


def markdown_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule of Markdown, where four blanks make indented code: markdown-it's."""
    if _read_first_marker(state, start_line, silent=silent) is None:
        return False
    return markdown_it_list(state, start_line, end_line, silent)


def _read_marker(state: StateBlock, line: int) -> _Marker | None:
    start = state.bMarks[line] + state.tShift[line]
    sign = state.src[start]
    if sign in _BULLETS:
        return _Marker(sign, "", start + 1) if state.src[start + 1] in " \t\n" else None
    found = _NUMBER.match(state.src, start, state.eMarks[line])
    return found and _Marker(kind=found[2], number=found[1], end=found.end())


def _read_first_marker(state: StateBlock, line: int, *, silent: bool) -> _Marker | None:
    """The marker that begins a list; text is interrupted by an item with text, and by number 1 only."""
    marker = _read_marker(state, line)
    if marker is None or not _interrupts(state, line, silent=silent):
        return marker
    has_text = state.src[marker.end : state.eMarks[line]].strip(" \t")
    return marker if has_text and marker.number in ("", "1") else None


def _interrupts(state: StateBlock, line: int, *, silent: bool) -> bool:
    """Does the site's parser take this line for one that interrupts the text before it?

    It does so, too, when a quote begins in this line and the list would stand in that.
    """
    if silent:
        return state.parentType == "paragraph" and state.sCount[line] >= state.blkIndent
    for token in reversed(state.tokens):
        begins_here = token.nesting > 0 and token.map is not None and token.map[0] == line
        if not begins_here:
            # To the parser, blank lines after indented code belong to it until something else is read.
            return token.type == "code_block" or is_paragraph_before(token, line)
    return False


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
    state.push("list_item_close", "li", -1).meta = {"indent": state.blkIndent}
    state.blkIndent, state.tShift[line], state.sCount[line] = outer


def _skip_blanks(state: StateBlock, line: int, at: int, column: int) -> tuple[int, int]:
    """The offset and the column of the next character that is not blank."""
    while at < state.eMarks[line] and state.src[at] in " \t":
        column += 4 - (column + state.bsCount[line]) % 4 if state.src[at] == "\t" else 1
        at += 1
    return at, column


def quote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's, but that an indented `>` does not continue a quote where it is code."""
    if silent or not _is_quote(state, start_line):
        return blockquote(state, start_line, end_line, silent)
    notes = notes_of(state)
    outer, notes.kept_indent = notes.kept_indent, 0
    indented = list(_indented_marks(state, start_line, end_line))
    for line in indented:
        # The rule looks for the mark where the line's blanks end.
        state.tShift[line] -= 1
    blockquote(state, start_line, end_line, silent)
    for line in indented:
        state.tShift[line] += 1
    notes.kept_indent = outer
    return True


def _is_quote(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return state.src.startswith(">", start) and not state.is_code_block(line)


def _indented_marks(state: StateBlock, start_line: int, end_line: int) -> Iterator[int]:
    """The lines up to the next empty one whose mark of a quote is indented as code is."""
    for line in range(start_line + 1, end_line):
        if state.isEmpty(line):
            return
        start = state.bMarks[line] + state.tShift[line]
        if state.is_code_block(line) and state.src[start] == ">":
            yield line


def footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: tokens "footnote_open" and "footnote_close"; its lines are indented by four."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = _FOOTNOTE.match(state.src, start, state.eMarks[start_line])
    if found is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    outer = (state.blkIndent, state.tShift[start_line], state.sCount[start_line], state.parentType)
    outer_base = state.bsCount[start_line]
    # In a footnote that begins with a footnote, the parser counts the outer one's blanks twice.
    last = state.tokens[-1] if state.tokens else None
    within = last is not None and last.type == "footnote_open" and last.map == [start_line, start_line + 1]
    indent = 0 if within else 4
    state.push("footnote_open", "", 1).map = [start_line, start_line + 1]
    notes = notes_of(state)
    notes.kept_indent += indent
    state.blkIndent += indent
    state.tShift[start_line] = found.end() - state.bMarks[start_line]
    state.sCount[start_line] = state.blkIndent
    # The text counts as indented by four, wherever it begins; tabs in it end where they end in the file.
    state.bsCount[start_line] = column_of(state.src, found.end()) - state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.push("footnote_close", "", -1).meta = {"indent": state.blkIndent}
    state.blkIndent, state.tShift[start_line], state.sCount[start_line], state.parentType = outer
    state.bsCount[start_line] = outer_base
    notes.kept_indent -= indent
    return True
