"""From a configuration to a lab."""

import os
import sys
from pathlib import Path

import pytest

from checker.config import load_config
from checker.errors import ConfigError
from checker.running.lab import Fault, KafkaLab, Lab, Message, PostgresLab, RegistryLab, SparkLab, Topic
from checker.seeding import lab as seeding
from checker.seeding.lab import find_lab, outline_lab

MADE = """
[[services.kafka.topics]]
name = "shop.public.orders"
debezium = { table = "public.orders", rows = 2 }
"""
SCRIPT = "[services.postgresql]\ninit = ['init.sql']\n"
FILE = "[[services.kafka.topics]]\nname = 'a'\nfile = 'a.jsonl'\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lab(course: Path, text: str) -> Lab:
    (course / "coursecheck.toml").write_text(text, encoding="utf-8")
    return find_lab(load_config("."))


def refused(course: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        lab(course, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_services_there_is_nothing(course: Path) -> None:
    assert lab(course, "") == Lab()


def test_empty_tables_are_services_with_nothing_in_them(course: Path) -> None:
    assert lab(course, "[services.kafka]\n[services.postgresql]\n") == Lab(KafkaLab(), PostgresLab())


def test_what_is_given_is_handed_on(course: Path) -> None:
    (course / "labs").mkdir()
    (course / "labs" / "one.sql").write_text("CREATE TABLE a ();")
    (course / "labs" / "two.sql").write_bytes(b"\xef\xbb\xbfSELECT 1;")
    found = lab(
        course,
        "[services.kafka]\nhosts = ['broker:9092']\nbootstrap = '10.0.0.1:9092'\n"
        "[services.postgresql]\nhosts = ['db:5433']\ndatabase = 'shop'\nuser = 'u'\npassword = 'p'\n"
        "init = ['labs/one.sql', 'labs/two.sql']\n",
    )
    assert found.kafka == KafkaLab(("broker:9092",), (), "10.0.0.1:9092")
    assert found.postgresql == PostgresLab(
        ("db:5433",), "shop", "u", "p", ("CREATE TABLE a ();", "SELECT 1;")
    )


def test_an_outline_has_the_names_and_reads_nothing(course: Path) -> None:
    (course / "init.sql").write_text("CREATE TABLE")
    (course / "a.jsonl").write_text("broken")
    text = "[services.kafka]\nhosts = ['broker:9092']\n" + FILE + MADE + SCRIPT
    (course / "coursecheck.toml").write_text(text)
    assert outline_lab(load_config(".")) == Lab(KafkaLab(("broker:9092",)), PostgresLab())
    (course / "coursecheck.toml").write_text("")
    assert outline_lab(load_config(".")) == Lab()


@pytest.mark.parametrize("text", [FILE, SCRIPT])
def test_an_outline_misses_what_is_not_there(course: Path, text: str) -> None:
    (course / "coursecheck.toml").write_text(text)
    with pytest.raises(
        ConfigError, match=r"coursecheck.toml: services\..*: there is no '(a.jsonl|init.sql)'"
    ):
        outline_lab(load_config("."))


def test_a_topic_may_be_empty(course: Path) -> None:
    found = lab(course, "[[services.kafka.topics]]\nname = 'results'\npartitions = 2\n")
    assert found.kafka is not None
    assert found.kafka.topics == (Topic("results", 2, ()),)


FAULT = "[[services.kafka.faults]]\n"


def test_faults_are_handed_on_in_seconds(course: Path) -> None:
    found = lab(
        course,
        FAULT
        + "lessons = 'a/*'\nafter = '500ms'\nlasts = '2s'\n"
        + FAULT
        + "request = 'Produce'\nerror = 'REQUEST_TIMED_OUT'\ncount = 3\n",
    )
    assert found.kafka is not None
    assert found.kafka.faults == (
        Fault("a/*", 0.5, 2.0),
        Fault(request="Produce", error="REQUEST_TIMED_OUT", count=3),
    )


def test_a_topic_is_read_from_its_file(course: Path) -> None:
    (course / "a.jsonl").write_text('{"key": "1", "value": {"n": 1}}\n')
    found = lab(course, FILE)
    assert found.kafka is not None
    assert found.kafka.topics == (Topic("a", 1, (Message(b"1", b'{"n":1}'),)),)


def test_a_topic_is_made_the_same_way_each_time(course: Path) -> None:
    first, second = lab(course, MADE), lab(course, MADE)
    assert first == second
    assert first.kafka is not None
    assert (
        len(first.kafka.topics[0].messages) == 7
    )  # two reads, an insert, two updates, a delete, its tombstone


def test_the_version_of_debezium_is_that_of_the_course(course: Path) -> None:
    found = lab(course, MADE + "[kafka]\ndebezium = '2.5'\n")
    assert found.kafka is not None
    assert b'"version":"2.5.0.Final"' in (found.kafka.topics[0].messages[0].value or b"")


def test_a_table_is_that_of_the_script(course: Path) -> None:
    (course / "init.sql").write_text(
        "CREATE TABLE orders (order_id int PRIMARY KEY, note text);\n"
        "INSERT INTO orders VALUES (7, 'from the script');"
    )
    found = lab(course, MADE + SCRIPT)
    assert found.kafka is not None
    first = found.kafka.topics[0].messages[0]
    assert b'"after":{"order_id":7,"note":"from the script"}' in (first.value or b"")


def test_columns_that_are_given_come_before_those_of_the_script(course: Path) -> None:
    (course / "init.sql").write_text("CREATE TABLE orders (order_id int PRIMARY KEY);")
    columns = "columns = { n = 'int primary key' }"
    text = MADE.replace("rows = 2", f"rows = 1, {columns}")
    found = lab(course, text + SCRIPT)
    assert found.kafka is not None
    assert b'"after":{"n":1}' in (found.kafka.topics[0].messages[0].value or b"")


def test_without_the_parser_the_script_is_not_passed_over(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / "init.sql").write_text("CREATE TABLE orders (order_id int PRIMARY KEY);")
    monkeypatch.setitem(sys.modules, "pglast", None)
    assert refused(course, MADE + SCRIPT).endswith("SQL needs pglast, which is not installed")
    # Nobody asks for the script's tables here.
    assert lab(course, FILE.replace("file = 'a.jsonl'\n", "") + SCRIPT).kafka is not None


def test_links_do_not_lead_out_of_the_folder(course: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.jsonl"
    outside.write_text("{}")
    (course / "a.jsonl").symlink_to(outside)
    assert "'a.jsonl' is outside the configuration's folder" in refused(course, FILE)


def test_a_fifo_is_not_waited_for(course: Path) -> None:
    os.mkfifo(course / "a.jsonl")
    assert refused(course, FILE) == "a.jsonl: not a regular file"


def test_a_file_may_be_too_large(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "a.jsonl").write_text("{}\n" * (1 << 19))
    monkeypatch.setattr(seeding, "_TOPIC_FILE_MAX", 1 << 20)
    assert refused(course, FILE) == "a.jsonl: larger than 1 MiB"


def test_all_topics_together_may_be_too_large(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "a.jsonl").write_text('{"value": "' + "a" * 1000 + '"}\n')
    monkeypatch.setattr(seeding, "_BYTES_MAX", 999)
    assert "services.kafka.topics: more than 0 MiB of messages" in refused(course, FILE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"key": 1}\n{"key" 2}\n', "a.jsonl:2:8: not JSON: expected `:`"),
        (b'{"key": 1}\n\xff\n', "a.jsonl:2: not UTF-8 text"),
        (None, "coursecheck.toml: services.kafka.topics[0].file: there is no 'a.jsonl'"),
    ],
)
def test_a_broken_file_is_named_with_its_place(course: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        (course / "a.jsonl").write_bytes(content)
    assert refused(course, FILE) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[services.kafka]\nhosts = ['a:0']", "services.kafka: 'a:0' has no port"),
        ("[services.kafka]\nbootstrap = 'a:65536'", "services.kafka: 'a:65536' has no port"),
        ("[services.postgresql]\nhosts = ['a:99999']", "services.postgresql: 'a:99999' has no port"),
        (
            "[services.kafka]\nbootstrap = 'a:9092'\n" + FILE,
            "services.kafka.topics[0].file: nothing is sent to a real broker",
        ),
        (
            "[services.kafka]\nbootstrap = 'a:9092'\n" + FAULT,
            "services.kafka.faults: a real broker has no faults on request",
        ),
        (FILE + FILE, "services.kafka.topics: 'a' is there twice"),
        (
            FILE + "debezium = { table = 'a' }",
            "services.kafka.topics[0]: it has both file and debezium",
        ),
        (
            FAULT + "after = 'soon'",
            "services.kafka.faults[0].after: 'soon' is not a duration such as 500ms, 10s or 2m",
        ),
        (
            FAULT + "lasts = '1'",
            "services.kafka.faults[0].lasts: '1' is not a duration such as 500ms, 10s or 2m",
        ),
        (FAULT + "topic = 'a'", "services.kafka.faults[0]: error is missing"),
        (FAULT + "error = 'X'", "services.kafka.faults[0]: there is nothing to fail"),
        (FAULT + "topic = 'a'\nrequest = 'Fetch'", "services.kafka.faults[0]: it has both topic and request"),
        ("[services.postgresql]\ninit = ['no.sql']", "services.postgresql.init[0]: there is no 'no.sql'"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(course: Path, text: str, message: str) -> None:
    assert refused(course, text) == f"coursecheck.toml: {message}"


def test_services_that_hold_nothing_are_there(course: Path) -> None:
    (course / "jars").mkdir()
    for name in ("b.jar", "a.jar", "README.md"):
        (course / "jars" / name).touch()
    text = (
        "[run]\nfolders = ['/data', '/opt/lake']\n"
        "[services.schema-registry]\nhosts = ['registry:8081']\n"
        "[services.spark]\nhosts = ['spark:7077']\njars = 'jars'\n"
    )
    found = lab(course, text)
    assert found == outline_lab(load_config("."))
    assert found.schema_registry == RegistryLab(("registry:8081",))
    assert found.spark == SparkLab(("spark:7077",), os.path.realpath(course / "jars"), ("a.jar", "b.jar"))
    assert found.folders == ("/data", "/opt/lake")
    assert lab(course, "[services.spark]\n").spark == SparkLab()


def test_a_folder_of_jars_is_inside_the_course(course: Path) -> None:
    assert "outside the configuration's folder" in refused(
        course, "[services.spark]\njars = '/usr/share/java'\n"
    )
    assert "there is no 'jars'" in refused(course, "[services.spark]\njars = 'jars'\n")
    assert "has no port" in refused(course, "[services.spark]\nhosts = ['spark:0']\n")
    assert "has no port" in refused(course, "[services.schema-registry]\nhosts = ['r:70000']\n")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", False),
        ("run-sql = false\n", False),
        ("run-sql = true\n", True),
        ("run-sql = true\n[sql]\ndialect = 'postgres'\n", True),
        ("run-sql = true\n[sql]\ndialect = 'mysql'\n", False),
    ],
)
def test_sql_is_run_when_it_is_asked_for_and_is_postgresql_s(text: str, runs: bool, course: Path) -> None:
    for found in (lab(course, f"[services.postgresql]\n{text}"), outline_lab(load_config("."))):
        assert found.postgresql is not None
        assert found.postgresql.runs_sql == runs
