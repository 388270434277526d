"""Paragraphs and headings: the text of a lesson, parts of which MDX may refuse."""

from typing import Literal

from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token

from checker.model import Prose
from checker.patterns import regex
from checker.reading.mdx.blocks import blocks_of
from checker.reading.mdx.notes import notes_of
from checker.reading.mdx.positions import ONE_LINE, Stretch, stretch
from checker.reading.mdx.state import NOTHING, make_token

_UNDERLINE = regex(r"(?:=+|-+)[ \t]*$")
_HASHES = regex(r"(#{1,6})(?:[ \t]+|$)")


def paragraph(state: StateBlock, start_line: int, end_line: int, _silent: bool) -> bool:
    """The rule: a token "prose" with a Stretch; an underlined paragraph is a heading of level 1 or 2.

    Link definitions count as paragraphs, because they cannot be told apart before their end.
    """
    line = start_line + 1
    if line >= end_line or state.bMarks[line] + state.tShift[line] >= state.eMarks[line]:  # most are one line
        state.line = line
        begin = state.bMarks[start_line] + state.tShift[start_line]
        add_line(state, start_line, (begin, state.eMarks[start_line]), "prose")
        return True
    line, level = _read_on(state, start_line, end_line)
    state.line = line
    last = line - 2 if level else line - 1
    where = stretch(state, start_line, last + 1)
    words = where.text.rstrip(" \t")
    passage = Prose(level, words, where.at(0), where.at(len(words) - 1) + 1)
    notes_of(state).passages.append(passage)
    meta = {"stretch": where} if "<" in words or "{" in words else NOTHING
    kind = "heading" if level else "prose"
    state.tokens.append(make_token(kind, "", 0, state.level, (start_line, line), meta))
    return True


def _read_on(state: StateBlock, start_line: int, end_line: int) -> tuple[int, int]:
    """The line after a paragraph of several lines, and its level when the last one underlines it."""
    blocks = blocks_of(state)
    outer, state.parentType = state.parentType, "paragraph"
    level = 0
    line = start_line + 1
    notes = notes_of(state)
    held_to = notes.held_to(state, start_line)
    while line < end_line and not level and not state.isEmpty(line):
        # Such blanks would make indented code, which cannot interrupt; a negative count marks a line that a
        # quote has processed already.
        if not state.is_code_block(line) and state.sCount[line] >= 0:
            level = _underlined(state, line)
            chain = "paragraph" if line > held_to else "held paragraph"
            if not level and blocks.interrupts(chain, state, line, end_line):
                break
            if notes.looked_through:
                held_to = max(held_to, notes.held_to(state, line))
        line += 1
    state.parentType = outer
    return line, level


def heading(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """The rule: a token "prose" for a heading that begins with hashes."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    hashes = _HASHES.match(state.src, start, state.eMarks[start_line])
    if hashes is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    begin = hashes.end()
    text = state.src[begin : state.eMarks[start_line]].rstrip(" \t")
    if text.endswith("#"):
        open_end = text.rstrip("#")
        text = open_end.rstrip(" \t") if not open_end or open_end.endswith((" ", "\t")) else text
    if not text:
        begin = hashes.end(1)
    state.line = start_line + 1
    add_line(state, start_line, (begin, begin + len(text)), "heading", len(hashes[1]))
    return True


def add_line(
    state: StateBlock,
    line: int,
    place: tuple[int, int],
    kind: Literal["prose", "heading", "row"],
    level: int = 0,
) -> None:
    """Add a passage of one line, and a token with its Stretch when MDX may have to read it."""
    begin, end = place
    text = state.src[begin:end]
    words = text.rstrip(" \t")
    notes_of(state).passages.append(Prose(level, words, begin, begin + len(words)))
    meta = {"stretch": Stretch(text, ONE_LINE, [begin])} if "<" in text or "{" in text else NOTHING
    state.tokens.append(make_token(kind, "", 0, state.level, (line, line + 1), meta))


def is_paragraph_before(token: Token, line: int) -> bool:
    """Whether this is a paragraph that ends just before the line."""
    return token.type == "prose" and token.map is not None and token.map[1] == line


def continues_lazily(state: StateBlock, line: int) -> bool:
    """Whether this line lazily continues the paragraph of a list item, quote or footnote it is not in."""
    for closed, token in enumerate(reversed(state.tokens)):
        if token.nesting >= 0:
            return closed > 0 and is_paragraph_before(token, line)
    return False


def _underlined(state: StateBlock, line: int) -> int:
    """The level of the heading that this line makes of the paragraph above it, or 0."""
    start = state.bMarks[line] + state.tShift[line]
    # Few lines begin like an underline.
    if state.src[start] not in "=-" or state.sCount[line] < state.blkIndent:
        return 0
    if not _UNDERLINE.match(state.src, start, state.eMarks[line]):
        return 0
    return 1 if state.src[start] == "=" else 2
