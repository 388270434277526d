"""Lessons beside a PostgreSQL and a schema registry of their own, in their sandbox."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.lab import Lab, PostgresLab, RegistryLab
from checker.running.services.equipment import equipped
from checker.running.sql.reading import statements
from tests.running.cells import kinds, lesson, outcomes
from tests.running.services.lab import needs_postgresql
from tests.sandboxes import in_every_tier, needs_sandbox

pytestmark = [needs_postgresql, needs_sandbox]

INIT = """
CREATE TABLE orders (id serial PRIMARY KEY, total numeric(10, 2) NOT NULL, note text);
INSERT INTO orders (total) VALUES (1.5), (2.5);
\\connect shop
CREATE ROLE reader;
"""
LAB = Lab(
    postgresql=PostgresLab(
        hosts=("db:5432", "localhost:15432"), database="shop", user="jana", password="it's", init=(INIT,)
    ),
    schema_registry=RegistryLab(),
    folders=("/data",),
)
CONNECT = """
import psycopg2
connection = psycopg2.connect(host="db", dbname="shop", user="jana", password="it's")
connection.autocommit = True
cursor = connection.cursor()

def ask(query):
    cursor.execute(query)
    return cursor.fetchall()
"""
Run = Callable[..., list[Outcome]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run blocks as one lesson; those that are not Python begin with SQL's comment."""
    with Engine(Limits(), workers=1, lab=equipped(LAB)) as engine:

        def run_blocks(*sources: str, services: Sequence[str] = ("postgresql",)) -> list[Outcome]:
            cells = [
                CellJob(
                    number,
                    source,
                    10 * number + 1,
                    10.0,
                    statements=statements(source) if source.startswith("--") else (),
                    may_fail=True,
                )
                for number, source in enumerate(sources)
            ]
            job = LessonJob("a.mdx", (SessionJob("lesson", tuple(cells), tuple(services)),))
            return outcomes(engine, job)

        yield run_blocks


def test_a_lesson_finds_what_the_scripts_made_by_every_name_of_the_server(run: Run) -> None:
    other = CONNECT.replace('host="db"', 'host="localhost", port=15432')
    found = run(f"{CONNECT}\nask('SELECT total FROM orders')[0]", f"{other}\nask('SELECT current_user')")
    assert [each.stdout for each in found] == ["(Decimal('1.50'),)\n", "[('jana',)]\n"]


def test_sql_and_python_work_on_one_database_in_the_lesson_s_order(run: Run) -> None:
    found = run(
        "--\nCREATE TEMP TABLE seen AS SELECT * FROM orders;\nCREATE TABLE made (a int);",
        f"{CONNECT}\ncursor.execute('INSERT INTO made VALUES (7)')",
        "--\nINSERT INTO seen SELECT a, a FROM made;\nINSERT INTO made SELECT id FROM seen",
        "ask('SELECT count(*) FROM made')",
    )
    assert kinds(found) == ["passed"] * 4
    assert found[3].stdout == "[(4,)]\n"


def test_an_error_of_sql_stands_at_its_place_and_stops_nothing_else(run: Run) -> None:
    found = run(
        "--\nSELECT id,\n       totl FROM orders", "--\nBEGIN;\nSELECT nope FROM orders", "--\nSELECT 1"
    )
    assert kinds(found) == ["failed", "failed", "passed"]
    error = found[0].error
    assert error is not None
    assert (error.type, error.line, error.column) == ("undefined_column", 3, 8)
    assert "totl" in error.message


def test_what_the_lab_does_not_have_is_skipped_aloud(run: Run) -> None:
    found = run("--\nSELECT * FROM heartbeat", f"{CONNECT}\nask('SELECT * FROM heartbeat')")
    assert kinds(found) == ["skipped", "skipped"]
    assert all('relation "heartbeat" does not exist' in each.reason for each in found)


def test_a_wrong_password_is_refused_as_in_the_lab(run: Run) -> None:
    (found,) = run(CONNECT.replace("it's", "guess"))
    assert found.kind == "failed"
    assert "password authentication failed" in found.reason


