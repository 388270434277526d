"""A runner of GitHub's for one composite action: its `run` steps in order, as the real one starts them."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests import repositories

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
INSTALL = "Install coursecheck"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Ended:
    """What an action left behind."""

    def __init__(self) -> None:
        self.log = ""
        self.status = 0
        self.outputs: dict[str, str] = {}
        self.summary = ""
        self.skipped: list[str] = []


class Runner:
    """Runs the action in a checkout; `temporary` is what the runner throws away afterwards."""

    def __init__(self, checkout: Path, temporary: Path) -> None:
        self.checkout = checkout
        self.temporary = temporary
        self.github = {
            "github.action_path": str(ROOT),
            "github.event_name": "push",
            "github.event.pull_request.head.repo.full_name": "",
            "github.repository": "ada/course",
            "github.run_id": "1",
            "github.run_attempt": "1",
            "runner.os": "Linux",
            "runner.arch": "X64",
        }
        # Nothing is fetched: what is to be installed is there already.
        self.environment = {
            **repositories.environment(),
            "CI": "true",
            "RUNNER_TEMP": str(temporary),
            "XDG_CACHE_HOME": str(temporary / "cache"),
            "PYTHONPATH": sysconfig.get_path("purelib"),
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_NO_DEPS": "1",
            "PIP_NO_INDEX": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def run(self, **inputs: str) -> Ended:
        """Every step with these inputs (`-` as `_`), until one fails."""
        given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        known = {**self.github, **{f"inputs.{name}": value for name, value in given.items()}}
        ended = Ended()
        for step in STEPS:
            if "uses" in step:
                ended.skipped.append(step["uses"].partition("@")[0])
            elif not ended.status and not (step["name"] == INSTALL and self._is_installed(given)):
                self._step(step, known, ended)
        ended.outputs = {name: _filled(each["value"], known) for name, each in ACTION["outputs"].items()}
        return ended

    def _is_installed(self, given: Mapping[str, str]) -> bool:
        """Whether an earlier run has done so, which takes its time, in the same way."""
        commands = self.temporary / "coursecheck" / "command"
        if not commands.exists() or given["extras"] != ACTION["inputs"]["extras"]["default"]:
            return False
        self.environment["PATH"] = f"{commands}{os.pathsep}{self.environment['PATH']}"
        return True

    def _step(self, step: Mapping[str, Any], known: dict[str, str], ended: Ended) -> None:
        assert step["shell"] == "bash"
        assert "if" not in step
        files = {name: self.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV")}
        files["GITHUB_STEP_SUMMARY"] = self.temporary / "GITHUB_STEP_SUMMARY"
        for path in files.values():
            path.write_text("")
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        env = {name: _filled(str(value), known) for name, value in step.get("env", {}).items()}
        process = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.checkout,
            env={**self.environment, **{name: str(path) for name, path in files.items()}, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        ended.log += process.stdout
        ended.status = process.returncode
        ended.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            name, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{name}"] = value
        for line in files["GITHUB_PATH"].read_text().splitlines():
            self.environment["PATH"] = f"{line}{os.pathsep}{self.environment['PATH']}"
        assert files["GITHUB_ENV"].read_text() == ""


def _filled(text: str, known: Mapping[str, str]) -> str:
    """The text with what its expressions come to; an output that was not set is empty."""

    def value(found: re.Match[str]) -> str:
        if found[1].startswith("steps."):
            return known.get(found[1], "")
        return known[found[1]]

    return _EXPRESSION.sub(value, text)
