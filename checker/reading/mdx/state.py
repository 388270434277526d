"""The block parser's knowledge about a text's lines, and the tokens that it makes.

Both replace markdown-it's for speed: it scans the blanks before a line one by one, and its tokens have twice
as many fields, for a renderer. Together that took a quarter of the time of block parsing.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, count, repeat
from operator import add, sub
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, cast

from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from checker.reading.mdx.blocks import Parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


NOTHING: Mapping[str, Any] = MappingProxyType({})


class _Token(Struct):
    """The token fields that rules, ours and markdown-it's, use."""

    type: str
    tag: str
    nesting: Literal[-1, 0, 1]
    level: int
    map: Sequence[int] | None = None
    # Rules replace these or leave them: a new dict for each token would be wasteful.
    meta: Mapping[str, Any] = NOTHING
    attrs: Mapping[str, str | int | float] = NOTHING
    markup: str = ""
    info: str = ""
    content: str = ""
    hidden: bool = False


# For the type checker, and for rules, it is markdown-it's.
make_token = cast("Callable[..., Token]", _Token)


class State(StateBlock):
    r"""The initial state of a parser; the text ends in `\n`, as does each of its lines."""

    def __init__(self, text: str, parser: Parser, env: dict[str, Any]) -> None:
        super().__init__("", cast("MarkdownIt", parser), env, [])
        self.src = text
        # An empty line follows the last one, because rules may look at the line after theirs.
        lines = text.split("\n")
        lengths = list(map(len, lines))
        # For each line: its start and end, the number of leading blanks, and the column that they reach.
        self.eMarks = list(map(add, accumulate(lengths), count()))
        self.bMarks = list(map(sub, self.eMarks, lengths))
        self.tShift = list(map(sub, lengths, map(len, map(str.lstrip, lines, repeat(" \t")))))
        self.sCount = list(map(_columns, lines, self.tShift)) if "\t" in text else self.tShift.copy()
        self.bsCount = [0] * len(lines)
        self.lineMax = len(lines) - 1

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token at the level of the enclosing blocks."""
        if nesting < 0:
            self.level -= 1
        token = make_token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def _columns(line: str, blanks: int) -> int:
    """The column that the blanks at the beginning of a line reach; tab stops are every four columns."""
    return len(line[:blanks].expandtabs(4)) if "\t" in line else blanks
