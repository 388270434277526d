"""Which dialect a block of SQL is in where its fence only says `sql`: by what it says and what is said of it.

The nearest word counts: the block's own code and comments, the passages right above it, the headings that it
stands under, the lesson's title. Where several dialects are named at once, nothing is decided there, and
what is farther away is not asked: who compares two dialects speaks of both.
"""

import re
from collections.abc import Iterator
from functools import cache

from checker.languages.sql import dialects
from checker.model import Block, Lesson
from checker.patterns import regex

# What names a dialect in prose and comments. Products that are PostgreSQL by another name are left out: their
# SQL is another, and so is the answer.
_SPEAKS_OF = {
    dialects.POSTGRES: r"postgre\w*|psql|pgoutput|pg_\w+|plpgsql|постгрес\w*",
    "mysql": r"mysql\w*|mariadb|binlog\w*|gtids?|innodb",
    "tsql": r"sql\s+server|t-sql|mssql|azure\s+sql",
    "oracle": r"oracle|pl/sql|plsql",
    "spark": r"spark\w*|pyspark|databricks|delta\s+lake|hive\w*",
    "clickhouse": r"clickhouse|\w*mergetree",
    "sqlite": r"sqlite\w*",
    "snowflake": r"snowflake|snowsql",
    "bigquery": r"bigquery|big\s+query",
    "duckdb": r"duckdb",
    "trino": r"trino|presto\w*|athena",
    "": (
        r"(?:py)?flink\w*|ksql\w*|redshift|cassandra|cql|influx\w*|timescale\w*|cockroach\w*|greenplum|db2"
        r"|teradata|vertica|materialize|risingwave|questdb|esper|spanner|impala|druid|couchbase|influxql"
    ),
}
_COMMENT = regex(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
# Words that PostgreSQL has and no other database that people write lessons about: its catalogue and its
# functions, its replication, types and languages.
_OWN = regex(
    r"\bpg_\w+|\bREPLICA\s+IDENTITY\b|\bCREATE\s+(?:PUBLICATION|SUBSCRIPTION|EXTENSION)\b"
    r"|\bALTER\s+(?:PUBLICATION|SUBSCRIPTION|EXTENSION)\b|\b(?:SMALL|BIG)SERIAL\b|\bSERIAL\s+PRIMARY\b"
    r"|\bJSONB\b|\bTIMESTAMPTZ\b|\bBYTEA\b|\bTSVECTOR\b|\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\s+\w+\s*\("
    r"|\bLANGUAGE\s+'?plpgsql\b|\bgen_random_uuid\s*\(|::\s*(?:regclass|interval|pg_lsn|text\[\])"
    r"|\bSHOW\s+(?:wal_\w+|max_wal_\w+|max_replication_slots|max_slot_\w+|shared_\w+|server_version)\b"
    r"|\bWITH\s+REPLICATION\b|\bwal_(?:level|keep_size|sender_timeout)\b"
    r"|\bmax_(?:wal_senders|replication_slots|slot_wal_keep_size)\b",
    re.IGNORECASE,
)
_TITLE = regex(r"title=(\"[^\"]*\"|'[^']*')")


def dialect_of(lesson: Lesson, block: Block) -> str | None:
    """The dialect of a block, as `dialects.FENCES` has it; None where nothing decides.

    "" is one that nobody here can read, such as Flink's.
    """
    named = dialects.FENCES.get(block.language, "")
    if named != "":
        return named or ""
    if _OWN.search(_COMMENT.sub(" ", block.code)):
        return dialects.POSTGRES
    if dialects.is_marked(block.code):
        return ""
    for text in _said_of(lesson, block):
        found = _spoken_of(text)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _said_of(lesson: Lesson, block: Block) -> Iterator[str]:
    """What may name the dialect, the nearest first."""
    title = _TITLE.search(block.meta or "")
    yield " ".join((*_COMMENT.findall(block.code), title[1] if title else ""))
    yield from _above(lesson, block)
    data = lesson.frontmatter.data if lesson.frontmatter else None
    yield str((data or {}).get("title", ""))


def _above(lesson: Lesson, block: Block) -> Iterator[str]:
    """The passages between the block and the one before it, then the headings that it stands under."""
    begins = lesson.blocks[block.index - 1].span.end if block.index else -1
    under = deepest = 7
    for passage in reversed(lesson.prose):
        if passage.start > block.span.start:
            continue
        if passage.level:
            if passage.level < under:
                under = passage.level
                yield passage.text
        elif under == deepest and passage.start > begins:
            yield passage.text


def _spoken_of(text: str) -> list[str]:
    """The dialects that a text names."""
    return [name for name, words in _patterns().items() if words.search(text)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for name, words in _SPEAKS_OF.items()
    }
