"""HTML blocks of Markdown, whose comments may contain directives; MDX has none."""

from markdown_it.rules_block.state_block import StateBlock

from checker.reading.mdx.prose import continues_lazily, is_paragraph_before, paragraph


def html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: markdown-it's token, with the offsets of the block in its meta.

    A tag of any name cannot interrupt a paragraph. The site's parser allows it where the text is a table, and
    where the line lazily continues the paragraph of a container; then it is a block of one line.
    """
    if silent and (state.parentType in ("table", "blockquote") or state.sCount[start_line] < state.blkIndent):
        return _begins(state, start_line)
    if silent:
        return _html_block(state, start_line, end_line, True)
    is_lazy = _is_any_tag(state, start_line) and continues_lazily(state, start_line)
    return _read(state, start_line, start_line + 1 if is_lazy else end_line)


def paragraph_and_tag(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule of paragraphs, and of a tag of any name that lazily continues the paragraph of a list item.

    To the site's parser such a tag stands in the item, which may go on below it.
    """
    paragraph(state, start_line, end_line, silent)
    line = state.line
    is_outside = line < end_line and 0 <= state.sCount[line] < state.blkIndent
    if is_outside and is_paragraph_before(state.tokens[-1], line) and _is_any_tag(state, line):
        _read(state, line, end_line)
    return True


def _is_any_tag(state: StateBlock, line: int) -> bool:
    """Is HTML in this line a tag of any name, and none of the kinds that may interrupt a paragraph?"""
    return not _html_block(state, line, line + 1, True)


def _read(state: StateBlock, line: int, end_line: int) -> bool:
    found = _html_block(state, line, end_line, False)
    if found:
        start = state.bMarks[line] + state.tShift[line]
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
