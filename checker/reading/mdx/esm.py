"""Imports and exports: JavaScript at the beginning of a line, up to a blank line where it is complete."""

from markdown_it.rules_block.state_block import StateBlock

from checker.patterns import regex
from checker.reading.mdx import reasons
from checker.reading.mdx.javascript.modules import Module
from checker.reading.mdx.notes import notes_of
from checker.reading.mdx.refusal import RefusedError

_KEYWORD = regex(r"(?:import|export) ")


def esm(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule: a token "esm".

    It applies only in the first column, outside of lists and quotes, and interrupts a table, but no
    paragraph.
    """
    start = state.bMarks[start_line]
    if state.level or state.tShift[start_line] or not _KEYWORD.match(state.src, start):
        return False
    if silent:
        return True
    notes = notes_of(state)
    if notes.given_up:
        return False
    try:
        line = _read(state, start_line, end_line, Module(notes.imported))
    except RefusedError as error:
        read_to = error.offset if error.offset > start else len(state.src)
        notes.read_in_vain(read_to - start)
        keyword = state.src[start : start + len("import")]
        notes.refuse(start, error.offset, error.offset + 1, reasons.in_module(keyword, error))
        notes.no_modules.add(start)
        return False
    token = state.push("esm", "", 0)
    token.map = [start_line, line]
    token.meta = {"start": start, "end": state.eMarks[line - 1]}
    state.line = line
    return True


def _read(state: StateBlock, line: int, end_line: int, module: Module) -> int:
    """The line after the statements: the first blank line at which they are complete."""
    start = state.bMarks[line]
    while line < end_line and not (state.isEmpty(line) and module.complete()):
        module.feed(state.src, state.bMarks[line], state.eMarks[line])
        line += 1
    if not module.complete():
        raise module.unended(start)
    return line
