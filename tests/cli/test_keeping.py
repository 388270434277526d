import json
from pathlib import Path

import pytest

from checker.model import Severity
from tests.cli.conftest import Command, FakePipeline
from tests.reporting.courses import at, finding, mixed, result, unrun


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finds(fake: FakePipeline, **places: Severity) -> None:
    where = mixed()
    fake.result = result(
        unrun(where, *(finding(at(where, text), text, severity=kind) for text, kind in places.items()))
    )


def accepted() -> list[str]:
    return [each["message"] for each in json.loads(Path("b.json").read_text())["findings"]]


def test_only_what_is_new_fails_and_is_shown(command: Command, fake: FakePipeline) -> None:
    finds(fake, total="error", SELECT="warning")
    ended = command("check", "--write-baseline", "b.json", "--output-format", "concise")
    assert ended.status == 0
    assert ended.err == "coursecheck: 2 findings accepted in b.json\n"
    assert ended.out.endswith("; no findings; 2 known from the baseline\n")

    assert command("check", "--baseline", "b.json").status == 0
    finds(fake, total="error", SELECT="warning", plain="error")
    ended = command("check", "--baseline", "b.json", "--output-format", "concise")
    assert ended.status == 1
    assert [line.rpartition(" ")[2] for line in ended.out.splitlines()[:-1]] == ["plain"]
    assert len(accepted()) == 2


def test_what_is_fixed_is_taken_off(command: Command, fake: FakePipeline) -> None:
    finds(fake, total="error", SELECT="error")
    command("check", "--write-baseline", "b.json")
    finds(fake, total="error")
    ended = command("check", "--baseline", "b.json")
    assert (ended.status, accepted()) == (0, ["total"])
    assert "coursecheck: 1 finding fixed and removed from b.json\n" in ended.err
    finds(fake, total="error", SELECT="error")
    assert command("check", "--baseline", "b.json").status == 1
    assert accepted() == ["total"]


def test_a_baseline_that_holds_is_not_written(command: Command, fake: FakePipeline) -> None:
    finds(fake, total="error")
    command("check", "--write-baseline", "b.json")
    Path("b.json").chmod(0o444)
    before = Path("b.json").stat().st_mtime_ns
    assert command("check", "--baseline", "b.json").status == 0
    assert Path("b.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(("kind", "plain", "ratcheted"), [("error", 1, 1), ("warning", 0, 1), ("info", 0, 0)])
def test_a_ratchet_lets_no_warning_in(
    command: Command, fake: FakePipeline, kind: Severity, plain: int, ratcheted: int
) -> None:
    finds(fake, total="error", SELECT="warning")
    command("check", "--write-baseline", "b.json")
    assert command("check", "--baseline", "b.json", "--ratchet").status == 0
    finds(fake, total="error", SELECT="warning", plain=kind)
    assert command("check", "--baseline", "b.json").status == plain
    assert command("check", "--baseline", "b.json", "--ratchet").status == ratcheted
    assert command("check", "--baseline", "b.json", "--ratchet", "--exit-zero").status == 0
    assert sorted(accepted()) == ["SELECT", "total"]


def test_rules_that_were_not_asked_for_stay(command: Command, fake: FakePipeline) -> None:
    where = mixed()
    there = finding(at(where, "total"), "total", code="PAN301", name="chained-assignment")
    fake.result = result(unrun(where, there))
    command("check", "--write-baseline", "b.json")
    fake.result = result(unrun(where))
    for arguments in (["--ignore", "PAN"], ["--select", "FM"]):
        command("check", "--baseline", "b.json", *arguments)
        assert accepted() == ["total"]
    command("check", "--baseline", "b.json", "--select", "PAN")
    assert accepted() == []


def test_the_new_may_be_accepted_too(command: Command, fake: FakePipeline) -> None:
    finds(fake, total="error")
    command("check", "--write-baseline", "b.json")
    finds(fake, total="error", SELECT="error")
    assert command("check", "--baseline", "b.json", "--write-baseline", "b.json").status == 1
    assert sorted(accepted()) == ["SELECT", "total"]


def test_the_document_says_what_is_known(command: Command, fake: FakePipeline) -> None:
    finds(fake, total="error")
    command("check", "--write-baseline", "b.json")
    finds(fake, total="error", SELECT="error")
    written = json.loads(command("check", "--baseline", "b.json", "--output-format", "json").out)
    assert [each["known"] for each in written["findings"]] == [True, False]
    assert written["baseline"] == {"known": 1, "fixed": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ratchet"], "--ratchet tightens a baseline: add --baseline FILE."),
        (["--baseline", "none.json"], "none.json: the baseline could not be read"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(
    command: Command, fake: FakePipeline, arguments: list[str], said: str
) -> None:
    ended = command("check", *arguments)
    assert ended.status == 2
    assert said in ended.err
    assert fake.asked == []
