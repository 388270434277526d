"""The block parser of markdown-it with other rules, and what it does with tokens and with deep nesting."""

from collections.abc import Callable

from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from checker.reading.mdx.notes import notes_of

Rules = list[tuple[str, RuleFuncBlockType, list[str]]]

# Enough for any lesson, and few enough for Python's stack, which holds up to three frames for each.
MAX_DEPTH = 100


# Takes the tokens of blocks that nothing before or after can change any more.
Taker = Callable[[list[Token]], None]


class Outlet:
    """Takes a document's tokens from the parser block by block: all of them would need more than the text.

    The tokens of the block before this one stay, for rules look back at them. `take` is given the others.
    """

    def __init__(self, take: Callable[[list[Token]], None]) -> None:
        self._take = take
        self._finished = 0

    def drain(self, state: StateBlock) -> None:
        """Take what is finished when a block begins that stands in no other."""
        self._take(state.tokens[: self._finished])
        del state.tokens[: self._finished]
        self._finished = len(state.tokens)


class Blocks(ParserBlock):
    """A block parser with these rules: name, function, and the chains of blocks that the rule interrupts."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncBlockType]()
        self.ruler.push("drain", _drain)
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


def _drain(state: StateBlock, line: int, _end_line: int, silent: bool) -> bool:
    """A rule that is asked before all others, and never begins a block."""
    if not silent and not state.level:
        outlet: Outlet = state.env["outlet"]
        outlet.drain(state)
        notes_of(state).forget(state.bMarks[line])
    return False
