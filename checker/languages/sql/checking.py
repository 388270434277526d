"""The faults of SQL code, by the dialect that it is in."""

from collections.abc import Iterator

from msgspec.structs import replace

from checker.languages.fault import Fault
from checker.languages.sql import dialects, other, postgres
from checker.languages.telling import foreign_in_sql


def parse(text: str, fence: str, configured: str | None, *, elsewhere: bool) -> Iterator[Fault]:
    """What is wrong with a block.

    `fence` is the fence's language, a key of `dialects.FENCES`; `elsewhere` says that the lesson's other
    blocks are in another dialect than PostgreSQL. When in doubt nothing is said.
    """
    if foreign_in_sql(text):
        return
    named = dialects.FENCES[fence]
    dialect = named or configured or ""
    if named is None or (not named and dialects.is_marked(text) and configured in {None, dialects.POSTGRES}):
        return
    if dialect == dialects.POSTGRES:
        yield from postgres.parse(text, certain=True)
    elif dialect:
        yield from other.parse(text, dialect)
    elif not elsewhere:
        yield from _by_default(text)


def _by_default(text: str) -> Iterator[Fault]:
    """What PostgreSQL refuses and no other dialect has."""
    for fault in postgres.parse(text, certain=True):
        if text[: fault.start].rstrip().endswith(","):
            # BigQuery and DuckDB alone allow it there, and sqlglot in all dialects.
            yield replace(fault, certain=text[fault.start : fault.end].upper() != "FROM")
        elif not other.is_accepted(text):
            yield fault
