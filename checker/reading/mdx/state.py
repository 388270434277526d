"""What the block parser knows of a text's lines, and the tokens that it makes of them.

Both are markdown-it's, made faster: it looks at the blanks before a line one by one, and its tokens have
twice as many fields, for a renderer. Together that took a quarter of the time in which blocks are read.
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
    """What rules, ours and markdown-it's, set and ask of a token."""

    type: str
    tag: str
    nesting: Literal[-1, 0, 1]
    level: int
    map: Sequence[int] | None = None
    # Rules set these or leave them: a dict of its own for each of them would be made in vain.
    meta: Mapping[str, Any] = NOTHING
    attrs: Mapping[str, str | int | float] = NOTHING
    markup: str = ""
    info: str = ""
    content: str = ""
    hidden: bool = False


# To the type checker, and to rules, it is markdown-it's.
make_token = cast("Callable[..., Token]", _Token)


class State(StateBlock):
    r"""The state of a parser that has not begun; the text ends in `\n`, as each of its lines does."""

    def __init__(self, text: str, parser: Parser, env: dict[str, Any]) -> None:
        super().__init__("", cast("MarkdownIt", parser), env, [])
        self.src = text
        # Behind the last line stands an empty one: rules may look at the line after theirs.
        lines = text.split("\n")
        lengths = list(map(len, lines))
        # By lines: where they begin and end, how many blanks come first, and which column these reach.
        self.eMarks = list(map(add, accumulate(lengths), count()))
        self.bMarks = list(map(sub, self.eMarks, lengths))
        self.tShift = list(map(sub, lengths, map(len, map(str.lstrip, lines, repeat(" \t")))))
        self.sCount = list(map(_columns, lines, self.tShift)) if "\t" in text else self.tShift.copy()
        self.bsCount = [0] * len(lines)
        self.lineMax = len(lines) - 1

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token; its level is that of the blocks around it."""
        if nesting < 0:
            self.level -= 1
        token = make_token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def _columns(line: str, blanks: int) -> int:
    """The column that the blanks at the beginning of a line reach to; tab stops are every four columns."""
    return len(line[:blanks].expandtabs(4)) if "\t" in line else blanks
