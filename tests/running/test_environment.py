"""What the interpreter has is told from folders, without importing any of it."""

import site as site_module
import sys
from pathlib import Path

import pytest

from checker.running.environment import Packages, describe, is_standard, site_folders


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
    assert not Packages([str(site)]).has(module)


@pytest.mark.parametrize(
    "module",
    ["json", "os.path", "single", "whole", "whole.made.at.run.time", "shared.cloud.storage", "shared.cloud"],
)
def test_what_is_there(site: Path, module: str) -> None:
    assert Packages([str(site)]).has(module)


def test_nothing_is_imported(site: Path) -> None:
    packages = Packages([str(site)])
    assert packages.has("whole")
    assert packages.has("single")
    assert not {"whole", "single"} & set(sys.modules)


def test_each_package_is_looked_for_once(site: Path) -> None:
    packages = Packages([str(site)])
    assert packages.has("single")
    (site / "single.py").unlink()
    assert packages.has("single")


def test_the_current_folder_holds_no_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "helpers_of_this_course.py").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert not Packages().has("helpers_of_this_course")


def test_the_interpreter_has_what_runs_these_tests() -> None:
    assert Packages().has("pytest")


@pytest.mark.parametrize(
    ("module", "standard"), [("json", True), ("os.path", True), ("pandas", False), ("", False)]
)
def test_standard_modules(module: str, standard: bool) -> None:
    assert is_standard(module) is standard


def test_the_environment_names_python_and_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site-packages"
    for name in ("pandas-3.1.1.dist-info", "confluent_kafka-2.16.1.dist-info", "tea-1.0.dist-info", "numpy"):
        (site / name).mkdir(parents=True)
    monkeypatch.setattr(site_module, "getsitepackages", lambda: [str(site)])
    monkeypatch.setattr(site_module, "ENABLE_USER_SITE", False)
    found = describe("namespaces")
    assert found.packages == {"confluent-kafka": "2.16.1", "pandas": "3.1.1"}
    assert found.tier == "namespaces"
    assert found.python == ".".join(map(str, sys.version_info[:3]))
    assert found.platform


def test_a_platform_without_uname(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert describe(None).platform == "win32"


def test_packages_are_found_where_the_checker_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "getsitepackages", lambda: [str(tmp_path), str(tmp_path / "gone")])
    monkeypatch.setattr(site_module, "getusersitepackages", lambda: str(tmp_path.parent))
    monkeypatch.setattr(site_module, "ENABLE_USER_SITE", False)
    assert site_folders() == [str(tmp_path)]
    monkeypatch.setattr(site_module, "ENABLE_USER_SITE", True)
    assert site_folders() == [str(tmp_path), str(tmp_path.parent)]
