"""HTML blocks of Markdown, whose comments may contain directives; MDX has none."""

from markdown_it.rules_block.state_block import StateBlock

from checker.reading.mdx.prose import continues_lazily


def html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's token, with the offsets of the block in its meta.

    A tag of any name cannot interrupt a paragraph. The site's parser allows it where the text is a table, and
    where the line lazily continues the paragraph of a quote or list item; then it is a block of one line.
    """
    if silent and (state.parentType in ("table", "blockquote") or state.sCount[start_line] < state.blkIndent):
        return _begins(state, start_line)
    any_name = not _html_block(state, start_line, end_line, True)
    last = start_line + 1 if any_name and continues_lazily(state, start_line) else end_line
    found = _html_block(state, start_line, last, silent)
    if found and not silent:
        start = state.bMarks[start_line] + state.tShift[start_line]
        state.tokens[-1].meta = {"start": start, "end": state.eMarks[state.line - 1]}
    return found


def _begins(state: StateBlock, line: int) -> bool:
    """Whether an HTML block of any kind begins in this line."""
    kept = state.line, len(state.tokens)
    found = _html_block(state, line, line + 1, False)
    state.line = kept[0]
    del state.tokens[kept[1] :]
    return found


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    # Imported here: MDX has none, and compiling its patterns takes as long as reading a lesson.
    from markdown_it.rules_block.html_block import html_block

    return html_block(state, start_line, end_line, silent)
