"""SQL by its dialect; when in doubt nothing is said."""

import pytest

from checker.languages.sql import other
from checker.languages.sql.checking import parse
from checker.languages.sql.dialects import is_marked
from checker.languages.telling import foreign_in_sql


def said(
    text: str, fence: str = "sql", configured: str | None = None, *, elsewhere: bool = False
) -> list[str]:
    return [
        f"{text[each.start : each.end]}: {each.message}"
        for each in parse(text, fence, configured, ["USE a;"] if elsewhere else [])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;",
        "-- nothing",
        "SELECT * FROM t WHERE a = :a AND b = :'b' AND c = %s AND d = %(d)s LIMIT ?;",
        "SELECT a::text, b[1:2] FROM t;",
        "INSERT INTO t VALUES (...);",
        "SELECT a FROM {{ ref('t') }}\n{% if b() %}\nWHERE a > (SELECT max(a) FROM {{ this }})\n{% endif %}",
        "SELECT … FROM t;",
        "SELECT a, ____(b) FROM t\n____ BY a\nHAVING c > ____;",
        "SELECT   -- 3\nFROM     -- 1\nWHERE    -- 2\nGROUP BY\nORDER BY;",
        "SELECT ??? FROM t WHERE ??? = 1;",
        "SELECT * FROM <table> WHERE a = {{ a }} AND b = ${b} AND c = {c};",
        "\\d orders\nSELECT 1 \\gset\n\\watch 5",
        "SELECT 1\n\nSELECT 2",
        "SELECT a FROM t\n-- or\nSELECT b FROM t",
        "shop=# SELECT 1;\n ?column?\n----------\n        1",
        "COPY t FROM stdin;\n1\ta\n\\.",
        "WHERE a = 1",
        "id bigint PRIMARY KEY,\nname text",
        "'a' = 'b',",
        "SHOW wal_level;",
        "SHOW BINARY LOGS;",
        "SHOW VARIABLES LIKE 'a';",
        "CREATE TABLE `t` (id int);",
        "CREATE TABLE t (id int) ENGINE=InnoDB;",
        "CREATE USER 'a'@'%' IDENTIFIED BY 'b';",
        "CREATE TABLE t (a STRING, WATERMARK FOR a AS a) WITH ('connector' = 'kafka');",
        "CREATE TABLE t (a STRUCT<b INT64>);",
        "DELETE t WHERE id = 1;",  # T-SQL
        "SELECT DISTINCT TOP 5 a FROM t;",
        "SELECT * FROM t LIMIT 5, 10;",
        "UPSERT INTO t VALUES (1);",
        "SELECT 1;;",
        "SELECT 1;\n-- two\nSELECT 2\n-- three\nSELECT 3",
        "SELECT a FROM (SELECT b AS a FROM t ORDER BY b LIMIT 5) q WHERE a = 1 GROUP BY a;",
        "SELECT a FROM t LIMIT 1; SELECT b FROM t WHERE b = 1;",
        "FROM t ORDER BY a SELECT b WHERE b = 1",  # DuckDB begins so
        "SELECT array_agg(a ORDER BY a) FROM t WHERE b = 'LIMIT';",
        "SELECT a FROM t GROUP BY a ORDER BY a UNION SELECT a FROM u WHERE b = 1;",
    ],
)
def test_it_is_how_lessons_write_or_another_dialect(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * FORM orders;", "FORM"),
        ("INSERT INTO t VALUES (1, 2;", ";"),
        ("CREATE TABLE t (\n  id int PRIMARY KEY\n  name text\n);", "name"),
        ("CREATE TABLE t (id int,);", ")"),
        ("UPDATE t SET a = 1, WHERE b = 2;", "WHERE"),
        ("SELECT 'é', * FORM t;", "FORM"),
        ("SELECT 1;\nSELECT 'abc FROM t;", "'abc FROM t;"),
        ("SELECT count(a FROM t", "FROM"),
        ("SELECT a FROM t WHERE a = (1", "1"),
        ("SELECT 1;\n\nSELECT 2\n\nSELECT * FORM t;", "FORM"),
        ("SELECT 1;\n\n-- all\nSELECT * FORM t;", "FORM"),
        ("SELECT 1\n\n-- an order\nUPDATE orders SETT a = 1;", "SETT"),
    ],
)
def test_postgresql_refuses_it(text: str, place: str) -> None:
    (found,) = said(text)

    assert found.startswith(f"{place}: PostgreSQL rejects this: ")


def test_a_misspelt_statement() -> None:
    assert said("SELECT 1;\nSELCT 2;") == [
        "SELCT: no SQL statement begins with `SELCT`: did you mean SELECT?"
    ]
    assert said("SELECT $$a;b$$, 'c;d' -- ;\n, \"e;f\";\nSELCT 2;")[0].startswith("SELCT: ")
    assert said("WHERE 1") == []


