"""Claims that comments make about the statements before them: `# -> 3`, `# dtype: int64`, `# [1, 2]`."""

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.patterns import regex

_DTYPE = regex(r"#\s*dtype:\s*(\S.*)")
_SAYS = regex(r"#\s*(?:->|=>)\s*(\S.*)|#>\s?([^\s>].*)")
_ERROR = regex(
    r"(?:raises\s+)?(?:[A-Za-z_]\w*\.)*([A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration))\b"
)
# A plain number, possibly in brackets: steps and remarks are numbered like this.
_NUMBER = regex(r"\(?(\d{1,3})\)?\.?")
_LONGEST = 2_000

# "shown" is exactly what Python shows; a "value" may be described in an author's own words.
ClaimKind = Literal["dtype", "shown", "value", "literal", "error"]


class Claim(Struct, frozen=True):
    """What a comment says about the top-level statement with the index `statement`.

    `text` is the claim: a dtype, what Python would show, or the name of an exception. `start` and `end` are
    its position in the cell's source, each a line from 1 and a column from 0. `prints` is true when the
    statement is a call of `print`: the claim is what that prints.
    """

    statement: int
    kind: ClaimKind
    text: str
    start: tuple[int, int]
    end: tuple[int, int]
    prints: bool


def spoken_of(cell: Cell) -> tuple[int, ...]:
    """The indexes of the statements that the lesson makes claims about."""
    if cell.tree is None:
        return ()
    if cell.console:
        return tuple(range(len(cell.tree.body)))
    return tuple(dict.fromkeys(each.statement for each in claims(cell)))


def claims(cell: Cell) -> list[Claim]:
    """The claims of a cell, in the order of its lines."""
    if cell.tree is None or "#" not in cell.source:
        return []
    comments = _comments(cell.source)
    found = [*_behind(cell.tree, comments, cell.source), *_below(cell.tree, comments, cell.source)]
    steps = _numbers_steps([each.string for each in comments])
    return sorted(
        (each for each in found if not (steps and each.kind == "literal" and _NUMBER.fullmatch(each.text))),
        key=lambda each: each.start,
    )


def _comments(source: str) -> list[tokenize.TokenInfo]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):  # `ast` has parsed it all the same
        return []
    return [each for each in tokens if each.type == tokenize.COMMENT and len(each.string) <= _LONGEST]


def _behind(tree: ast.Module, comments: Sequence[tokenize.TokenInfo], source: str) -> Iterator[Claim]:
    """The claims at the end of a statement's last line."""
    lines = source.split("\n")
    by_line = {each.end_lineno: number for number, each in enumerate(tree.body)}
    for token in comments:
        line, column = token.start
        number = by_line.get(line)
        if number is None or not lines[line - 1][:column].strip():
            continue
        statement = tree.body[number]
        said = _said(token.string) or _literal(token.string, statement)
        if said and _is_value(statement):
            yield Claim(number, *said, token.start, token.end, _prints(statement))


def _below(tree: ast.Module, comments: Sequence[tokenize.TokenInfo], source: str) -> Iterator[Claim]:
    """The claims in `#>` lines right below a statement: everything that it shows."""
    lines = source.split("\n")
    own = {
        each.start[0]: each
        for each in comments
        if each.start[1] == 0 and each.string.startswith("#>") and not each.string.startswith("#>>")
    }
    for number, statement in enumerate(tree.body):
        first = (statement.end_lineno or 0) + 1
        last = first
        while last in own:
            last += 1
        if (
            last > first
            and _is_value(statement)
            and "#" not in lines[first - 2][statement.end_col_offset or 0 :]
        ):
            text = "\n".join(own[line].string[2:].removeprefix(" ") for line in range(first, last))
            yield Claim(number, "shown", text, own[first].start, own[last - 1].end, _prints(statement))


def _is_value(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr() | ast.Assign() | ast.AugAssign():
            return True
        case ast.AnnAssign(value=value):
            return value is not None
    return False


def _prints(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), keywords=keywords)):
            return not any(each.arg == "file" for each in keywords)
    return False


def _said(comment: str) -> tuple[ClaimKind, str] | None:
    """What a comment claims explicitly."""
    if dtype := _DTYPE.match(comment):
        return "dtype", dtype[1].strip()
    says = _SAYS.match(comment)
    if says is None:
        return None
    text = (says[1] or says[2]).strip()
    if _ERROR.match(text):
        return "error", text
    return "value" if says[1] else "shown", text


def error_name(text: str) -> str:
    """The exception that a claim of the kind "error" names, without its module."""
    found = _ERROR.match(text)
    assert found is not None, text
    return found[1]


def _literal(comment: str, statement: ast.stmt) -> tuple[ClaimKind, str] | None:
    """A comment that is only a literal.

    After a statement that is itself a literal, it is an alternative value.
    """
    text = comment[1:].strip()
    if not text or text == "..." or _is_written_out(statement):
        return None
    return ("literal", text) if is_literal(text) else None


def is_literal(text: str) -> bool:
    """Whether a text is a Python literal."""
    try:
        ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _is_written_out(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) | ast.Expr(value=value):
            return not isinstance(value, ast.Call) and is_literal(ast.unparse(value))
    return False


def _numbers_steps(comments: Sequence[str]) -> bool:
    """Whether the comments that are numbers only count: 1, 2, 3."""
    found = [_NUMBER.fullmatch(each[1:].strip()) for each in comments]
    numbers = [int(each[1]) for each in found if each]
    return len(numbers) > 1 and numbers[0] in (0, 1) and all(b == a + 1 for a, b in pairwise(numbers))
