"""Other dialects, by sqlglot, which knows less of them than their databases do: nothing is certain."""

import logging
import re
from collections.abc import Iterator

from checker.languages.fault import Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.patterns import regex

# What sqlglot reads in full; of administration it knows little.
_QUERIES = regex(r"\s*(?:SELECT|WITH|INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b", re.IGNORECASE)
# A second opinion on code in no particular dialect. BigQuery and DuckDB take a comma too many.
OPINIONS = ("mysql", "tsql", "oracle", "spark", "clickhouse", "sqlite", "snowflake")
NAMES = {
    "mysql": "MySQL", "tsql": "SQL Server", "oracle": "Oracle", "spark": "Spark", "clickhouse": "ClickHouse",
    "sqlite": "SQLite", "snowflake": "Snowflake",
}  # fmt: skip
_UNREAD = "only its first word is known"
# How sqlglot shows a word that it stops at.
_TOKEN = regex(r"<Token token_type: [^,>]*, text: (.*?), line: .*?\]>")


def parse(text: str, dialect: str) -> Iterator[Fault]:
    """What sqlglot cannot read of queries in a dialect."""
    if ELLIPSIS.search(text):
        return
    filled = fill(text, NAMED)
    error = _error(filled, dialect)
    if error is None or not all(_QUERIES.match(each) for each in _statements(filled)):
        return
    line, column, words = error
    start = sum(len(each) + 1 for each in filled.split("\n")[: line - 1]) + column
    message = f"this does not look like {dialect}: {words}"
    yield Fault(message, min(start, len(text) - 1), min(start, len(text) - 1) + 1, certain=False)


def accepts(text: str, dialect: str) -> bool | None:
    """Whether a dialect would have it; None for a command, of which sqlglot reads the first word alone."""
    error = _error(text, dialect)
    return None if error and error[2] == _UNREAD else error is None


def _statements(text: str) -> list[str]:
    bare = re.sub(r"--[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    return [each for each in bare.split(";") if each.strip()]


def _error(text: str, dialect: str) -> tuple[int, int, str] | None:
    """Line from 1, column from 0, and the words."""
    import sqlglot
    from sqlglot.errors import ParseError, TokenError

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    try:
        trees = sqlglot.parse(text, read=dialect)
    except ParseError as error:
        told = error.errors[0]
        column = max(int(told["col"]) - len(str(told["highlight"])), 0)
        return int(told["line"]), column, _TOKEN.sub(r"`\1`", str(told["description"]))
    except TokenError:
        return 1, 0, "a quote is never closed"
    except RecursionError:
        return None
    # What it does not understand it takes as it is: for an expression, or as a command.
    if any(isinstance(each, sqlglot.exp.Alias | sqlglot.exp.Column) for each in trees):
        return 1, 0, "it cannot be read"
    if any(isinstance(each, sqlglot.exp.Command) for each in trees):
        return 1, 0, _UNREAD
    return None
