"""The faults of SQL code, by the dialect that it is in."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from checker.languages.fault import Fault
from checker.languages.sql import dialects, other, postgres
from checker.languages.sql.hints import ends_a_list, misspelt
from checker.languages.telling import foreign_in_sql
from checker.patterns import regex

# In the order in which every dialect wants them.
_CLAUSES = ("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT")
_CLAUSE = regex(r"(?:WHERE|GROUP\s+BY|HAVING|ORDER\s+BY)\b", re.IGNORECASE)
_PART = regex(
    r"'[^']*'|\"[^\"]*\"|--[^\n]*|/\*.*?(?:\*/|\Z)|[();]|\|>"
    r"|\b(?P<name>SELECT|FROM|WHERE|GROUP\s+BY|HAVING|ORDER\s+BY|LIMIT)\b",
    re.IGNORECASE | re.DOTALL,
)


def parse(
    text: str,
    fence: str,
    configured: str | None,
    others: Iterable[str] = (),
    decide: Callable[[], str | None] = lambda: None,
) -> Iterator[Fault]:
    """What is wrong with a block.

    `fence` is the fence's language, a key of `dialects.FENCES`. `decide` tells the dialect that the lesson
    says the block is in, None where it says nothing; then the lesson's other blocks, `others`, are asked:
    where they are in another dialect than PostgreSQL, this one may be too. When in doubt nothing is said.
    Both are asked only about what is refused, which most blocks are not.
    """
    named = dialects.FENCES[fence]
    dialect = named or configured
    if named is None:
        return
    in_postgres = dialect in {None, dialects.POSTGRES}
    refused = postgres.parse(text, certain=True) if in_postgres else other.parse(text, str(dialect))
    for fault in refused:
        # A template's branches need not be SQL one below the other.
        if foreign_in_sql(text) or "{%" in text:
            return
        if named or not in_postgres or (configured and not dialects.is_marked(text)):
            yield postgres.explained(fault, text)
        elif not dialects.is_marked(text) and _may_be_postgres(decided := decide(), others):
            yield from (postgres.explained(each, text) for each in _by_default(fault, text, decided))


def _may_be_postgres(decided: str | None, others: Iterable[str]) -> bool:
    """Whether what PostgreSQL refuses may be said at all: not of a dialect that nobody here can read."""
    if decided is None:
        return not any(dialects.is_marked(each) for each in others)
    return decided == dialects.POSTGRES or decided in other.OPINIONS


def _by_default(fault: Fault, text: str, decided: str | None) -> Iterator[Fault]:
    """What PostgreSQL refuses and no other dialect has, as far as anyone here can read the one it is in."""
    if ends_a_list(text, fault.start):
        # BigQuery and DuckDB alone allow a comma there, and sqlglot in all dialects.
        yield replace(fault, certain=text[fault.start : fault.end].upper() != "FROM")
        return
    if ordered := _out_of_order(text, fault):
        yield ordered
        return
    opinions = {each: other.accepts(text, each) for each in other.OPINIONS}
    if True in opinions.values() or (decided and opinions.get(decided, False) is None):
        return
    alone = decided is None and None in opinions.values()
    certain = not alone or misspelt(text, fault.start) is not None
    yield replace(postgres.beside(fault, other.NAMES.get(decided or "", "")), certain=certain)


def _out_of_order(text: str, fault: Fault) -> Fault | None:
    """What is said of a clause behind one that it precedes in every dialect; sqlglot takes any order."""
    clause = _CLAUSE.match(text, fault.start)
    if clause is None:
        return None
    last = ""
    depth = 0
    for found in _PART.finditer(text, 0, fault.start):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if found[0] == ";" or (found["name"] and depth <= 0):
            last, depth = found["name"] or "", 0
    if not last or _place_of(clause[0]) >= _place_of(last):
        return None
    words, behind = (" ".join(each.upper().split()) for each in (clause[0], last))
    return replace(fault, message=f"`{words}` must come before `{behind}` in SQL", is_bare=False)


def _place_of(clause: str) -> int:
    return _CLAUSES.index(clause.split(maxsplit=1)[0].upper())
