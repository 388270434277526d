"""Tables from SQL scripts."""

from datetime import UTC, datetime
from decimal import Decimal

from checker.seeding.debezium.table import Column
from checker.seeding.scripts import ScriptTable, find_tables

SCRIPT = """
CREATE TABLE customers (
    id SERIAL PRIMARY KEY,
    name VARCHAR(20) NOT NULL,
    score NUMERIC(6, 2) DEFAULT '1.5'::numeric,
    active BOOLEAN DEFAULT true,
    tags TEXT[],
    seen TIMESTAMPTZ DEFAULT now(),
    CHECK (score > 0)
);
CREATE TABLE sales.lines (
    sale bigint, line smallint GENERATED ALWAYS AS IDENTITY, note text DEFAULT 'none',
    PRIMARY KEY (sale, line)
);
INSERT INTO customers (name, score, seen) VALUES
    ('Ada', 7.25, '2025-01-06 09:00:00+00'),
    ('Boris', DEFAULT, now()),
    ('Dalia', 1 + 1, 'yesterday'),
    ('Chen', -1, NULL);
INSERT INTO customers (name) SELECT 'x';
INSERT INTO elsewhere VALUES (1);
"""


def test_columns_are_those_of_the_statement() -> None:
    customers = find_tables([SCRIPT])["public.customers"]
    assert customers.columns == (
        Column("id", "int32", nullable=False, key=True, default=0),
        Column("name", "string", nullable=False, length=20),
        Column("score", "decimal", default=Decimal("1.50"), digits=6, scale=2),
        Column("active", "boolean", default=True),
        Column("tags", "string", array=True),
        Column("seen", "timestamptz", default=datetime(1970, 1, 1, tzinfo=UTC)),
    )


def test_a_key_may_have_several_columns() -> None:
    lines = find_tables([SCRIPT])["sales.lines"]
    assert [(each.name, each.key, each.nullable, each.default) for each in lines.columns] == [
        ("sale", True, False, None),
        ("line", True, False, None),
        ("note", False, True, "none"),
    ]


def test_rows_hold_what_is_written_down() -> None:
    assert find_tables([SCRIPT])["public.customers"].rows == (
        {"name": "Ada", "score": Decimal("7.25"), "seen": datetime(2025, 1, 6, 9, tzinfo=UTC)},
        {"name": "Boris"},
        {"name": "Dalia"},
        {"name": "Chen", "score": Decimal(-1), "seen": None},
    )


def test_columns_and_rows_may_stand_in_different_scripts() -> None:
    found = find_tables(
        ["CREATE TABLE a (n int, s text);", "INSERT INTO a VALUES (1, 'x', 'more'), ('y', 2);"]
    )
    assert found == {
        "public.a": ScriptTable((Column("n", "int32"), Column("s", "string")), ({"n": 1, "s": "x"}, {}))
    }


def test_what_is_not_understood_is_left_out() -> None:
    assert find_tables(["CREATE TABLE a (p point);"]) == {}
    assert (
        find_tables(["CREATE TABLE a (", "\0", "SELECT " + "(" * 50_000, "CREATE TABLE b AS SELECT 1;"]) == {}
    )
