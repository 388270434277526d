"""Tables as in GFM: a row above a row of dashes, and more rows until another block begins."""

from markdown_it.rules_block.state_block import StateBlock

from checker.patterns import regex
from checker.reading.mdx.blocks import blocks_of
from checker.reading.mdx.prose import add_line

_DASHES = regex(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ESCAPED = regex(r"\\[\\|]")


def rows(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: a passage and a token "row" for each row of a table except the row of dashes.

    It is tried for lines above one that begins like a row of dashes.
    """
    if not _is_head(state, start_line):
        return False
    if silent:
        return True
    blocks = blocks_of(state)
    outer, state.parentType = state.parentType, "table"
    line = start_line + 2
    while line < end_line and _may_be_row(state, line):
        if blocks.interrupts("table", state, line, end_line):
            break
        line += 1
    state.parentType = outer
    for row in (start_line, *range(start_line + 2, line)):
        add_line(state, row, (state.bMarks[row] + state.tShift[row], state.eMarks[row]), "row")
    state.line = line
    return True


def _is_head(state: StateBlock, line: int) -> bool:
    """Whether this line and the next have the same number of cells, the next one of dashes."""
    start = state.bMarks[line + 1] + state.tShift[line + 1]
    dashes = _DASHES.match(state.src, start, state.eMarks[line + 1])
    if dashes is None or not ("|" in dashes[0] or ":" in dashes[0]):
        return False
    if state.is_code_block(line) or not _may_be_row(state, line + 1):
        return False
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")
    # A single bar is no row.
    return len(text) > 1 and _count_cells(text) == _count_cells(dashes[0].rstrip(" \t"))


def _may_be_row(state: StateBlock, line: int) -> bool:
    """Whether this line can continue a table; a lazy continuation of a list item or quote cannot."""
    return not state.isEmpty(line) and state.sCount[line] >= state.blkIndent and not state.is_code_block(line)


def _count_cells(row: str) -> int:
    """The number of cells in a row without blanks around it; bars at its ends are optional."""
    plain = _ESCAPED.sub("x", row) if "\\" in row else row
    return plain.count("|") + 1 - plain.startswith("|") - plain.endswith("|")