def test_a_misspelt_statement_that_sqlglot_takes_for_a_name() -> None:
    assert said("BEGIN; UPDATE t SET a = 1; COMIT;") == [
        "COMIT: no SQL statement begins with `COMIT`: did you mean COMMIT?"
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("SELECT a FROM t ORDER BY a WHERE b = 1;", "WHERE", "`WHERE` must come before `ORDER BY`"),
        ("SELECT a FROM t LIMIT 5 order  by a;", "order", "`ORDER BY` must come before `LIMIT`"),
        ("SELECT a FROM t HAVING a > 1 GROUP BY a", "GROUP", "`GROUP BY` must come before `HAVING`"),
    ],
)
def test_a_clause_behind_one_that_it_precedes(text: str, place: str, message: str) -> None:
    assert said(text) == [f"{place}: {message} in SQL"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("SELECT * FROM t WHERE a = ;", '";"'),
        ("SELECT a b c FROM t;", '"c"'),
        ("SELECT * FROM t WHERE WHERE a = 1;", '"WHERE"'),
        ("SELECT count(a FROM t WHERE b = 1 WHERE c;", '"FROM"'),
        ("CREATE TABLE orders id int;", '"id"'),
        ("CREATE TABLE groop id int;", '"id"'),
        ("GRANT SELECT orders TO a;", '"orders"'),
        ("CREATE TRIGGER x AFTER INSERT t EXECUTE FUNCTION f();", '"t"'),
        ("CREATE TABLE t (\n  a int NOT\n  NUL\n);", '"NUL"'),
        ("SELECT a, b\nFROM t LEFT\nu ON 1 = 1;", '"u"'),
        ("INSERT INTO t VALUES (1, 2,);", '")"; delete the comma before it'),
        ("UPDATE t SET a = 1, WHERE b = 2;", '"WHERE"; delete the comma before it'),
        ("SELECT a FROM t GROUP a;", '"a"; write `GROUP BY`'),
        ("SELECT a FROM t ORDER /* b */ a;", '"a"; write `ORDER BY`'),
        ("SELECT * FORM t;", '"FORM"; is `FORM` meant to be FROM?'),
        ("DELETE FROM t WEHRE a = 1;", '"a"; is `WEHRE` meant to be WHERE?'),
        (
            "CREATE TABLE t (\n  total numeric\n  updated_at timestamptz\n);",
            '"updated_at"; a comma is missing before it',
        ),
        (
            "CREATE TABLE t (\n  id int PRIMARY KEY -- (\n  name text\n);",
            '"name"; a comma is missing before it',
        ),
    ],
)
def test_what_may_be_done_about_it(text: str, end: str) -> None:
    (found,) = said(text)

    assert found.endswith(f" {end}")


def test_a_comma_too_many_before_from_is_right_in_bigquery() -> None:
    (fault,) = parse("SELECT a, FROM t", "sql", None)
    assert not fault.certain
    (fault,) = parse("SELECT a, FROM t", "postgresql", None)
    assert fault.certain


def test_what_another_dialect_refuses_is_told_without_the_parsers_own_words() -> None:
    assert said("SELECT FROM WHERE x;", "sparksql") == [
        "W: this does not look like spark: Expected table name but got `WHERE`"
    ]


def test_what_the_lessons_own_database_refuses_too_is_said_of_it() -> None:
    (fault,) = parse("SELECT * FORM t;", "sql", None, decide=lambda: "mysql")
    assert fault.message == (
        'MySQL rejects this, and so does PostgreSQL: syntax error at or near "FORM"; '
        "is `FORM` meant to be FROM?"
    )
    (fault,) = parse("SELCT 1;", "sql", None, decide=lambda: "mysql")
    assert fault.message.startswith("no SQL statement begins with `SELCT`")


def test_the_lesson_speaks_another_dialect() -> None:
    assert said("SELECT * FORM t;", elsewhere=True) == []
    assert said("SELECT * FORM t;", "postgres", elsewhere=True) != []


def test_the_dialect_can_be_named() -> None:
    assert said("DELETE t WHERE id = 1;", configured="postgres") != []
    assert said("SHOW BINARY LOGS;", configured="postgres") == []
    assert said("SELECT `a` FROM t LIMIT 5, 10;", "mysql") == []
    assert said("CHANGE MASTER TO MASTER_HOST = 'a';", "mysql") == []
    assert said("SELECT * FROM t WHERE (a = 1;", configured="mysql") != []
    assert said("SELECT ... FROM (;", "mysql") == []
    assert said("SELECT 'a", "mysql") == ["S: this does not look like mysql: a quote is never closed"]
    assert said("SELECT * FORM FORM FORM", "plsql") == []
    assert said("SELECT " + "(" * 9_000, "mysql") == []


