"""`check --cluster`, as far as the command line goes: nothing is connected to."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.check import command


@pytest.fixture(autouse=True)
def _lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.md").write_text("# Tea\n")


@pytest.mark.parametrize("address", ["local", "tcp://host:8786", "tls://[::1]:8786"])
def test_an_address_is_taken_and_nothing_to_run_connects_to_nothing(address: str) -> None:
    told = CliRunner().invoke(command, ["--cluster", address, "--allow-empty"], standalone_mode=False)
    assert told.exception is None
    assert told.return_value == 0


@pytest.mark.parametrize(
    "address", ["", "host:8786", "http://host:8786", "tcp://host", "tcp://:1", "tcp://h:٣"]
)
def test_no_address_is_refused(address: str) -> None:
    told = CliRunner().invoke(command, ["--cluster", address])
    assert told.exit_code == 2
    assert "is neither tcp://host:port nor tls://host:port nor local." in " ".join(told.output.split())


@pytest.mark.parametrize("other", [["--no-run"], ["--watch"], ["--pandas", "2.3,3.1"]])
def test_what_does_not_go_with_a_cluster_is_refused(other: list[str]) -> None:
    told = CliRunner().invoke(command, ["--cluster", "local", *other])
    assert told.exit_code == 2
    assert f"--cluster and {other[0]}: the latter" in told.output


def test_jobs_are_for_workers_that_are_started_here() -> None:
    told = CliRunner().invoke(command, ["--cluster", "tcp://host:8786", "--jobs", "2"])
    assert told.exit_code == 2
    assert "--jobs is for this machine" in told.output
