"""SQL that its database rejects.

## What

A block in `sql`, or the text in `psql -c "…"` or `psql <<EOF`, that PostgreSQL's own grammar rejects. Code
that shows another dialect (backticks, `ENGINE=`, `WATERMARK FOR`, `STRUCT<…>`, …), or that another dialect
accepts, is not reported.

The dialect comes from the fence (`postgresql`, `mysql`, `bigquery`, …) or from `[sql] dialect` in
`coursecheck.toml`; otherwise from the words in the block, in the text right above it, in its headings and in
the lesson's title. Dialects other than PostgreSQL are parsed by sqlglot, which knows less of them, so its
errors are warnings. So is what PostgreSQL rejects in a statement that sqlglot cannot read in any dialect,
unless the lesson speaks of PostgreSQL. Excerpts, `...`, `:parameters`, psql commands and statements without
`;` between them are not reported.

## Why

Readers paste it into their database.

## Bad

```sql
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    total numeric(10, 2)
    placed timestamptz  -- later  # error
);
```

## Good

```sql
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    total numeric(10, 2),
    placed timestamptz
);
SELECT * FROM orders WHERE placed > :since;
INSERT INTO orders VALUES (...);
```

## Since

coursecheck 0.2

## Source

PostgreSQL, SQL commands: https://www.postgresql.org/docs/current/sql-commands.html;
its grammar through libpg_query
"""

from collections.abc import Iterator
from functools import partial

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages.fault import Fault
from checker.languages.sql import dialects
from checker.languages.sql.checking import parse
from checker.languages.sql.deciding import dialect_of
from checker.model import Block
from checker.rules.languages.shell_blocks import shell_reports
from checker.rules.languages.table import SQL, blocks_in, missing
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG105", "sql-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report a block, where its database stops reading, and one for each text passed to `psql`."""

    def faults(block: Block, code: str) -> Iterator[Fault]:
        # A fence that names its dialect says nothing of those that do not, if anyone here can read it.
        others = (
            each.code
            for each in blocks_in(analysis, SQL)
            if each.index != block.index and not dialects.FENCES[each.language]
        )
        decide = partial(dialect_of, analysis.lesson, block)
        return parse(code, block.language, config.sql.dialect, others, decide)

    yield from reports(analysis, SQL, faults)
    if not missing(SQL):
        yield from shell_reports(analysis, "sql")
