"""The GitHub action, run here step by step on small repositories."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ci.runner import ACTION, ROOT, STEPS, Runner
from tests.repositories import commit, git, repository, write
from tests.sandboxes import needs_sandbox

GOOD = "# Tea\n\n```python\nprint(1)\n```\n"
BROKEN = "# Tea\n\n<br>\n\n```python\nprint(1)\n```\n"
SCRIPTS = [(each["name"], each["run"]) for each in STEPS if "run" in each]


@pytest.fixture(scope="session")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runner installs the checker: once for all tests, since that takes its time."""
    return tmp_path_factory.mktemp("runner")


@pytest.fixture
def runner(tmp_path: Path, temporary: Path) -> Runner:
    checkout = repository(tmp_path / "checkout", {"lessons/a.mdx": GOOD, "lessons/b.mdx": "# Left\n\n<br>\n"})
    return Runner(checkout, temporary)


def test_inputs_reach_scripts_through_the_environment_only() -> None:
    assert len(SCRIPTS) == 5
    for name, script in SCRIPTS:
        assert "${{" not in script, name


def test_every_action_that_is_used_is_pinned() -> None:
    text = (ROOT / "action.yml").read_text()
    used = re.findall(r"uses: (.+)", text)
    assert len(used) == 4
    for each in used:
        assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


def test_every_input_and_output_is_described() -> None:
    for each in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert each["description"]


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize(("name", "script"), SCRIPTS)
def test_scripts_are_clean(name: str, script: str) -> None:
    command = ["shellcheck", "--shell=bash", "-"]
    ended = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, name + ended.stdout


