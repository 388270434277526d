"""The faults of SQL code, by the dialect that it is in."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker.languages.fault import Fault
from checker.languages.sql import dialects, other, postgres
from checker.languages.telling import foreign_in_sql


def parse(text: str, fence: str, configured: str | None, others: Iterable[str] = ()) -> Iterator[Fault]:
    """What is wrong with a block.

    `fence` is the fence's language, a key of `dialects.FENCES`; `others` are the lesson's other blocks:
    where they are in another dialect than PostgreSQL, this one may be too. When in doubt nothing is said.
    """
    named = dialects.FENCES[fence]
    dialect = named or configured
    if named is None or foreign_in_sql(text):
        return
    if dialect not in {None, dialects.POSTGRES}:
        yield from other.parse(text, dialect)
        return
    for fault in postgres.parse(text, certain=True):
        if named:
            yield fault
        elif not dialects.is_marked(text):
            yield from [fault] if configured else _by_default(fault, text, others)


def _by_default(fault: Fault, text: str, others: Iterable[str]) -> Iterator[Fault]:
    """What PostgreSQL refuses and no other dialect has."""
    if any(dialects.is_marked(each) for each in others):
        return
    if text[: fault.start].rstrip().endswith(","):
        # BigQuery and DuckDB alone allow it there, and sqlglot in all dialects.
        yield replace(fault, certain=text[fault.start : fault.end].upper() != "FROM")
    elif not other.is_accepted(text):
        yield fault
