"""Thematic breaks, which part a text: three or more of the same mark, and nothing else in their line."""

from markdown_it.rules_block.state_block import StateBlock

from checker.patterns import regex

_BREAK = regex(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")


def is_break(state: StateBlock, line: int) -> bool:
    """Is this line a thematic break?"""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.src[end - 1] not in "-*_ \t":  # most lines that begin as one does
        return False
    found = _BREAK.match(state.src, start, end)
    return found is not None and not state.is_code_block(line)


def hr(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's token."""
    if not is_break(state, start_line):
        return False
    if not silent:
        state.line = start_line + 1
        state.push("hr", "hr", 0).map = [start_line, state.line]
    return True
