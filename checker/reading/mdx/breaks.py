"""Thematic breaks: three or more of the same mark, alone on a line."""

from markdown_it.rules_block.state_block import StateBlock

from checker.patterns import regex

_BREAK = regex(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")


def hr(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's token."""
    end = state.eMarks[start_line]
    if state.src[end - 1] not in "-*_ \t":  # most lines with this first character are no break
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if _BREAK.match(state.src, start, end) is None or state.is_code_block(start_line):
        return False
    if not silent:
        state.line = start_line + 1
        state.push("hr", "hr", 0).map = [start_line, state.line]
    return True
