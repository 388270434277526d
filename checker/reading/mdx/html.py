"""HTML blocks of Markdown; MDX has none. Comments among them may hold directives."""

from markdown_it.rules_block import StateBlock, html_block


def html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's token, with the offsets of the block in its meta."""
    found = html_block(state, start_line, end_line, silent)
    if found and not silent:
        start = state.bMarks[start_line] + state.tShift[start_line]
        state.tokens[-1].meta = {"start": start, "end": state.eMarks[state.line - 1]}
    return found
