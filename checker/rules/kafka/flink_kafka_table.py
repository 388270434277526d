"""A Flink table over Kafka, or a view of one, that Flink rejects.

## What

`CREATE TABLE` with the connector `kafka` or `upsert-kafka`, in SQL fences and in Python strings: a primary
key with an insert-only format, a missing format, topic or broker list, an `upsert-kafka` table without a
primary key or a key format, a misspelled option, and a mode that Flink does not have. `WATERMARK FOR` in a
view is reported too. Nothing is reported as missing where options are elided (`...`), come from `LIKE`, or
are filled in (`{topic}`). If a run fails at the statement, the run's error is reported instead.

## Why

`execute_sql` raises when the table is first used, if not before. Running it needs a connector that readers
have and the checker may not have.

## Bad

```sql
CREATE TABLE orders (
    id INT,
    PRIMARY KEY (id) NOT ENFORCED  -- kept by nobody  # error
) WITH (
    'connector' = 'kafka',
    'topic' = 'shop.public.orders',
    'properties.bootstrap.servers' = 'kafka:9092',
    'format' = 'json'
);
```

## Good

```sql
CREATE TABLE orders (
    id INT,
    PRIMARY KEY (id) NOT ENFORCED
) WITH (
    'connector' = 'kafka',
    'topic' = 'shop.public.orders',
    'properties.bootstrap.servers' = 'kafka:9092',
    'format' = 'debezium-json'
);
```

## Since

coursecheck 0.2

## Source

https://nightlies.apache.org/flink/flink-docs-stable/docs/connectors/table/kafka/ and
https://nightlies.apache.org/flink/flink-docs-stable/docs/connectors/table/upsert-kafka/
"""

import re
from collections.abc import Iterator, Mapping

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages.holes import fill
from checker.model import Block
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.kafka.flink_options import odd_options
from checker.rules.languages.table import SQL, language_of
from checker.rules.languages.written import code_of
from checker.rules.rule import Report, Rule

RULE = Rule(
    "KFK109", "flink-kafka-table", "error", looks_at="lesson",
    needs_text=("'connector'", "WATERMARK FOR", "watermark for"),
)  # fmt: skip

_CREATE = regex(r"(?i)\bCREATE\s+(?:TEMPORARY\s+|OR\s+REPLACE\s+)*(?P<what>TABLE|VIEW)\b")
# The end of a statement: in SQL, or of the Python text that contains it; not in an option or a comment.
_END = regex(r"(?i)'[\w.-]+'\s*=\s*'[^'\n]*'|--[^\n]*|(?P<end>;|\"\"\"|\'\'\'|\"\s*\)|\bCREATE\s)")
_COMMENT = regex(r"--[^\n]*")
_OPTION = regex(r"'(?P<name>[\w.-]+)'\s*=\s*'(?P<value>[^'\n]*)'")
# All options as literals: where code assembles them, it is unknown what is missing.
_WHOLE = regex(r"(?i)\bWITH\s*\((?:'[\w.-]+'\s*=\s*'[^'\n]*'|[\s,\"]|\\n|\\$)*\)", re.MULTILINE)
_TEXT = regex(r"'[^'\n]*'")
_KEY = regex(r"(?i)\bPRIMARY\s+KEY\b")
_WATERMARK = regex(r"(?i)\bWATERMARK\s+FOR\b")
_LEFT_OUT = regex(r"(?i)\.\.\.|…|[{}]|\bLIKE\b")
_LONGEST = 8_000
# Insert-only formats: .../docs/connectors/table/formats/overview/ has the others.
_INSERTS = frozenset({"avro", "avro-confluent", "csv", "json", "protobuf", "raw"})
_PLAIN, _UPSERT = "kafka", "upsert-kafka"

Place = tuple[int, int]
# The clauses that Flink's exception mentions when it rejects the statement for this reason.
_About = tuple[str, ...]
_Refusal = tuple[str, Place, _About]


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for each thing that Flink rejects."""
    python = {each.block.index for each in analysis.cells}
    for block in analysis.lesson.blocks:
        if block.index in python or language_of(block) is SQL:
            yield from _of_block(analysis, block)


def _of_block(analysis: LessonAnalysis, block: Block) -> Iterator[Report]:
    code = code_of(block)
    places = CodePlaces(analysis.lesson, block)
    wrong = analysis.wrong_lines(block) if _CREATE.search(code) else {}
    for found in _CREATE.finditer(code):
        ends = _END.finditer(code, found.end(), found.end() + _LONGEST)
        end = next((each.start() for each in ends if each["end"]), found.end() + _LONGEST)
        statement = code[found.end() : end]
        told = _of_view(statement) if found["what"].upper() == "VIEW" else _of_table(statement)
        for message, (start, stop), about in told:
            span = places.span(found.end() + start, found.end() + stop)
            line = places.line(found.end() + start)
            yield Report(message, span, block.index, intended=line in wrong, about=about)


def _of_view(statement: str) -> Iterator[_Refusal]:
    found = _WATERMARK.search(fill(fill(statement, _COMMENT, " "), _TEXT, " "))
    if found is not None:
        message = (
            "a view cannot declare a watermark, and Flink fails to parse it: declare it in CREATE "
            "TABLE, on a computed column"
        )
        yield message, found.span(), ("watermark",)


def _of_table(statement: str) -> Iterator[_Refusal]:
    code = fill(statement, _COMMENT, " ")
    options = {each["name"]: (each["value"], each.span()) for each in _OPTION.finditer(code)}
    connector, place = options.get("connector", ("", (0, 0)))
    if connector not in {_PLAIN, _UPSERT}:
        return
    yield from odd_options(connector, options)
    if _LEFT_OUT.search(code) or not _WHOLE.search(code):
        return
    key = _KEY.search(code)
    for message, about in _missing(connector, options, has_key=key is not None):
        yield message, place, about
    value_format = options.get("format") or options.get("value.format")
    if connector == _PLAIN and key is not None and value_format and value_format[0] in _INSERTS:
        message = (
            "the connector `kafka` takes no primary key with the insert-only format "
            f"`{value_format[0]}`: delete the key, or use `upsert-kafka` or `debezium-json`"
        )
        yield message, key.span(), ("primary key", "format")


def _missing(
    connector: str, options: Mapping[str, tuple[str, Place]], *, has_key: bool
) -> Iterator[tuple[str, _About]]:
    if not {"topic", "topic-pattern"} & options.keys():
        yield _is_missing("topic", connector), ()
    if "properties.bootstrap.servers" not in options:
        yield _is_missing("properties.bootstrap.servers", connector), ()
    if connector == _PLAIN and not {"format", "value.format"} & options.keys():
        yield _is_missing("format", connector), ("format",)
    if connector == _UPSERT:
        for name in ("key.format", "value.format"):
            if name not in options:
                yield _is_missing(name, connector), ("format",)
        if not has_key:
            message = "an `upsert-kafka` table requires a primary key: add `PRIMARY KEY (…) NOT ENFORCED`"
            yield message, ("primary key",)


def _is_missing(name: str, connector: str) -> str:
    return f"`{name}` is missing: Flink rejects a `{connector}` table without it"
