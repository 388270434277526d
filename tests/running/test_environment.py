"""What the interpreter has is told from folders, without importing any of it."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.running.environment import Packages, describe
from checker.running.interpreter import own_interpreter


def looking_in(*folders: Path) -> Packages:
    return Packages(replace(own_interpreter(), folders=tuple(map(str, folders))))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages: a module, a package, a namespace with one package in it."""
    (tmp_path / "single.py").write_text("raise RuntimeError('imported')")
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "__init__.py").write_text("raise RuntimeError('imported')")
    (tmp_path / "shared" / "cloud" / "storage").mkdir(parents=True)
    (tmp_path / "shared" / "cloud" / "storage" / "__init__.py").write_text("")
    return tmp_path


@pytest.mark.parametrize("module", ["missing", "shared.cloud.pubsub", "shared.missing"])
def test_what_is_not_there(site: Path, module: str) -> None:
    assert not looking_in(site).has(module)


@pytest.mark.parametrize(
    "module",
    ["json", "os.path", "single", "whole", "whole.made.at.run.time", "shared.cloud.storage", "shared.cloud"],
)
def test_what_is_there(site: Path, module: str) -> None:
    assert looking_in(site).has(module)


def test_nothing_is_imported(site: Path) -> None:
    packages = looking_in(site)
    assert packages.has("whole")
    assert packages.has("single")
    assert not {"whole", "single"} & set(sys.modules)


def test_each_package_is_looked_for_once(site: Path) -> None:
    packages = looking_in(site)
    assert packages.has("single")
    (site / "single.py").unlink()
    assert packages.has("single")


def test_the_current_folder_holds_no_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "helpers_of_this_course.py").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert not Packages(own_interpreter()).has("helpers_of_this_course")


def test_the_interpreter_has_what_runs_these_tests() -> None:
    assert Packages(own_interpreter()).has("pytest")


def test_what_another_python_has_is_asked_of_it(site: Path) -> None:
    (site / "fast.cpython-399-x86_64-linux-gnu.so").touch()
    other = replace(
        own_interpreter(),
        folders=(str(site),),
        standard=frozenset({"teatime"}),
        extensions=(".cpython-399-x86_64-linux-gnu.so",),
    )
    assert not looking_in(site).has("fast")
    assert not looking_in(site).has("teatime")
    assert not Packages(other).has("json")
    assert Packages(other).has("fast")
    assert Packages(other).has("teatime.leaves")


def test_the_environment_names_python_and_versions(tmp_path: Path) -> None:
    for name in ("pandas-3.1.1.dist-info", "confluent_kafka-2.16.1.dist-info", "tea-1.0.dist-info", "numpy"):
        (tmp_path / name).mkdir(parents=True)
    folders = (str(tmp_path), str(tmp_path / "gone"))
    interpreter = replace(own_interpreter(), folders=folders, version=(3, 12, 9))
    found = describe(interpreter, "namespaces")
    assert found.packages == {"confluent-kafka": "2.16.1", "pandas": "3.1.1"}
    assert found.tier == "namespaces"
    assert found.python == "3.12.9"
    assert found.platform


def test_a_platform_without_uname(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert describe(own_interpreter(), None).platform == "win32"
