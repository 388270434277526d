import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.running.services import postgresql
from checker.running.services.postgresql import PROGRAMS, Server, find_server, template

FRESH = """#!/bin/sh
for each; do case $each in --pgdata=*) data=${each#*=};; esac; done
mkdir -p "$data/base" && echo 15 > "$data/PG_VERSION"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with programs in it, the only one that is looked into."""
    program(tmp_path, "postgres", 'echo "postgres (PostgreSQL) 15.18 (Debian 15.18-0)"')
    program(tmp_path, "psql", "exit 0")
    program(tmp_path, "initdb", FRESH)
    monkeypatch.setattr(postgresql, "_folders", lambda: iter([str(tmp_path)]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # pytest's folders are closed to others than root
    find_server.cache_clear()
    yield tmp_path
    find_server.cache_clear()


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def test_a_server_is_found_by_its_programs(folder: Path) -> None:
    assert find_server() == Server(str(folder), "15.18", 15)


@pytest.mark.parametrize("missing", PROGRAMS)
def test_without_one_of_its_programs_it_is_none(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    assert find_server() is None


@pytest.mark.parametrize("text", ["echo something else", "exit 1", "#!/no/such/shell\n"])
def test_what_does_not_say_its_version_is_none(folder: Path, text: str) -> None:
    program(folder, "postgres", text)
    assert find_server() is None


def test_the_newest_server_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = folder / "newer"
    newer.mkdir()
    for each in PROGRAMS:
        program(newer, each, 'echo "postgres (PostgreSQL) 17beta1"')
    monkeypatch.setattr(postgresql, "_folders", lambda: iter([str(newer), str(folder)]))
    found = find_server()
    assert found is not None
    assert (found.major, found.version) == (17, "17beta1")


def test_only_folders_that_a_sandbox_sees_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/opt/postgres/bin:/usr/bin::relative")
    assert all(each.startswith("/usr/") for each in postgresql._folders())
    assert "/usr/bin" in [*postgresql._folders()]


def test_the_fresh_folder_is_made_once(folder: Path) -> None:
    server = find_server()
    assert server is not None
    made = Path(template(server))
    assert (made / "PG_VERSION").read_text() == "15\n"
    program(folder, "initdb", "exit 1")
    assert template(server) == str(made)


def test_a_fresh_folder_that_cannot_be_made_says_why(folder: Path) -> None:
    program(folder, "initdb", "echo 'creating'; echo 'initdb: error: no room' >&2; exit 1")
    server = find_server()
    assert server is not None
    with pytest.raises(CheckerError, match=r"initdb fails: initdb: error: no room"):
        template(server)
    assert not [*Path(os.environ["XDG_CACHE_HOME"], "coursecheck", "postgresql").glob("*")]
    program(folder, "initdb", "exit 1")
    with pytest.raises(CheckerError, match="no reason given"):
        template(server)


@pytest.mark.usefixtures("folder")
def test_programs_that_do_not_run_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    server = find_server()
    assert server is not None

    def run(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("initdb", 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(CheckerError, match="does not run"):
        template(server)
    assert find_server() is not None
    find_server.cache_clear()
    assert find_server() is None


def test_a_real_server_has_a_folder_that_it_can_be_started_on() -> None:
    server = find_server()
    if server is None:
        pytest.skip("there is no PostgreSQL here")
    made = Path(template(server))
    assert (made / "PG_VERSION").read_text() == f"{server.major}\n"
    assert "scram-sha-256" in (made / "pg_hba.conf").read_text()
