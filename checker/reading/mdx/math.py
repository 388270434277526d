"""Formulas between lines of dollars, where the site adds them to MDX; braces in them are text."""

from markdown_it.rules_block.state_block import StateBlock

from checker.patterns import regex
from checker.reading.mdx.notes import notes_of

_OPENING = regex(r"(\${2,})[^$]*$")
_CLOSING = regex(r"(\${2,})[ \t]*$")


def math(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: a token "math" for all lines of a formula, which ends like a fence."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    opening = _OPENING.match(state.src, start, state.eMarks[start_line])
    if opening is None or "math" not in notes_of(state).extensions or state.is_code_block(start_line):
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and (state.sCount[line] >= state.blkIndent or state.isEmpty(line)):
        start = state.bMarks[line] + state.tShift[line]
        closing = _CLOSING.match(state.src, start, state.eMarks[line])
        line += 1
        if closing is not None and len(closing[1]) >= len(opening[1]):
            break
    state.push("math", "", 0).map = [start_line, line]
    state.line = line
    return True
