"""Lists, quotes and footnotes. MDX has no indented code, so any number of blanks may precede a marker."""

import re
from collections.abc import Iterator

from markdown_it.rules_block.blockquote import blockquote
from markdown_it.rules_block.list import list_block as markdown_it_list
from markdown_it.rules_block.state_block import StateBlock

from checker.model import Prose
from checker.patterns import regex
from checker.reading.mdx.blocks import MAX_DEPTH
from checker.reading.mdx.notes import notes_of
from checker.reading.mdx.positions import column_of
from checker.reading.mdx.prose import is_paragraph_before

# Not a thematic break.
_MARKER = regex(r"(?!([-*])[ \t]*(?:\1[ \t]*){2,}$)([-+*]|[0-9]{1,9}[.)])(?:[ \t]+|$)")
# Text in which no block begins.
_WORDS = regex(r"[^-+*_`~<{$>#\[0-9ie]|\*\*?[^*\s]|__?[^_\s]|`(?!``)|\[(?!\^)")
# Neither a marker of an item, nor allowed directly after one.
_BOLD = "**"
# Only items with these markers may interrupt a paragraph.
_FIRST_MARKERS = frozenset(("-", "+", "*", "1.", "1)"))
_FOOTNOTE = regex(r"\[\^(?:[^\[\]\\ \t\n]|\\[\[\]\\]?){1,999}\]:[ \t]*")


def list_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's tokens for bullet lists, whatever the marker."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src.startswith(_BOLD, start):  # a third of the lines that begin with the sign
        return False
    marker = _read_first_marker(state, start_line, silent=silent)
    if marker is None:
        return False
    if silent:
        return True
    state.push("bullet_list_open", "ul", 1).map = [start_line, start_line + 1]
    outer, state.parentType = state.parentType, "list"
    # Its last character distinguishes lists.
    kind = marker[2][-1]
    line = start_line
    while marker is not None and marker[2][-1] == kind:
        line, marker = _read_item(state, line, end_line, marker)
    state.line = line
    state.parentType = outer
    state.push("bullet_list_close", "ul", -1)
    return True


def markdown_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule for Markdown, where four blanks make indented code: markdown-it's."""
    if _read_first_marker(state, start_line, silent=silent) is None:
        return False
    return markdown_it_list(state, start_line, end_line, silent)


def _read_marker(state: StateBlock, line: int) -> re.Match[str] | None:
    """The marker of a list item and the blanks after it."""
    return _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _read_first_marker(state: StateBlock, line: int, *, silent: bool) -> re.Match[str] | None:
    """The marker that begins a list; only an item that has text, and number 1, may interrupt a paragraph."""
    marker = _read_marker(state, line)
    if marker is None or not _interrupts(state, line, silent=silent):
        return marker
    has_text = marker.end() < state.eMarks[line]
    return marker if has_text and marker[2] in _FIRST_MARKERS else None


def _interrupts(state: StateBlock, line: int, *, silent: bool) -> bool:
    """Whether the site's parser treats this line as one that interrupts the text before it.

    It also does so when a quote begins in this line and the list would be inside that quote.
    """
    if silent:
        return state.parentType == "paragraph" and state.sCount[line] >= state.blkIndent
    for token in reversed(state.tokens):
        begins_here = token.nesting > 0 and token.map is not None and token.map[0] == line
        if not begins_here:
            # For the parser, blank lines after indented code belong to it until something else is read.
            return token.type == "code_block" or is_paragraph_before(token, line)
    return False


def _read_item(
    state: StateBlock, line: int, end_line: int, marker: re.Match[str]
) -> tuple[int, re.Match[str] | None]:
    """Read an item; returns where to continue, and the marker of the next item, if any."""
    content = marker.end()
    after_marker = state.sCount[line] + len(marker[2])
    column = _column_after(marker, after_marker, state.bsCount[line])
    empty = content >= state.eMarks[line]
    indent = after_marker + 1 if empty else column
    if not empty and (found := _line_of_words(state, line, end_line, content, indent)) is not None:
        return found
    outer = (state.blkIndent, state.tShift[line], state.sCount[line])
    state.push("list_item_open", "li", 1).map = [line, line + 1]
    state.blkIndent = indent
    state.tShift[line], state.sCount[line] = content - state.bMarks[line], column
    if empty and state.isEmpty(line + 1):
        # Such an item has at most this line.
        state.line = min(line + 2, end_line)
    else:
        state.md.block.tokenize(state, line, end_line)
    state.push("list_item_close", "li", -1).meta = {"indent": indent}
    state.blkIndent, state.tShift[line], state.sCount[line] = outer
    below = state.line
    return below, _next_marker(state, below, end_line)


def _next_marker(state: StateBlock, line: int, end_line: int) -> re.Match[str] | None:
    """The marker in a line that is not empty, unless the list has ended above it."""
    if line >= end_line or state.sCount[line] < state.blkIndent:
        return None
    return _read_marker(state, line)


def _line_of_words(
    state: StateBlock, line: int, end_line: int, content: int, indent: int
) -> tuple[int, re.Match[str] | None] | None:
    """Read an item that is one line of text, as most are; None, without effect, when it may be more.

    It is a single line when no block begins in it, and the next line is another item or, after blank lines,
    not part of the item. Nothing refers back to such an item and it contains nothing to be read, so it needs
    no tokens.
    """
    end = state.eMarks[line]
    if state.level + 1 >= MAX_DEPTH or not _WORDS.match(state.src, content, end):
        return None
    below = line + 1
    if below >= end_line:  # what comes after the list may continue its text
        return None
    marker = None
    if not state.isEmpty(below):
        is_outside = 0 <= state.sCount[below] < indent
        if not is_outside or (marker := _read_marker(state, below)) is None:
            return None
        if state.sCount[below] < state.blkIndent:
            marker = None
    else:
        below += 1
        if below < end_line and state.isEmpty(below):
            below = state.skipEmptyLines(below)
        if below < end_line and state.sCount[below] >= indent:
            return None
        marker = _next_marker(state, below, end_line)
    words = state.src[content:end].rstrip(" \t")
    if "<" in words or "{" in words:
        return None
    notes_of(state).passages.append(Prose(0, words, content, content + len(words)))
    return below, marker


def _column_after(marker: re.Match[str], column: int, base: int) -> int:
    """The column after the blanks that follow a marker, which begin at `column`."""
    blanks = marker[0][len(marker[2]) :]
    if "\t" not in blanks:
        return column + len(blanks)
    for blank in blanks:
        column += 4 - (column + base) % 4 if blank == "\t" else 1
    return column


def quote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's, except that an indented `>` does not continue a quote where it is code."""
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
    """The lines up to the next empty one whose quote mark is indented like code."""
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
    # The text counts as indented by four, wherever it begins; tabs keep their stops in the file.
    state.bsCount[start_line] = column_of(state.src, found.end()) - state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.push("footnote_close", "", -1).meta = {"indent": state.blkIndent}
    state.blkIndent, state.tShift[start_line], state.sCount[start_line], state.parentType = outer
    state.bsCount[start_line] = outer_base
    notes.kept_indent -= indent
    return True
