import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from checker.errors import CheckerError
from checker.reporting.document import Results, RunRecord
from checker.reporting.health.build import build_health
from checker.reporting.health.over_time import Remembered
from checker.reporting.health.snapshot import snapshot
from checker.reporting.history.reading import recall
from checker.reporting.history.recording import record
from tests.reporting.health.documents import NOW, at_day, block, document, found


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "history.db")


def a_run(day: int = 1) -> Results:
    blocks = [block(seconds=0.5), block(index=1, outcome="failed"), block(index=2, outcome="skipped")]
    findings = [found(index=1, line=14), found(index=None, line=2, severity="warning", message="\x00 'x'")]
    return document(blocks, findings, run=at_day(day))


def test_a_run_is_read_as_it_was_written(file: str) -> None:
    record(file, a_run(1))
    record(file, a_run(2))
    assert recall(file).runs == (snapshot(a_run(1)), snapshot(a_run(2)))


def test_a_report_from_the_history_is_that_from_the_documents(file: str) -> None:
    older = [a_run(day) for day in (1, 2, 3)]
    for each in older:
        record(file, each)
    now = a_run(9)
    held = recall(file)
    assert build_health(now, held.runs, held.contents) == build_health(
        now, [snapshot(each) for each in older]
    )


def test_a_run_that_is_written_again_is_one_run(file: str) -> None:
    record(file, a_run())
    record(file, replace(a_run(), findings=()))
    (held,) = recall(file).runs
    assert held.findings == ()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM blocks").fetchone() == (3,)


def shard(part: int, *, of: int = 2, outcome: str = "passed") -> Results:
    run = replace(NOW, shard=f"{part}/{of}", started=f"2026-11-25T12:00:0{part}Z")
    return document([block(f"m{part}/a.mdx", outcome=outcome)], [found(f"m{part}/a.mdx")], run=run)  # type: ignore[arg-type]


def test_shards_are_one_run(file: str) -> None:
    record(file, shard(2))
    record(file, shard(1))
    (held,) = recall(file).runs
    assert held.run == replace(NOW, started="2026-11-25T12:00:01Z", shard=None)
    assert (held.point.snippets, held.point.errors, held.point.score) == (2, 2, 0.0)
    assert {each.path for each in held.findings} == {"m1/a.mdx", "m2/a.mdx"}


def test_one_shard_alone_says_so(file: str) -> None:
    record(file, shard(1))
    assert recall(file).runs[0].run.shard == "1/2"


def test_the_merged_document_replaces_its_shards(file: str) -> None:
    record(file, shard(1))
    record(file, a_whole := replace(a_run(), run=NOW))
    record(file, shard(2))  # late: what is whole has it already
    assert recall(file).runs == (snapshot(a_whole),)


def test_snippets_are_remembered_by_content(file: str) -> None:
    for day, outcome in ((5, "passed"), (9, "skipped"), (2, "skipped")):
        record(file, document([block("x.mdx", 0, outcome, digest="d")], run=at_day(day)))  # type: ignore[arg-type]
    assert recall(file).contents == {"d": Remembered(at_day(2).started, at_day(5).started)}


def test_old_runs_are_thinned(file: str) -> None:
    first = date(2025, 1, 1)
    for number in range(400):
        day = first + timedelta(days=number // 2)
        run = RunRecord(f"{number:03}", f"{day}T{8 + number % 2:02}:00:00Z")
        record(file, document([block()], [found()], run=run))
    held = recall(file)
    assert [each.run.id for each in held.runs if each.whole] == [f"{i:03}" for i in range(370, 400)]
    assert all(each.blocks and each.findings for each in held.runs if each.whole)
    thin = [each for each in held.runs if not each.whole]
    assert not any(each.blocks or each.findings for each in thin)
    assert {each.point.snippets for each in thin} == {1}
    days = [date.fromisoformat(each.run.started[:10]) for each in thin]
    assert len(set(days)) == len(days)
    recent = [day for day in days if day >= first + timedelta(days=199 - 90)]
    assert len(recent) >= 75
    weeks = [day.isocalendar()[:2] for day in days if day < first + timedelta(days=199 - 90)]
    assert len(weeks) == len(set(weeks)) >= 15
    assert held.contents["m1/a.mdx-0"].seen == "2025-01-01T08:00:00Z"


def test_no_history_grows_for_ever(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.reporting.history.recording._MOST_RUNS", 5)
    for number in range(60):
        day = date(2025, 1, 1) + timedelta(days=number)
        record(file, document(run=RunRecord(f"{number}", f"{day}T08:00:00Z")))
    assert len(recall(file).runs) <= 36


WRITE_TWENTY = """
import sys
import msgspec
from checker.reporting.document import Results, RunRecord
from checker.reporting.history.recording import record
from msgspec.structs import replace
results = msgspec.json.decode(sys.stdin.buffer.read(), type=Results)
for i in range(20):
    record(sys.argv[1], replace(results, run=RunRecord(f"{sys.argv[2]}-{i}", "2026-11-25T12:00:00Z")))
"""


def test_two_runs_may_write_at_once(file: str) -> None:
    content = msgspec.json.encode(a_run())
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE_TWENTY, file, name], stdin=subprocess.PIPE)
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(content)
        writer.stdin.close()
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(recall(file).runs) >= 30  # the newest are kept whole; of a day's others, one


def test_a_run_that_is_interrupted_leaves_what_was_there(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    record(file, a_run(1))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("checker.reporting.history.recording._thin", fail)
    with pytest.raises(KeyboardInterrupt):
        record(file, a_run(2))
    assert [each.run for each in recall(file).runs] == [at_day(1)]


def test_what_does_not_say_which_run_it_was(file: str) -> None:
    with pytest.raises(CheckerError, match="does not say which run it was"):
        record(file, document(run=None))
    assert not Path(file).exists()


def a_text(path: Path) -> None:
    path.write_text("no database " * 100)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def a_newer_history(path: Path) -> None:
    record(str(path), a_run())
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_text, "file is not a database"),
        (another_database, "a database, but no history of coursecheck"),
        (a_newer_history, "a history of version 99"),
        (Path.mkdir, "unable to open database file"),
    ],
)
def test_what_is_no_history_is_left_alone(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "history.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(CheckerError, match=said) as failure:
        record(str(path), a_run())
    assert failure.value.remedy
    assert (path.read_bytes() if path.is_file() else b"") == before
