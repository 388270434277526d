import json
from pathlib import Path

import msgspec
import pytest

from checker.reporting.document import Results
from checker.reporting.history.reading import recall
from tests.cli.conftest import Command
from tests.reporting.health.documents import NOW, at_day, block, document, found


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, results: Results) -> str:
    Path(name).write_bytes(msgspec.json.encode(results))
    return name


@pytest.fixture
def now() -> str:
    return write("now.json", document([block(outcome="failed")], [found()]))


@pytest.fixture
def before() -> str:
    return write("before.json", document([block()], run=at_day(1)))


def test_one_html_file_by_default(command: Command, now: str) -> None:
    ended = command("report", now)
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "coursecheck: html written to report.html\n"
    assert Path("report.html").read_text().startswith("<!doctype html>")


def test_the_numbers_on_standard_output(command: Command, now: str, before: str) -> None:
    ended = command("report", now, before, "--json")
    numbers = json.loads(ended.out)
    assert (numbers["total"]["score"], len(numbers["changes"]["new"])) == (0.0, 1)
    assert list(Path().glob("*.html")) == []


def test_several_at_once(command: Command, now: str) -> None:
    ended = command("report", now, "--output", "badge=b.svg", "--output", "badge-json=b.json")
    assert ended.status == 0
    assert Path("b.svg").read_text().startswith("<svg")
    assert json.loads(Path("b.json").read_text())["schemaVersion"] == 1
    assert not Path("report.html").exists()


def test_a_file_and_others(command: Command, now: str) -> None:
    command("report", now, "--output-file", "health.html", "--output", "json=n.json", "--lang", "ru")
    assert '<html lang="ru">' in Path("health.html").read_text()
    assert json.loads(Path("n.json").read_text())["schema"] == 1


def test_older_documents_may_be_named_in_any_order(command: Command, now: str, before: str) -> None:
    third = write("third.json", document(run=at_day(3)))
    numbers = json.loads(command("report", now, before, third, "--json").out)
    assert [each["run"]["id"] for each in numbers["trend"]] == ["run-1", "run-3", "now"]


def test_undated_documents_are_named_newest_first(command: Command) -> None:
    names = [write(f"{i}.json", document([block(index=n) for n in range(i)], run=None)) for i in (3, 2, 1)]
    numbers = json.loads(command("report", *names, "--json").out)
    assert [each["snippets"] for each in numbers["trend"]] == [1, 2, 3]


def test_a_history(command: Command, now: str, before: str) -> None:
    command("report", before, "--history", "h.db", "--json")
    numbers = json.loads(command("report", now, before, "--history", "h.db", "--json").out)
    assert [each["run"]["id"] for each in numbers["trend"]] == ["run-1", "now"]
    assert [each.run.id for each in recall("h.db").runs] == ["run-1", "now"]


@pytest.mark.usefixtures("fake")
def test_a_check_keeps_its_history(command: Command) -> None:
    for _ in range(2):
        assert command("check", "--history", "h.db", "--output-format", "concise").status == 0
    first, second = recall("h.db").runs
    assert first.run.id != second.run.id
    assert first.point.snippets == 2


@pytest.mark.usefixtures("fake")
def test_a_check_says_which_run_it_was(command: Command) -> None:
    written = json.loads(command("check", "--output-format", "json").out)
    assert set(written["run"]) == {"id", "started", "revision", "shard", "division"}


def test_a_shard_is_not_an_older_run(command: Command) -> None:
    shards = [write(f"{i}.json", document(run=msgspec.structs.replace(NOW, shard=f"{i}/2"))) for i in (1, 2)]
    ended = command("report", *shards)
    assert ended.status == 2
    assert ended.err.splitlines() == [
        "coursecheck: error: 2.json is another shard of the same run, not an older run",
        "  `coursecheck merge` makes one document out of shards.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'RESULTS'"),
        (["none.json"], "none.json: No such file"),
        (["now.json", "none.json"], "none.json: No such file"),
        (["now.json", "--output", "sarif=x"], "'sarif' is not a format; there are html, json,"),
        (["now.json", "--output", "json"], "is not FORMAT=FILE"),
        (["now.json", "--lang", "de"], "'de' is not one of"),
        (["now.json", "--history", "now.json"], "now.json: the history cannot be used"),
        (["now.json", "--output-file", "no/where.html"], "no/where.html: the report could not be written"),
    ],
)
@pytest.mark.usefixtures("now")
def test_what_cannot_be_done_is_said(command: Command, arguments: list[str], said: str) -> None:
    ended = command("report", *arguments)
    assert ended.status == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
