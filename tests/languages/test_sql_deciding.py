"""The dialect of a block by what it says and what is said of it; where nothing is decided comes first."""

import pytest

from checker.languages.sql.deciding import dialect_of
from checker.reading.lesson import parse_lesson

PLAIN = "```sql\nSELECT id FROM orders;\n```\n"


def dialect(text: str, block: int = -1) -> str | None:
    lesson = parse_lesson("a.mdx", text, ())
    return dialect_of(lesson, lesson.blocks[block])


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"Orders, once more:\n\n{PLAIN}",
        f"PostgreSQL and MySQL read this alike:\n\n{PLAIN}",
        f"# MySQL\n\n## From PostgreSQL to BigQuery\n\n{PLAIN}",
        f"## Queries\n\nPostgreSQL:\n\n```sql\nSELECT 1;\n```\n\nThe same again:\n\n{PLAIN}",
        f"{PLAIN}\nThat was PostgreSQL.\n\n## PostgreSQL\n",
        f"## PostgreSQL\n\n{PLAIN}\n## Next\n\n{PLAIN}",
        f"---\ntitle: From MySQL to PostgreSQL\n---\n\n{PLAIN}",
        f"---\ntitle: 2\n---\n\n{PLAIN}",
        f"A postgraduate's no-sql:\n\n{PLAIN}",
        "```sql\n-- PostgreSQL, unlike MySQL\nSELECT 1;\n```\n",
    ],
)
def test_nothing_is_decided_where_nothing_or_several_are_named(text: str) -> None:
    assert dialect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "```postgresql\nSELECT 1;\n```\n",
        "PostgreSQL\n\n```sql\nSELECT 1;\n```\n",
        f"# Flink\n\n## PostgreSQL\n\n### Rows\n\n{PLAIN}",
        f"# Flink\n\nInto another terminal, for psql:\n\n{PLAIN}",
        f"# Flink\n\nPostgreSQL:\n\nRead.\n\n{PLAIN}",
        f"## MySQL\n\n{PLAIN}\nNow PostgreSQL.\n\n{PLAIN}",
        f"---\ntitle: Слоты PostgreSQL\n---\n\n{PLAIN}",
        "# MySQL\n\n```sql\n-- for PostgreSQL\nSELECT 1;\n```\n",
        "# MySQL\n\n```sql title='postgresql.sql'\nSELECT 1;\n```\n",
        "# MySQL\n\n```sql\nSELECT * FROM pg_replication_slots;\n```\n",
        "# MySQL\n\n```sql\nALTER TABLE orders REPLICA IDENTITY FULL; -- MySQL has none\n```\n",
        "# MySQL\n\n```sql\nCREATE TABLE t (id bigserial, what jsonb);\n```\n",
        "```sql\nALTER SYSTEM SET wal_level = logical;\n```\n",
        "```sql\nCREATE FUNCTION f() RETURNS TABLE(a int) AS $$ SELECT pg_sleep(1) $$ LANGUAGE sql;\n```\n",
    ],
)
def test_postgresql(text: str) -> None:
    assert dialect(text) == "postgres"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```mysql\nSELECT 1;\n```\n", "mysql"),
        ("```flinksql\nSELECT 1;\n```\n", ""),
        ("# PostgreSQL\n\n```sql\nSHOW BINARY LOGS;\n```\n", ""),
        (f"# PostgreSQL\n\nIn BigQuery:\n\n{PLAIN}", "bigquery"),
        (f"# Окна в PyFlink\n\n{PLAIN}", ""),
        (f"## Binlog and GTID\n\n{PLAIN}", "mysql"),
        (f"# PostgreSQL\n\n## TimescaleDB\n\n{PLAIN}", ""),
    ],
)
def test_another(text: str, expected: str) -> None:
    assert dialect(text) == expected
