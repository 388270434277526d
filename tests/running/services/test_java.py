from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.running.services import java
from checker.running.services.java import Java, find_java


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    find_java.cache_clear()
    yield
    find_java.cache_clear()


def install(folder: Path, version: str) -> str:
    home = folder / version
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    return str(home)


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [
        ([], None),
        (["1.8.0_292"], None),
        (["11.0.2"], None),
        (["25.0.3"], "25.0.3"),
        (["25.0.3", "21.0.1", "17.0.15"], "17.0.15"),
        (["25.0.3", "21.0.1"], "21.0.1"),
        (["11.0.2", "21"], "21"),
    ],
)
def test_the_oldest_that_spark_starts_in_is_chosen(
    versions: list[str], chosen: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [install(tmp_path, each) for each in versions]
    monkeypatch.setattr(java, "_homes", lambda: iter(homes))
    found = find_java()
    assert (found and found.version) == chosen


def test_what_does_not_say_its_version_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(install(tmp_path, "17.0.1"))
    monkeypatch.setattr(java, "_homes", lambda: iter([str(home)]))
    (home / "release").write_text("IMPLEMENTOR\n")
    assert find_java() is None
    find_java.cache_clear()
    (home / "release").unlink()
    assert find_java() is None


def test_a_version_is_told_as_text_and_as_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = install(tmp_path, "17.0.15")
    monkeypatch.setattr(java, "_homes", lambda: iter([home]))
    assert find_java() == Java(home, "17.0.15", 17)


@pytest.mark.parametrize("named", ["/opt/java", "java-17", "", "/usr/lib/no-java"])
def test_only_what_a_sandbox_sees_is_looked_at(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", named)
    assert named not in [*java._homes()]
    monkeypatch.setattr(java, "_FOLDER", "/no/such/folder")
    assert all(each.startswith("/usr/") for each in java._homes())
