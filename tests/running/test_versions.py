"""The interpreters for the versions that are compared."""

import os
from pathlib import Path

import pytest

from checker.errors import ConfigError
from checker.running.environment import describe
from checker.running.interpreter import own_interpreter
from checker.running.versions import interpreters

OWN = own_interpreter()
HERE = describe(OWN, None).packages.get("pandas", "")

# A gate installs it: there a missing pandas fails.
pytestmark = pytest.mark.skipif(not (HERE or os.environ.get("CI")), reason="pandas is not installed")


def find(*wanted: str, named: dict[str, str] | None = None, trusted: bool = True) -> list[str]:
    found = interpreters(wanted, named or {}, ".", OWN, trusted=trusted)
    return [f"{version} {each.executable}" for version, each in found.items()]


def test_the_usual_interpreter_serves_its_own_version() -> None:
    major, minor, _ = HERE.split(".", 2)
    wanted = (f"{major}.{minor}", major)
    assert find(*wanted) == [f"{each} {OWN.executable}" for each in wanted]


def test_the_configuration_names_others() -> None:
    assert len(find(HERE, HERE.partition(".")[0], named={HERE: OWN.executable})) == 2


def test_one_version_is_no_comparison() -> None:
    with pytest.raises(ConfigError, match="name two"):
        find("3.1", "3.1")


def test_a_version_that_nobody_has() -> None:
    with pytest.raises(ConfigError, match=r"no interpreter with pandas 0\.1 is known") as raised:
        find(HERE, "0.1")
    assert '"0.1" = "path/to/python"' in raised.value.remedy


def test_an_interpreter_with_another_version() -> None:
    with pytest.raises(ConfigError, match=r"has pandas .*, not 0\.1"):
        find(HERE, "0.1", named={"0.1": OWN.executable})


def test_a_configuration_that_may_be_a_stranger_s(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="outside the sandbox"):
        find(HERE, "2.3", named={"2.3": str(tmp_path / "python")}, trusted=False)
