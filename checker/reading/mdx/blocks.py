"""The block parser of markdown-it with other rules, output of tokens in batches, and a depth limit.

Most lines are text of a paragraph: a rule is tried only for lines with a first character that its blocks may
begin with.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from markdown_it.ruler import Ruler
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from checker.reading.mdx.notes import notes_of

# Called with the state, the first line, the line after the last, and whether only to test if a block begins.
Function = Callable[[StateBlock, int, int, bool], bool]


class Rule(Struct, frozen=True):
    """A rule of the block parser.

    `interrupts` names the chains of blocks that it interrupts. `begins` contains the possible first
    characters, after blanks, of its blocks, `below` those of their second lines; an empty text allows any.
    """

    name: str
    function: Function
    interrupts: list[str]
    begins: str = ""
    below: str = ""


# The rules to try for a line by its first character, and those for any other line.
_Chains = tuple[dict[str, tuple[Function, ...]], tuple[Function, ...]]

# Enough for any lesson, and little enough for Python's stack, which needs up to three frames for each level.
MAX_DEPTH = 100


# Tokens are taken from the parser in batches of this size: all of them would need more memory than the text.
_MANY_TOKENS = 64
# Receives the tokens.
Outlet = Callable[[list[Token]], None]


class Blocks:
    """A block parser with these rules, in the order in which they are tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        # markdown-it's own lists and quotes ask it for rules that interrupt them.
        self.ruler = Ruler[Function]()
        for rule in rules:
            self.ruler.push(rule.name, rule.function, {"alt": rule.interrupts})
        self._below = "".join(rule.below for rule in rules)
        self._beginning = _by_first(rules)
        chains = {chain for rule in rules for chain in rule.interrupts}
        self._interrupting = {
            chain: _by_first([rule for rule in rules if chain in rule.interrupts]) for chain in chains
        }

    def interrupts(self, chain: str, state: StateBlock, line: int, end_line: int) -> bool:
        """Whether a block begins in this line, which is not empty, that interrupts those of the chain."""
        text, begins, blanks = state.src, state.bMarks, state.tShift
        below = line + 1
        is_above = below < end_line and text[begins[below] + blanks[below]] in self._below
        by_first, others = self._interrupting[chain][is_above]
        for rule in by_first.get(text[begins[line] + blanks[line]], others):
            if rule(state, line, end_line, True):
                return True
        return False

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 markdown-it's
        """Read the blocks in these lines; containers that are nested too deeply are refused."""
        if state.level >= MAX_DEPTH:
            _refuse_depth(state, startLine, endLine)
            return
        outlet: Outlet | None = None if state.level else state.env["outlet"]
        finished = 0
        text, begins, blanks, ends = state.src, state.bMarks, state.tShift, state.eMarks
        # Rules restore these.
        columns, indent = state.sCount, state.blkIndent
        line = startLine
        while line < endLine:
            start = begins[line] + blanks[line]
            if start >= ends[line]:
                line = state.skipEmptyLines(line)
                start = begins[line] + blanks[line]
            state.line = line
            if line >= endLine or columns[line] < indent:
                return
            if outlet is not None:
                if finished >= _MANY_TOKENS:
                    _drain(state, outlet, finished)
                # Rules look back at the tokens of the block before.
                finished = len(state.tokens)
            below = line + 1
            is_above = below < endLine and text[begins[below] + blanks[below]] in self._below
            by_first, others = self._beginning[is_above]
            # The last rule, that of paragraphs, accepts every line.
            for rule in by_first.get(text[start], others):
                if rule(state, line, endLine, False):
                    break
            assert state.line > line
            line = state.line
            if line < endLine and begins[line] + blanks[line] >= ends[line]:
                state.line = line = line + 1


class Parser:
    """What rules of markdown-it need of the whole parser, which would also import its inline rules."""

    def __init__(self, blocks: Blocks) -> None:
        self.block = blocks
        self.options = {"html": True}

    def __getitem__(self, name: Literal["block"]) -> Blocks:
        return self.block


def blocks_of(state: StateBlock) -> Blocks:
    """The active block parser."""
    blocks: Blocks = state.md.block  # type: ignore[assignment]
    return blocks


def _by_first(rules: Sequence[Rule]) -> tuple[_Chains, _Chains]:
    """The rules for lines above any line, and those for lines above one with a required beginning."""
    return _asked([rule for rule in rules if not rule.below]), _asked(rules)


def _asked(rules: Sequence[Rule]) -> _Chains:
    by_first = {
        first: tuple(each.function for each in rules if not each.begins or first in each.begins)
        for rule in rules
        for first in rule.begins
    }
    return by_first, tuple(each.function for each in rules if not each.begins)


def _drain(state: StateBlock, outlet: Outlet, finished: int) -> None:
    """Pass on a batch of tokens, at the beginning of a top-level block."""
    outlet(state.tokens[:finished])
    del state.tokens[:finished]
    notes_of(state).forget(state.bMarks[state.line])


def _refuse_depth(state: StateBlock, start_line: int, end_line: int) -> None:
    at = state.bMarks[start_line] + state.tShift[start_line]
    message = f"lists and quotes are nested more than {MAX_DEPTH} deep here: what follows in them is not read"
    notes_of(state).refuse(at, at, at + 1, message)
    line = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
