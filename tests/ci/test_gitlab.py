"""The template for GitLab: its script run here, in the shell that GitLab gives it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.ci.runner import ROOT, Runner
from tests.repositories import repository

JOB = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))[".coursecheck"]
(SCRIPT,) = JOB["script"]
GOOD = "# Tea\n\n```python\nprint(1)\n```\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return repository(tmp_path / "checkout", {"lessons/a.mdx": GOOD, "lessons/b.mdx": "# Left\n\n<br>\n"})


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gitlab")


def run(checkout: Path, home: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    given = {"CI_PROJECT_DIR": str(checkout), "COURSECHECK_SOURCE": f"file://{ROOT}"}
    given |= {name: os.path.expandvars(str(value)) for name, value in JOB["variables"].items() if value}
    script = SCRIPT
    if (home / "coursecheck" / "bin" / "coursecheck").exists():
        # As an earlier test left it: installing takes its time.
        script = re.sub(r"^(?:python -m venv|.*-m pip install) .*\n", "", SCRIPT, flags=re.MULTILINE)
    environment = {**Runner(checkout, home).environment, **dict.fromkeys(JOB["variables"], ""), **given}
    return subprocess.run(
        ["sh", "-c", script],
        cwd=checkout,
        env={**environment, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_script_is_clean() -> None:
    command = ["shellcheck", "--shell=sh", "-"]
    ended = subprocess.run(command, input=SCRIPT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout


def test_a_good_lesson_and_its_reports(checkout: Path, home: Path) -> None:
    ended = run(checkout, home, {"COURSECHECK_RUN": "false", "COURSECHECK_PATHS": "lessons/a.mdx"})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    reports = JOB["artifacts"]["reports"]
    assert json.loads((checkout / reports["codequality"]).read_text()) == []
    assert (checkout / reports["junit"]).read_text().startswith("<?xml")
    for path in JOB["artifacts"]["paths"]:
        assert (checkout / path).stat().st_size


def test_a_broken_lesson_fails_and_is_reported(checkout: Path, home: Path) -> None:
    ended = run(checkout, home, {"COURSECHECK_RUN": "false"})
    assert ended.returncode == 1
    (problem,) = json.loads((checkout / "coursecheck" / "quality.json").read_text())
    assert problem["check_name"] == "mdx-syntax"


def test_what_to_install_has_to_be_said(checkout: Path, home: Path) -> None:
    ended = run(checkout, home, {"COURSECHECK_SOURCE": ""})
    assert ended.returncode == 2
    assert "COURSECHECK_SOURCE" in ended.stderr


@pytest.mark.parametrize("name", ["COURSECHECK_PATHS", "COURSECHECK_TIER", "COURSECHECK_SINCE"])
@pytest.mark.parametrize("value", ["$(touch x)`touch x`; touch x", "a\nEND\ntouch x\n\"; touch x; '", "-x"])
def test_hostile_variables_are_only_text(name: str, value: str, checkout: Path, home: Path) -> None:
    ended = run(checkout, home, {"COURSECHECK_RUN": "false", "COURSECHECK_SINCE": "", name: value})
    assert not (checkout / "x").exists()
    assert name == "COURSECHECK_TIER" or ended.returncode == 2
