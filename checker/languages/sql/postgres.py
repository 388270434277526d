"""PostgreSQL's own grammar, by pglast (libpg_query)."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache

from msgspec.structs import replace

from checker.importing import asleep
from checker.languages.fault import Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.languages.sql.hints import hint, misspelt
from checker.patterns import has_surrogate, regex
from checker.spelling import nearest

_STATEMENTS = [
    "ABORT",
    "ALTER",
    "ANALYZE",
    "BEGIN",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMENT",
    "COMMIT",
    "COPY",
    "CREATE",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DISCARD",
    "DO",
    "DROP",
    "END",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "GRANT",
    "IMPORT",
    "INSERT",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "MOVE",
    "NOTIFY",
    "PREPARE",
    "REASSIGN",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "RESET",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "START",
    "TABLE",
    "TRUNCATE",
    "UNLISTEN",
    "UPDATE",
    "VACUUM",
    "VALUES",
    "WITH",
]
# What people misspell; the others are too near to words of other dialects.
_SPELLED = [
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "ALTER",
    "TRUNCATE",
    "COMMIT",
    "ROLLBACK",
    "GRANT",
]

_META_COMMAND = regex(r"^[ \t]*\\[^\n]*|\\(?:g\w*|watch|crosstabview)[^\n]*$", re.MULTILINE)
_PARAMETER = regex(
    r":(?<![:\w\]]:)(?:'\w+'|\"\w+\"|[A-Za-z_]\w*)|%\(\w+\)s|%s\b|\?(?<=[=(,\s]\?)(?=[\s,);]|$)|\{\w*\}"
)
_PROMPT = regex(r"^[ \t]*(?:\w+(?:=|-|\(|'|\")[#>]|postgres(?:ql)?>)[ \t]", re.MULTILINE)
_SKIPPED = regex(r"(?:\s|--[^\n]*|/\*.*?\*/|;|\()*", re.DOTALL)
# The order of the clauses, with no query in it.
_ONLY_CLAUSES = regex(
    r"(?>(?:\s|;|--[^\n]*+|\b(?:WITH|SELECT|DISTINCT|FROM|JOIN|ON|WHERE|GROUP\s+BY|HAVING|WINDOW|UNION|ORDER\s+BY|LIMIT"
    r"|OFFSET)\b)*)",
    re.IGNORECASE,
)
_WORD = regex(r"[A-Za-z_]+")
_UNREADABLE = regex("[\0\ud800-\udfff]")
_MOST_STATEMENTS = 100


_REFUSES = "PostgreSQL rejects this: "


def parse(text: str, *, certain: bool) -> Iterator[Fault]:
    """The first thing that PostgreSQL refuses; an excerpt, or what is left out, is none."""
    refusal = _refusal(text)
    if refusal is None or _PROMPT.search(text) or "FROM stdin" in text:
        return
    filled = _META_COMMAND.sub(lambda found: ";".ljust(len(found[0])), text)
    filled = fill(fill(filled, NAMED), _PARAMETER)
    refusal = refusal if filled == text else _refusal(filled)
    for _ in range(_MOST_STATEMENTS):
        if refusal is None:
            return
        words, at = refusal
        separated = _separated(filled, at)
        after = _refusal(separated) if separated else refusal
        if separated is None or (after is not None and after[1] <= at):
            break
        filled, refusal = separated, after
    if ELLIPSIS.search(filled) or _ONLY_CLAUSES.fullmatch(filled):
        return
    fault = _fault(filled, words, at, certain=certain)
    if fault:
        yield fault


def beside(fault: Fault, other: str) -> Fault:
    """The fault as one of two databases, where the lesson is about another one that refuses the same."""
    if not other or not fault.is_bare:
        return fault
    said = fault.message.removeprefix(_REFUSES)
    return replace(fault, message=f"{other} rejects this, and so does PostgreSQL: {said}")


def explained(fault: Fault, text: str) -> Fault:
    """The fault with what may be done about it, where the grammar only says at which word it stopped."""
    if not fault.is_bare:
        return fault
    if meant := misspelt(text, fault.start):
        start, end, near = meant
        message = f"{fault.message}; is `{text[start:end]}` meant to be {near}?"
        return replace(fault, message=message, start=start, end=end)
    return replace(fault, message=f"{fault.message}{hint(text, fault.start)}")


@cache
def _grammar() -> "tuple[Callable[[str], str], type[Exception]]":
    # The parser begins with importing all of these, and needs them only for trees, which nobody asks for.
    asleep("pglast", "pglast.ast", "pglast.enums")
    from pglast.error import Error

    vars(sys.modules["pglast"])["Error"] = Error
    from pglast.parser import ParseError, parse_sql_json

    return parse_sql_json, ParseError


def _refusal(text: str) -> tuple[str, int] | None:
    parse_sql_json, refused = _grammar()
    # Neither a NUL nor half of a surrogate pair reaches the grammar.
    readable = _UNREADABLE.sub(" ", text) if "\0" in text or has_surrogate(text) else text
    try:
        parse_sql_json(readable)
    except refused as error:
        words = str(error.args[0])
        if words.endswith("at end of input"):
            return words, len(text.rstrip())
        place = error.args[1] if len(error.args) > 1 else None
        return words, place if isinstance(place, int) else 0
    return None


def _separated(text: str, at: int) -> str | None:
    """The text with a `;` above the statement that begins at `at`, when nothing else is wrong there.

    Lessons put alternatives one below the other.
    """
    line = text.rfind("\n", 0, at)
    word = _WORD.search(text, line + 1)
    if line <= 0 or word is None or word[0].upper() not in _STATEMENTS or text[line : word.start()].strip():
        return None
    # A blank line or a comment stands between them, and gives its place.
    between = re.search(r"\n[ \t]*(--[^\n]*)?\Z", text[:line])
    if between is None:
        return None
    at = line if between[1] is None else between.start(1)
    return f"{text[:at]};{' ' * (line - at - 1)}{text[max(line, at + 1) :]}"


def _fault(text: str, words: str, at: int, *, certain: bool) -> Fault | None:
    begins = _statement_start(text, at)
    first = _WORD.match(text, begins)
    if first is None:
        return None
    keyword = first[0].upper()
    if keyword not in _STATEMENTS:
        near = nearest(keyword, _SPELLED, alike=0.75)
        if not near or at != begins:
            return None
        message = f"no SQL statement begins with `{first[0]}`: did you mean {near}?"
        return Fault(message, begins, first.end(), certain)
    end = at + 1
    if token := re.compile(r"\w+|'[^'\n]*'?|\"[^\"\n]*\"?|\S").match(text, at):
        end = token.end()
    if at >= len(text.rstrip()):  # at the end of the input: the last character stands for it
        end = len(text.rstrip())
        at = max(end - 1, 0)
    return Fault(f"{_REFUSES}{words}", at, end, certain, is_bare=True)


def _statement_start(text: str, at: int) -> int:
    """Where the statement around `at` begins, as far as semicolons outside of quotes show."""
    start = 0
    for found in re.finditer(
        r"'[^']*'|\"[^\"]*\"|--[^\n]*|/\*.*?(?:\*/|\Z)|(\$\w*\$).*?\1|(?P<end>;)", text, re.DOTALL
    ):
        if found.start() >= at:
            break
        if found["end"]:
            start = found.end()
    skipped = _SKIPPED.match(text, start)
    return skipped.end() if skipped else start
