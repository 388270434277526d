"""A block with lines that are not in the language of its fence.

## What

In `sql`: shell commands, lines of a configuration file, output. In `bash`: SQL, PromQL, and tables and
messages that a database printed. The finding is a warning if the lines may be intended: output, and SQL among
shell commands that bash would take for a command.

## Why

The reader pastes the whole block into one program, which rejects it. The block is also highlighted as the
wrong language.

## Bad

```sql
-- connect first
mysql -h db.example.com -u shop -p  -- # error

SHOW BINARY LOGS;
```

## Good

```bash
mysql -h db.example.com -u shop -p -e "SHOW BINARY LOGS"
```

```sql
SHOW BINARY LOGS;
```

## Since

coursecheck 0.2

## Source

The course that this checker was made for: 22 blocks of SQL and 5 of shell code were such
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages.telling import foreign_in_sql
from checker.rules.languages.shell_blocks import shell_reports
from checker.rules.languages.table import SQL, blocks_in
from checker.rules.languages.written import code_of, is_judged, report
from checker.rules.rule import Report, Rule

RULE = Rule("LNG106", "wrong-fence-language", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report a block, at the first such line."""
    for block in blocks_in(analysis, SQL):
        fault = foreign_in_sql(code_of(block)) if is_judged(block, SQL) else None
        if fault:
            yield report(analysis.lesson, block, fault, None)
    yield from shell_reports(analysis, "foreign")
