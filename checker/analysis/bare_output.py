"""Recognises Python fences that hold the output of the block right above them, without saying so."""

import ast
import keyword
import re

from checker.analysis.cells import is_python, parse
from checker.model import Block, Lesson
from checker.patterns import regex

_TAGS = regex(r"<[^<>]{1,500}>|\{/\*.*?\*/\}|<!--.*?-->", re.DOTALL)
_CODE_WORDS = frozenset(keyword.kwlist) - {"True", "False", "None", "not", "and", "or", "in", "is"} | {
    "print"
}
_WORD = regex(r"[^\W\d]\w*")
# An assignment, a call or an attribute: text for readers does not look like that.
_CODE = regex(r"\S\s+(?:[-+*/%&|^]|//|\*\*|:)?=\s|\s==\s|^\s*[\w.]+\(|^\s*@\w|^\s*[\w.]+\[|:\s*$|\\$")
_MOST_BETWEEN = 1_000
_OPENS, _CLOSES = "([{", ")]}"


def is_bare_output(lesson: Lesson, block: Block) -> bool:
    """Whether a block that does not parse is the output of the block above.

    Nothing stands between them, the block above ends by showing something, and no line looks like code.
    """
    if block.index == 0:
        return False
    above = lesson.blocks[block.index - 1]
    between = lesson.text[above.span.end : block.span.start]
    if (
        not is_python(above)
        or len(between) > _MOST_BETWEEN
        or _TAGS.sub("", between).strip()
        or not _shows_something(above)
    ):
        return False
    lines = [line for line in block.code.split("\n") if line.strip()]
    return bool(lines) and not any(_looks_like_code(line) for line in lines)


def _shows_something(block: Block) -> bool:
    tree, _ = parse(block.code)
    return tree is not None and bool(tree.body) and isinstance(tree.body[-1], ast.Expr)


def _looks_like_code(line: str) -> bool:
    first = _WORD.match(line.strip())
    opened = sum(line.count(each) for each in _OPENS) - sum(line.count(each) for each in _CLOSES)
    return bool(opened) or (first is not None and first[0] in _CODE_WORDS) or _CODE.search(line) is not None
