"""Fenced code, exactly as the site's parser reads it, and where each of its lines begins."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from markdown_it.rules_block.state_block import StateBlock
from msgspec import Struct

from checker.model import CodeLine
from checker.patterns import regex
from checker.reading.mdx.info import split_info
from checker.reading.mdx.notes import notes_of
from checker.reading.mdx.positions import column_of

# The info after backticks contains no backtick; blanks are spaces and tabs only.
_OPENING = regex(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)$")
_CLOSINGS = {"`": regex(r"(`{3,})[ \t]*$"), "~": regex(r"(~{3,})[ \t]*$")}
_CONTAINER = regex(r">|(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)|\[\^[^\[\] \t\n]+\]:")
_BREAK = regex(r"([-*])[ \t]*(?:\1[ \t]*){2,}$")


class FencePart(Struct, frozen=True):
    """The content of a fence's token, with offsets of the text that the block parser reads.

    `lines` has one entry for each line of the code; `closing` is where the closing fence begins.
    """

    marker: str
    lang: str | None
    meta: str | None
    code: str
    closed: bool
    start: int
    closing: int
    end: int
    meta_start: int
    lines: list[CodeLine]


def fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: a token "fence" with a FencePart."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    opening = _OPENING.match(state.src, start, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    marker = opening[1]
    last, closed = _find_end(state, start_line, end_line, marker)
    lines = _begins(state, start_line, last)
    lang, meta, meta_at = split_info(opening[2])
    token = state.push("fence", "code", 0)
    token.map = [start_line, last + closed]
    token.meta = {
        "fence": FencePart(
            marker=marker,
            lang=lang,
            meta=meta,
            code=_code(state, start_line, last, lines, closed=closed),
            closed=closed,
            start=start,
            closing=state.bMarks[last] + state.tShift[last],
            end=state.eMarks[last if closed else last - 1],
            meta_start=opening.start(2) + meta_at if meta_at >= 0 else -1,
            lines=lines,
        )
    }
    state.line = last + closed
    return True


def _code(state: StateBlock, start_line: int, last: int, lines: list[CodeLine], *, closed: bool) -> str:
    """The code in these lines, without the line that the site's parser loses, if any."""
    if closed and _stands_alone(state, start_line):
        return state.src[lines[0].offset : state.eMarks[last - 1]] if lines else ""
    ends = state.eMarks[start_line + 1 : last]
    texts = [" " * each.pad + state.src[each.offset : end] for each, end in zip(lines, ends, strict=True)]
    if texts and not texts[-1] and not closed and _is_cut_off(state, last):
        del texts[-1], lines[-1]
    return "\n".join(texts)


def _find_end(state: StateBlock, start_line: int, end_line: int, marker: str) -> tuple[int, bool]:
    """The line of the closing fence, or the first line after the fence, and whether it is closed."""
    closing = _CLOSINGS[marker[0]]
    lines = range(start_line + 1, end_line)
    for line in lines if state.level else _lines_with(state, marker, lines):
        start = state.bMarks[line] + state.tShift[line]
        if start >= state.eMarks[line]:
            continue
        if state.sCount[line] < state.blkIndent:
            return line, False
        if state.src[start] == marker[0] and not state.is_code_block(line):
            found = closing.match(state.src, start, state.eMarks[line])
            if found is not None and len(found[1]) >= len(marker):
                return line, True
    return end_line, False


def _lines_with(state: StateBlock, marker: str, lines: range) -> Iterator[int]:
    """The lines in which a top-level fence may close; few contain its marker."""
    at = state.bMarks[lines.start]
    while lines and (at := state.src.find(marker, at, state.eMarks[lines[-1]])) >= 0:
        line = bisect_right(state.bMarks, at) - 1
        yield line
        at = state.eMarks[line]


def _begins(state: StateBlock, start_line: int, end_line: int) -> list[CodeLine]:
    """Where the lines of code in between begin."""
    lines = range(start_line + 1, end_line)
    if _stands_alone(state, start_line):
        return list(map(CodeLine, state.bMarks[start_line + 1 : end_line]))
    return [_begin(state, line, _indent(state, start_line, line)) for line in lines]


def _stands_alone(state: StateBlock, start_line: int) -> bool:
    """Whether the fence is not nested and begins its line, as most do."""
    return not state.sCount[start_line] and not state.level


def _indent(state: StateBlock, start_line: int, line: int) -> int:
    """The number of columns of blanks that are removed from a line of code."""
    kept = notes_of(state).kept_indent
    return state.sCount[start_line] - (kept if kept and state.isEmpty(line) else 0)


def _begin(state: StateBlock, line: int, indent: int) -> CodeLine:
    """Where a line of code begins after the fence's indentation is removed, and the rest of a tab."""
    at, end = state.bMarks[line], state.eMarks[line]
    if not indent and state.src[at : at + 1] != "\t":
        return CodeLine(at)
    columns = 0
    before = column_of(state.src, at)
    # A quote mark takes one column of the tab after it; the block parser leaves that tab in the line.
    if at < end and state.src[at] == "\t" and state.src[at - 1 : at] == ">":
        before += 1
        columns = 4 - before % 4
        at += 1
    while at < end and columns < indent and state.src[at] in " \t":
        columns += 4 - (before + columns) % 4 if state.src[at] == "\t" else 1
        at += 1
    return CodeLine(at, max(columns - indent, 0))


def _is_cut_off(state: StateBlock, line: int) -> bool:
    """Whether a line of text ends the fence, and not the document, a new list item, quote or footnote.

    The site's parser then takes the fence's last line ending for that of the container, so one blank line is
    lost. The same happens when the document's last line has no ending, and when it has one and ends a quote.
    """
    if line >= len(state.bMarks) - 1:
        return notes_of(state).ends_in_line or _is_in_quote(state)
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return not _CONTAINER.match(state.src, start, end) or _BREAK.match(state.src, start, end) is not None


def _is_in_quote(state: StateBlock) -> bool:
    """Whether one of the open containers has to be marked in each of its lines."""
    opened = Counter(token.type for token in state.tokens)
    return opened["blockquote_open"] > opened["blockquote_close"]