def test_what_only_another_dialect_has_marks_it() -> None:
    assert is_marked("SELECT `a`")
    assert is_marked("create table t (a int) settings x = mergeTree()")
    assert is_marked("SELECT now() - 5d")
    assert not is_marked("SELECT 'a `b`' -- @c\n/* ENGINE= */")


@pytest.mark.parametrize(
    "text",
    [
        "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; END;",
        "EXPLAIN CHANGELOG_MODE SELECT 1;",
        "EXPLAIN PIPELINE SELECT 1;",
        "CALL lake.system.rewrite_data_files(table => 'a.b');",
        "ALTER TABLE a.b ADD PARTITION FIELD bucket(16, id);",
        "ALTER TABLE a.b WRITE ORDERED BY id;",
        "CREATE FUNCTION parse AS 'org.Parse' LANGUAGE JAVA;",
        "PREPARE q FROM SELECT 1;",
        "DROP TABLE IF EXISTS t DELETE TOPIC;",
        "DROP CONNECTOR c;",
        "CREATE OR REFRESH STREAMING TABLE t AS SELECT 1;",
        "SELECT window(ts, '10 minutes'), count(*) FROM t GROUP BY window(ts, '10 minutes');",
        "SELECT sum(x) FROM t WITH TOTALS;",
        "SELECT avg(v) FROM t SAMPLE BY 1h;",
        "SELECT * FROM t LATEST ON ts PARTITION BY symbol;",
        "SELECT mean(v) FROM m WHERE time > now() - 1h;",
        "CREATE TABLE t (id int) DISTRIBUTED BY HASH(id) BUCKETS 10;",
        "CREATE ROUTINE LOAD db.job ON t FROM KAFKA;",
        "ALTER TABLE t ADD SUPPLEMENTAL LOG DATA (PRIMARY KEY) COLUMNS;",
        "CREATE TABLESPACE ts DATAFILE '/a.dbf' SIZE 25M;",
        "SELECT f(x -> x * 2, [1, 2, 3]), {'a': 1};",
        "INSERT INTO t VALUES (1, [1, 2]);",
        "SELECT a FROM t ORDER BY a LIMIT 2 BY b LIMIT 10;",
        "ALTER TABLE t UPDATE a = 1 WHERE b = 2;",
        "ALTER TABLE t ADD PROJECTION p (SELECT a, sum(b) GROUP BY a);",
        "ALTER TABLE t ATTACH PARTITION 202601 FROM u;",
        "ALTER TABLE t CREATE BRANCH audit;",
        "ALTER TABLE t CHANGE COLUMN a COMMENT 'x';",
        "ALTER TABLE t ENABLE ROW MOVEMENT;",
        "ALTER TABLE t DISABLE KEYS;",
        "ALTER TABLE t WITH NOCHECK ADD CONSTRAINT c CHECK (a > 0);",
        "ALTER TASK t RESUME;",
        "ALTER INDEX i REBUILD ONLINE;",
        "ALTER USER a ACCOUNT UNLOCK;",
        "ALTER USER a QUOTA UNLIMITED ON users;",
        "ALTER DATABASE shop SET RECOVERY FULL;",
        "ALTER DATABASE shop SET ALLOW_SNAPSHOT_ISOLATION ON;",
        "ALTER SYSTEM SET db_recovery_file_dest_size = 10G;",
        "ALTER ROLE db_owner ADD MEMBER a;",
        "GRANT ALL ON *.* TO a;",
        "GRANT SELECT ON shop.* TO a;",
        "GRANT REPLICATION SLAVE TO a;",
        "GRANT SELECT ANY TABLE TO a;",
        "GRANT CREATE SESSION TO c##a;",
        "GRANT SELECT ON SCHEMA::cdc TO a;",
        "CREATE USER a FOR LOGIN a;",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t;",
        "CREATE FULLTEXT INDEX i ON t (a);",
        "CREATE UNIQUE INDEX i USING BTREE ON t (a);",
        "CREATE CONNECTION c TO KAFKA (BROKER 'b:9092');",
        "CREATE TRIGGER x AFTER UPDATE ON t BEGIN UPDATE s SET a = 1; END;",
        "CREATE TABLE t (a text PRIMARY KEY) WITHOUT ROWID;",
        "SELECT * INTO OUTFILE '/tmp/a' FROM t;",
        "SELECT * FROM a LEFT JOIN b WITHIN 1 HOUR ON a.id = b.id;",
        "SELECT * FROM STREAM read_kafka(topic => 'a');",
        "SELECT * FROM CHANGETABLE(CHANGES t, 0) AS c;",
        "SELECT * FROM t ALLOW FILTERING;",
        "EXPLAIN indexes = 1 SELECT 1;",
        "EXPLAIN QUERY PLAN SELECT 1;",
        "VACUUM t RETAIN 168 HOURS;",
        "REINDEX i;",
        "LOCK TABLES t READ;",
        "LOAD httpfs;",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT;",
        "BEGIN DBMS_LOGMNR.END_LOGMNR(); END;",
        "BEGIN TRY SELECT 1 END TRY BEGIN CATCH THROW END CATCH;",
    ],
)
def test_what_another_dialect_has_is_not_held_against_postgresql(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT sum(x) OVER w FROM t WINDOW w AS (PARTITION BY a);",
        "EXPLAIN (ANALYZE, BUFFERS) SELECT 1;",
        "PREPARE q AS SELECT 1;",
        "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;",
        "SELECT now() - '1h'::interval;",
        "SELECT 1 AS live, 2 AS sample;",
        "ALTER TABLE t ADD COLUMN connected boolean;",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
        "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1);",
        "ALTER TABLE t ALTER a SET DEFAULT 1;",
        "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f();",
        "CREATE INDEX i ON t USING btree (a);",
        "EXPLAIN ANALYZE SELECT 1;",
        "REINDEX TABLE t;",
        "LOAD 'auto_explain';",
        "SELECT t.* FROM t LIMIT 5;",
    ],
)
def test_what_postgresql_has_is_not_marked(text: str) -> None:
    assert not is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;\nSELECT 2;",
        "UPDATE t\nSET\n  max_wal_size = 5\nWHERE a = 1;",
        "-- docker compose up\nSELECT 1;",
        "/*\nmysql -h x\n*/\nSELECT 1;",
        "INSERT INTO t VALUES ('\nmysql -h x\n');",
        "kill 5;",
        "show tables;",
        "mysql> SELECT 1;\n+---+\n| 1 |\n+---+",
        "select\n  a\nfrom\n  t",
        "-- +---+\n-- | a |",
        "'json.ignore-parse-errors' = 'true'",
        "drop-column",
    ],
)
def test_it_is_sql(text: str) -> None:
    assert foreign_in_sql(text) is None