def test_each_lesson_begins_with_what_the_scripts_made(run: Run) -> None:
    for _ in range(2):
        found = run(
            "--\nDELETE FROM orders WHERE id = 1;\nCREATE TABLE once (a int);", "--\nSELECT * FROM once"
        )
        assert kinds(found) == ["passed", "passed"]


def test_it_is_set_up_for_change_data_capture(run: Run) -> None:
    (found,) = run(
        "--\nCREATE PUBLICATION everything FOR ALL TABLES;\n"
        "SELECT pg_create_logical_replication_slot('s', 'pgoutput');\n"
        "DO $$ BEGIN ASSERT current_setting('wal_level') = 'logical'; END $$"
    )
    assert found.kind == "passed"


def test_folders_of_the_lab_can_be_written_in_and_are_empty(run: Run) -> None:
    write = "import os\nprint(os.listdir('/data'))\nopen('/data/a', 'w').write('x');"
    assert [run(write, services=())[0].stdout for _ in range(2)] == ["[]\n", "[]\n"]


def test_a_registry_is_the_client_s_own_mock(run: Run) -> None:
    setup = """
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

address = {"url": "http://schema-registry:8081"}
text = '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}'
place = SerializationContext("orders", MessageField.VALUE)
data = AvroSerializer(SchemaRegistryClient(address), text)({"id": 7}, place)
"""
    found = run(
        setup,
        "AvroDeserializer(SchemaRegistryClient(address))(data, place)",
        "other = Schema(text.replace('id', 'no'), 'AVRO')\n"
        "SchemaRegistryClient(address).register_schema('orders-value', other)",
        "SchemaRegistryClient(address).get_compatibility('orders-value')",
        "SchemaRegistryClient({'url': 'http://elsewhere:8081'})",
        "SchemaRegistryClient({**address, 'nope': 1})",
        services=("schema-registry",),
    )
    assert kinds(found) == ["passed", "passed", "skipped", "skipped", "skipped", "failed"]
    assert found[1].stdout == "{'id': 7}\n"
    assert "compatible" in found[2].reason
    assert "`get_compatibility()`" in found[3].reason
    assert "elsewhere:8081" in found[4].reason
    assert found[5].reason == "ValueError: Unrecognized properties: nope"


def test_a_script_that_fails_is_told_with_its_line() -> None:
    assert LAB.postgresql is not None
    lab = equipped(Lab(postgresql=PostgresLab(init=("SELECT 1;", "SELECT 1;\nSELEC 2;"))))
    with Engine(Limits(), workers=1, lab=lab) as engine:
        (found,) = outcomes(engine, lesson(CONNECT, services=("postgresql",)))
    assert found.kind == "skipped"
    assert "script 2 of its `init` fails at line 2: ERROR:  syntax error" in found.reason


def test_a_hostile_script_reaches_no_further_than_a_lesson() -> None:
    script = "COPY (SELECT 1) TO PROGRAM 'cat /etc/shadow /root/.bashrc > /data/stolen; id -u > /data/who'"
    lab = equipped(Lab(postgresql=PostgresLab(init=(script,)), folders=("/data",)))
    with Engine(Limits(), workers=1, lab=lab) as engine:
        (found,) = outcomes(
            engine,
            lesson("print(open('/data/stolen').read(), open('/data/who').read())", services=("postgresql",)),
        )
    assert found.kind == "skipped" or found.stdout.strip() == "1000"


@pytest.mark.parametrize("tier", in_every_tier)
def test_where_there_is_no_network_the_block_is_skipped(tier: str) -> None:
    with Engine(Limits(), workers=1, tier=tier, lab=equipped(LAB)) as engine:
        (found,) = outcomes(engine, lesson(CONNECT, services=("postgresql",)))
    if tier == "landlock":
        assert found.kind == "skipped"
        assert "landlock does not provide" in found.reason
    else:
        assert found.kind == "passed"
