"""The two commands that the README promises, and what they stand on."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSTRAINTS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
PINS = dict(line.split("==") for line in CONSTRAINTS if line.count("==") == 1)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra),
]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("line", CONSTRAINTS)
def test_a_constraint_is_a_name_and_a_version_and_no_address(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)


@pytest.mark.parametrize("wanted", WANTED)
def test_every_dependency_is_pinned_to_a_version_that_it_allows(wanted: str) -> None:
    requirement = Requirement(wanted)
    pins = {canonicalize_name(name): version for name, version in PINS.items()}

    assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_nothing_is_pinned_twice() -> None:
    assert len(PINS) == len(CONSTRAINTS)


def test_every_make_command_of_the_readme_is_a_target() -> None:
    named = set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE))

    assert {"check", "test"} <= named
    assert named <= make_targets()


def test_the_first_screen_of_the_readme_has_both_commands() -> None:
    first_screen = README.splitlines()[:30]

    assert any(line.startswith("make check") for line in first_screen)
    assert any(line.startswith("make test") for line in first_screen)


def test_a_target_is_never_taken_for_a_file_of_its_name() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)

    assert phony
    assert set(phony[1].split()) == make_targets()


def test_make_help_names_the_targets() -> None:
    shown = set(re.findall(r'@echo "make ([a-z]+)', MAKEFILE))

    assert shown <= make_targets()
    assert {"check", "test", "bench"} <= shown


def test_the_gate_runs_the_tests() -> None:
    gate = ROOT / ".ci" / "run"

    assert gate.stat().st_mode & 0o111
    assert gate.read_text(encoding="utf-8").splitlines()[-1] == "make test"


def test_the_workflow_runs_both_commands() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    commands = [step.get("run") for step in workflow["jobs"]["test"]["steps"]]

    assert {"make test", "make check"} <= set(commands)


def test_the_workflow_tries_every_python_that_the_package_names() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    named = [
        line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if ":: Python :: 3." in line
    ]

    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