def test_a_good_course(runner: Runner) -> None:
    ended = runner.run(run="false", paths="lessons/a.mdx")
    assert ended.status == 0, ended.log
    assert {name: ended.outputs[name] for name in ("status", "errors", "warnings")} == {
        "status": "0",
        "errors": "0",
        "warnings": "0",
    }
    assert Path(ended.outputs["report"]).read_text().startswith("<!doctype html>")
    assert json.loads(Path(ended.outputs["results"]).read_text())["schema"] == 1
    assert json.loads(Path(ended.outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert "1 lesson" in ended.summary
    assert "::error" not in ended.log
    assert ended.skipped == [
        "actions/setup-python",
        "actions/cache",
        "github/codeql-action/upload-sarif",
        "actions/upload-artifact",
    ]


def test_a_broken_course(runner: Runner) -> None:
    ended = runner.run(run="false", paths="lessons")
    assert ended.status == 1
    assert (ended.outputs["status"], ended.outputs["errors"]) == ("1", "1")
    assert "::error file=lessons/b.mdx,line=3" in ended.log
    assert "mdx-syntax" in ended.summary


def test_a_course_that_cannot_be_checked(runner: Runner) -> None:
    write(runner.checkout, {"coursecheck.toml": "[rules]\nignre = []\n"})
    ended = runner.run(run="false")
    assert ended.status == 2
    assert (ended.outputs["status"], ended.outputs["report"], ended.outputs["sarif"]) == ("2", "", "")
    assert "ignre" in ended.log


def test_nothing_to_check(runner: Runner) -> None:
    assert runner.run(run="false", paths="nowhere").status == 2
    assert runner.run(run="false", paths="").status == 1


@needs_sandbox
def test_lessons_are_run(runner: Runner) -> None:
    write(runner.checkout, {"lessons/a.mdx": "# Tea\n\n```python\n1 / 0\n```\n"})
    ended = runner.run(paths="lessons/a.mdx")
    assert ended.status == 1
    assert "ZeroDivisionError" in ended.log


def test_more_options_one_a_line(runner: Runner) -> None:
    ended = runner.run(run="false", paths="lessons", options="--ignore\nmdx-syntax\n\n--show-output")
    assert ended.status == 0, ended.log


HOSTILE = [
    "$(touch x)`touch x`; touch x && touch x",
    "a\n$(touch x)\n; rm -rf . #\n\"; touch x; \"\n'; touch x; '\n::set-output name=x::y\n*",
    "-x",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "name", [name for name in ACTION["inputs"] if name not in ("run", "artifact", "python-version")]
)
def test_hostile_inputs_are_only_text(name: str, value: str, runner: Runner) -> None:
    before = sorted(runner.checkout.rglob("*"))
    given = {"run": "false", "paths": "lessons/a.mdx", name.replace("-", "_"): value}
    if name == "require-tier":
        given["run"] = "true"
    ended = runner.run(**given)
    assert sorted(each for each in runner.checkout.rglob("*") if ".git/" not in str(each)) == [
        each for each in before if ".git/" not in str(each)
    ]
    assert not (runner.temporary / "x").exists()
    assert name == "upload-sarif" or ended.status in (1, 2), ended.log


def test_what_is_not_on_a_throw_away_machine_is_left_as_it_is(runner: Runner, tmp_path: Path) -> None:
    said = tmp_path / "said"
    write(tmp_path / "bin", {"sysctl": "#!/bin/sh\necho 1\n", "sudo": f'#!/bin/sh\necho "$*" >> {said}\n'})
    for name in ("sysctl", "sudo"):
        (tmp_path / "bin" / name).chmod(0o755)
    runner.environment["PATH"] = f"{tmp_path / 'bin'}:{runner.environment['PATH']}"
    runner.run(run="false", paths="lessons/a.mdx")
    runner.run(run="true", paths="none")
    assert not said.exists()
    runner.environment["RUNNER_ENVIRONMENT"] = "github-hosted"
    runner.run(run="false", paths="lessons/a.mdx")
    assert not said.exists()
    runner.run(run="true", paths="none")
    assert said.read_text() == "-n sysctl -q -w kernel.apparmor_restrict_unprivileged_userns=0\n"


def test_only_what_has_changed(runner: Runner) -> None:
    write(runner.checkout, {"lessons/a.mdx": GOOD + "\nMore.\n"})
    ended = runner.run(run="false", changed_since="HEAD")
    assert ended.status == 0, ended.log
    assert "1 lesson unaffected" in ended.log


@pytest.mark.parametrize(
    ("event", "head", "wanted", "uploads"),
    [
        ("push", "", "auto", True),
        ("pull_request", "ada/course", "auto", True),
        ("pull_request", "eve/course", "auto", False),
        ("pull_request", "eve/course", "true", True),
        ("push", "", "false", False),
    ],
)
def test_who_may_write_to_code_scanning(
    event: str, head: str, wanted: str, uploads: bool, runner: Runner
) -> None:
    runner.github["github.event_name"] = event
    runner.github["github.event.pull_request.head.repo.full_name"] = head
    ended = runner.run(run="false", paths="lessons/a.mdx", upload_sarif=wanted)
    assert bool(ended.outputs["sarif"]) == uploads


class TestConfigurationFromTheBase:
    """Whoever proposes a change does not choose by what it is judged."""

    def test_a_change_cannot_silence_a_rule(self, runner: Runner) -> None:
        silent = {"coursecheck.toml": '[rules]\nignore = ["MDX"]\n', "lessons/b.mdx": BROKEN}
        commit(runner.checkout, silent)
        assert runner.run(run="false").status == 0
        ended = runner.run(run="false", config_from="HEAD~1")
        assert ended.status == 1, ended.log
        assert (runner.checkout / "coursecheck.toml").read_text() == ""

    def test_nor_by_a_nearer_configuration(self, runner: Runner) -> None:
        commit(runner.checkout, {"coursecheck.toml": "[rules]\n"})
        commit(runner.checkout, {"lessons/coursecheck.toml": '[rules]\nignore = ["MDX"]\n'})
        assert runner.run(run="false", paths="lessons").status == 0
        assert runner.run(run="false", paths="lessons", config_from="HEAD~1").status == 1

    def test_what_the_base_says_counts(self, runner: Runner) -> None:
        commit(runner.checkout, {"coursecheck.toml": '[rules]\nignore = ["MDX"]\n'})
        commit(runner.checkout, {"coursecheck.toml": None})
        assert runner.run(run="false").status == 1
        assert runner.run(run="false", config_from="HEAD~1").status == 0

    def test_a_configuration_of_another_name(self, runner: Runner) -> None:
        commit(runner.checkout, {"site/a b.toml": '[rules]\nignore = ["MDX"]\n'})
        commit(runner.checkout, {"site/a b.toml": "[rules]\n"})
        inputs = {"run": "false", "paths": "lessons", "config": "site/a b.toml"}
        assert runner.run(**inputs).status == 1
        assert runner.run(**inputs, config_from="HEAD~1").status == 0

    def test_links_lead_nowhere_else(self, runner: Runner, tmp_path: Path) -> None:
        commit(runner.checkout, {"coursecheck.toml": "[rules]\n", "site/c.toml": "[rules]\n"})
        (tmp_path / "precious").write_text("as it was")
        (runner.checkout / "coursecheck.toml").unlink()
        (runner.checkout / "coursecheck.toml").symlink_to(tmp_path / "precious")
        shutil.rmtree(runner.checkout / "site")
        (runner.checkout / "site").symlink_to(tmp_path)
        commit(runner.checkout, {})
        assert runner.run(run="false", config_from="HEAD~1").status == 1
        assert (tmp_path / "precious").read_text() == "as it was"
        ended = runner.run(run="false", config="site/c.toml", config_from="HEAD~1")
        assert "outside the checkout" in ended.log
        assert not (tmp_path / "c.toml").exists()

    def test_a_revision_that_is_not_there(self, runner: Runner) -> None:
        ended = runner.run(run="false", config_from="nowhere")
        assert ended.status == 2
        assert "fetch-depth: 0" in ended.log

    def test_a_checkout_cannot_run_anything(self, runner: Runner, tmp_path: Path) -> None:
        mark = tmp_path / "ran"
        write(tmp_path, {"program": f"#!/bin/sh\ntouch {mark}\n"})
        (tmp_path / "program").chmod(0o755)
        commit(runner.checkout, {".gitattributes": "* diff=evil filter=evil\n", "coursecheck.toml": ""})
        for key in ("core.fsmonitor", "diff.evil.textconv", "filter.evil.smudge", "core.pager"):
            git(runner.checkout, "config", key, str(tmp_path / "program"))
        assert runner.run(run="false", config_from="HEAD").status == 1
        assert not mark.exists()


def test_the_problem_matcher_reads_what_the_checker_writes(runner: Runner) -> None:
    ended = runner.run(run="false", paths="lessons", options="--output-format\nconcise")
    matchers = json.loads((ROOT / "ci" / "problem-matcher.json").read_text())["problemMatcher"]
    (pattern,) = [each["pattern"][0] for each in matchers if each["severity"] == "error"]
    (found,) = [each for line in ended.log.splitlines() if (each := re.match(pattern["regexp"], line))]
    assert (found[pattern["file"]], found[pattern["line"]], found[pattern["column"]]) == (
        "lessons/b.mdx",
        "3",
        "1",
    )
    assert found[pattern["code"]] == "mdx-syntax"
    # What is annotated already is not annotated twice.
    whole = runner.run(run="false", paths="lessons")
    assert not any(
        re.match(each["pattern"][0]["regexp"], line) for each in matchers for line in whole.log.splitlines()
    )
