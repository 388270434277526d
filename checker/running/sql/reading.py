"""Which SQL blocks can run as written, and the statements in them."""

import re

from checker.languages.fault import LONGEST
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.languages.sql import dialects
from checker.languages.sql.deciding import dialect_of
from checker.model import Block, Lesson
from checker.patterns import regex

_SHOWS_OUTPUT = regex(r"title=(?:\"[^\"]*|'[^']*)\b(?:output|вывод|результат)", re.IGNORECASE)
_COMMAND = regex(r"^[ \t]*(\\[a-zA-Z!?]+)|(\\g\w*)[ \t]*$", re.MULTILINE)
_PARAMETER = regex(
    r"(?<![:\w\]]):(?:'\w+'|\"\w+\"|[A-Za-z_]\w*)|%\(\w+\)s|%s\b|(?<=[=(,])\s*\?(?=\s*(?:[,);]|\Z))|\$\d+"
)
_TEXT_OR_COMMENT = regex(
    r"(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))|'[^']*'|(?P<quote>\$\w*\$).*?(?P=quote)", re.DOTALL
)
# A wait, with its seconds where they are a literal; a longer one does not fit into a block's time.
_WAITS = regex(r"\bpg_sleep(?:_for|_until)?\s*\(\s*(\d+(?:\.\d+)?(?=\s*\)))?", re.IGNORECASE)
_LONGEST_WAIT = 5.0
_LEFT_OUT = regex(r"'\s*(?:\.\.\.|…)\s*'")
_BEGINS = regex(r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*", re.DOTALL)


def is_postgresql(lesson: Lesson, block: Block) -> bool:
    """Whether a block is PostgreSQL: it says so, or it is SQL in a lesson without other dialects."""
    if block.language not in dialects.FENCES:
        return False
    decided = dialect_of(lesson, block)
    if decided is None:
        return not any(_is_anothers(each) for each in lesson.blocks)
    return decided == dialects.POSTGRES


def _is_anothers(block: Block) -> bool:
    named = dialects.FENCES.get(block.language, "none")
    return named not in {"none", "", dialects.POSTGRES} or (named == "" and dialects.is_marked(block.code))


def obstacle(block: Block) -> str:
    """Why a PostgreSQL block cannot run as written: the end of "it …", empty when it can."""
    code = block.code
    if len(code) > LONGEST or _SHOWS_OUTPUT.search(block.meta or ""):
        return "is output, or too long to be read"
    # A text such as '<password>' is a placeholder as well.
    bare = fill(code, _TEXT_OR_COMMENT, " ")
    said = _TEXT_OR_COMMENT.sub(lambda found: " " * len(found[0]) if found["comment"] else found[0], code)
    if found := NAMED.search(said) or _PARAMETER.search(bare):
        return f"is an excerpt: `{found[0].strip()}` stands for a value"
    if ELLIPSIS.search(bare) or _LEFT_OUT.search(said):
        return "is an excerpt: `...` stands for omitted code"
    if found := _COMMAND.search(bare):
        return f"has a command of psql, `{found[1] or found[2]}`"
    if any(float(found[1] or "inf") > _LONGEST_WAIT for found in _WAITS.finditer(said)):
        return "waits, by `pg_sleep`, for longer than a block may take"
    try:
        return "" if statements(code) else "has only comments"
    except ValueError as error:
        return f"is not read by PostgreSQL ({error})"


def statements(code: str) -> tuple[tuple[int, int], ...]:
    """The start and end offsets of each statement.

    Raises ValueError for text that PostgreSQL cannot parse.
    """
    try:
        import pglast
        from pglast.parser import ParseError, parse_sql_json
    except ImportError:
        raise ValueError("reading it needs pglast: pip install 'coursecheck[languages]'") from None

    if re.search("[\0\ud800-\udfff]", code):
        raise ValueError("it has characters that are none")
    try:
        parse_sql_json(code)
        slices = pglast.split(code, only_slices=True)
    except ParseError as error:
        raise ValueError(str(error.args[0])) from None
    return tuple(_without_comments(code, each.start, each.stop) for each in slices)


def _without_comments(code: str, start: int, end: int) -> tuple[int, int]:
    begins = _BEGINS.match(code, start, end)
    return (begins.end() if begins else start, end)