@pytest.mark.parametrize(
    ("text", "place", "certain"),
    [
        ("-- a\nmysql -h x -p\n\nSHOW TABLES;", "mysql -h x -p", True),
        ("PAGER='' PGPORT=1 psql -h x\n\nSHOW POOLS;", "PAGER='' PGPORT=1 psql -h x", True),
        ("SELECT 1;\n  $ docker ps", "$ docker ps", True),
        ("SELECT 1;\nsudo psql", "sudo psql", True),
        ("pt-online-schema-change --alter='x'", "pt-online-schema-change --alter='x'", True),
        ("wal_level = logical", "wal_level = logical", True),
        ("a = 1\nb = '2' -- c", "a = 1", True),
        ("customer = 42", "customer = 42", False),
        ("SHOW TABLES;\n+---+---+\n| a | b |", "+---+---+", False),
        ("INSERT INTO t VALUES (1);\nINSERT 0 1", "INSERT 0 1", False),
        ("DELETE FROM t;\nDELETE 3", "DELETE 3", False),
        ("ERROR 1236 (HY000): no", "ERROR 1236 (HY000): no", False),
    ],
)
def test_it_is_no_sql(text: str, place: str, *, certain: bool) -> None:
    fault = foreign_in_sql(text)

    assert fault is not None
    assert text[fault.start : fault.end] == place
    assert fault.certain is certain
    assert said(text) == []


def test_what_sqlglot_only_hands_through_it_does_not_read() -> None:
    assert other.accepts("SELECT TOP 5 a FROM t", "tsql") is True
    assert other.accepts("SELECT (a FROM t", "tsql") is False
    assert other.accepts("VACUUM FULL VERBOSE t", "tsql") is None


@pytest.mark.parametrize(
    ("text", "decided", "certain"),
    [
        ("GRANT SELECT orders TO a;", "mysql", []),  # nobody here can read MySQL's GRANT
        ("GRANT SELECT orders TO a;", None, [False]),
        ("GRANT SELECT orders TO a;", "postgres", [True]),
        ("CREATE TRIGGER x AFTER INSERT ON t EXCUTE FUNCTION f();", None, [True]),
        ("GRANT SELECT ON ALL TABELS IN SCHEMA public TO a;", None, [True]),
        ("CREATE TABLE t (a int b int);", "mysql", [True]),
        ("CREATE TABLE t (a int b int);", None, [True]),
    ],
)
def test_what_no_other_dialect_is_asked_about_is_not_certain(
    text: str, decided: str | None, certain: list[bool]
) -> None:
    assert [each.certain for each in parse(text, "sql", None, decide=lambda: decided)] == certain
