"""The block parser of markdown-it with other rules, and what it does with what is nested too deep."""

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from checker.reading.mdx.notes import notes_of

Rules = list[tuple[str, RuleFuncBlockType, list[str]]]

# Enough for any lesson, and few enough for Python's stack, which holds up to three frames for each.
MAX_DEPTH = 100


class Blocks(ParserBlock):
    """A block parser with these rules: name, function, and the chains of blocks that the rule interrupts."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, interrupts in rules:
            self.ruler.push(name, rule, {"alt": interrupts})

    def tokenize(self, state: StateBlock, start_line: int, end_line: int) -> None:
        """Read the blocks in these lines; those of a container that is nested too deep are refused."""
        if state.level < MAX_DEPTH:
            super().tokenize(state, start_line, end_line)
            return
        at = state.bMarks[start_line] + state.tShift[start_line]
        message = (
            f"lists and quotes are nested more than {MAX_DEPTH} deep here: what follows in them is not read"
        )
        notes_of(state).refuse(at, at, at + 1, message)
        line = start_line + 1
        while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            line += 1
        state.line = line
