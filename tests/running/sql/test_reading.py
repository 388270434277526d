import sys

import pytest

from checker.model import Block, Lesson
from checker.reading.lesson import parse_lesson
from checker.running.sql.reading import is_postgresql, obstacle, statements


def lesson(*fences: tuple[str, str]) -> Lesson:
    return parse_lesson("a.mdx", "\n\n".join(f"```{lang}\n{code}\n```" for lang, code in fences), ())


def block(code: str, lang: str = "sql") -> Block:
    return lesson((lang, code)).blocks[0]


ELSEWHERE = {
    "not SQL": [("bash", "ls")],
    "no language": [("", "SELECT 1")],
    "another dialect by its fence": [("mysql", "SELECT 1")],
    "a dialect that nobody reads": [("flinksql", "SELECT 1")],
    "another dialect by its words": [("sql", "SHOW SLAVE STATUS")],
    "beside another dialect": [("sql", "SELECT 1"), ("mysql", "SELECT 1")],
    "beside another dialect's words": [("sql", "SELECT 1"), ("sql", "SET GLOBAL max_connections = 500;")],
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_may_be_another_dialect_is_left_alone(name: str) -> None:
    found = lesson(*ELSEWHERE[name])
    assert not is_postgresql(found, found.blocks[0])


@pytest.mark.parametrize("lang", ["sql", "SQL", "sql {1,3}", "sql:query", "postgresql", "postgres"])
def test_sql_is_postgresql_s_where_nothing_says_otherwise(lang: str) -> None:
    found = lesson((lang, "SELECT 1"), ("python", "`"), ("bash", "USE x"))
    assert is_postgresql(found, found.blocks[0])


def test_a_fence_that_names_postgresql_is_sure() -> None:
    found = lesson(("postgresql", "SELECT 1"), ("mysql", "SELECT 1"))
    assert is_postgresql(found, found.blocks[0])


def test_a_block_that_is_postgresql_s_by_itself_is_so_beside_others() -> None:
    found = lesson(
        ("sql", "SELECT * FROM pg_publication"), ("sql", "SHOW SLAVE STATUS"), ("mysql", "SELECT 1")
    )
    assert is_postgresql(found, found.blocks[0])


def test_a_block_that_the_lesson_says_to_be_another_s_is_left_alone() -> None:
    found = parse_lesson("a.mdx", "For MySQL:\n\n```sql\nSELECT 1;\n```\n", ())
    assert not is_postgresql(found, found.blocks[0])


EXCERPTS = {
    "a name left out": ("SELECT * FROM <table>", "is an excerpt: `<table>` stands for a value"),
    "braces": ("SELECT {{ id }}", "is an excerpt: `{{ id }}` stands for a value"),
    "a parameter": ("SELECT * FROM t WHERE a = :since", "is an excerpt: `:since` stands for a value"),
    "a number": ("SELECT * FROM t WHERE a = $1", "is an excerpt: `$1` stands for a value"),
    "dots": ("INSERT INTO t VALUES (...)", "is an excerpt: `...` stands for omitted code"),
    "dots in a text": ("SELECT '...'::jsonb", "is an excerpt: `...` stands for omitted code"),
    "a command": ("\\d orders", r"has a command of psql, `\d`"),
    "a command below": ("SELECT 1 \\gx", r"has a command of psql, `\gx`"),
    "a wait": ("SELECT pg_sleep(60)", "waits, by `pg_sleep`, for longer than a block may take"),
    "a wait of some time": ("SELECT pg_sleep(seconds) FROM f", "waits, by `pg_sleep`"),
    "a wait by another name": ("SELECT pg_sleep_for('5 minutes')", "waits, by `pg_sleep`"),
    "a wait in a function": (
        "CREATE FUNCTION f() RETURNS void AS $$ SELECT pg_sleep(60) $$ LANGUAGE sql",
        "waits",
    ),
    "comments": ("-- nothing\n/* at all */", "has only comments"),
    "nonsense": ("SELEC 1", 'is not read by PostgreSQL (syntax error at or near "SELEC")'),
    "output": ("id | name\n---+-----\n 1 | a", "is not read by PostgreSQL"),
    "half of a character": ("SELECT '\ud800'", "is not read by PostgreSQL (it has characters that are none)"),
    "a book": ("SELECT 1;" * 10_000, "is output, or too long to be read"),
}


@pytest.mark.parametrize("name", EXCERPTS)
def test_excerpts_are_not_run(name: str) -> None:
    code, words = EXCERPTS[name]
    assert obstacle(block(code)).startswith(words)


def test_output_by_its_title_is_not_run() -> None:
    assert obstacle(block("SELECT 1", 'sql title="Вывод"'))


WHOLE = {
    "a query": "SELECT 1",
    "a cast": "SELECT '1'::int, a[1:2] FROM t",
    "an operator": "SELECT '{}'::jsonb ? 'a'",
    "dots in text": "SELECT 'a ... b' -- :name, $1 and <table> ...",
    "a wait": "SELECT pg_sleep(0.5); -- pg_sleep(60)",
    "a function": "CREATE FUNCTION f(a int) RETURNS int AS $$ BEGIN RETURN $1; END $$ LANGUAGE plpgsql",
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_whole_is_run(name: str) -> None:
    assert obstacle(block(WHOLE[name])) == ""


def test_statements_are_without_the_comments_above_them() -> None:
    code = "-- ž\nSELECT 'a;b';\n\n/* one */ -- two\nINSERT INTO t VALUES (1);\nSELECT 2 -- end"
    assert [code[start:end] for start, end in statements(code)] == [
        "SELECT 'a;b'",
        "INSERT INTO t VALUES (1)",
        "SELECT 2 -- end",
    ]


def test_without_a_parser_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pglast", None)
    assert obstacle(block("SELECT 1")).startswith("is not read by PostgreSQL (reading it needs pglast")
