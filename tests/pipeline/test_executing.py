"""Lessons that are run while others are being read: what starts nothing comes first."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from checker.config import Config, load_config
from checker.errors import SandboxError
from checker.pipeline import Options, check
from checker.pipeline.executing import Runner, Wanted
from checker.running.engine import Engine
from checker.running.interpreter import own_interpreter
from tests.quiet import QUIET
from tests.running.cells import lesson
from tests.sandboxes import needs_sandbox

RUNS = "# Tea\n\n```python\ncups = 3\ncups\n```\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    return load_config(".", None)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The commands of all processes that are started."""
    commands: list[Any] = []
    start = subprocess.Popen.__init__

    def note(self: Any, command: Any, *arguments: Any, **more: Any) -> None:
        commands.append(command)
        start(self, command, *arguments, **more)

    monkeypatch.setattr(subprocess.Popen, "__init__", note)
    return commands


def wanted(config: Config, **more: Any) -> Wanted:
    return Wanted(
        **{
            "config": config,
            "interpreter": own_interpreter(),
            "sandbox": None,
            "require_tier": None,
            "cache": None,
            **more,
        }
    )


def test_without_a_lesson_nothing_is_started_or_even_tried(config: Config, started: list[Any]) -> None:
    with Runner(wanted(config)) as runner:
        assert list(runner.results()) == []
    assert (runner.tier, started) == (None, [])


def test_a_lesson_without_python_is_not_waited_for(config: Config, started: list[Any]) -> None:
    with Runner(wanted(config)) as runner:
        for text in ("", "# Tea\n\nImport pandas.\n", "```sql\nSELECT 1\n```\n", "`py`\n", "\n" * 100_000):
            runner.expect(text)
    assert started == []


def test_what_was_expected_and_has_nothing_to_run_wants_no_sandbox(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    with Runner(wanted(config, sandbox="none")) as runner:
        runner.expect(RUNS)
        assert list(runner.results()) == []
    assert runner.tier is None


def test_a_tier_that_is_required_is_tried_even_so(config: Config) -> None:
    weak = wanted(config, sandbox="landlock", require_tier="namespaces")
    with Runner(weak) as runner, pytest.raises(SandboxError, match="required"):
        list(runner.results())


def test_without_isolation_the_first_lesson_is_refused(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    with Runner(wanted(config, sandbox="none")) as runner, pytest.raises(SandboxError, match="refused"):
        runner.add(lesson("open('ran', 'w')"))
    assert runner.tier is None
    assert not Path("ran").exists()


@needs_sandbox
def test_what_was_added_runs_in_the_tier_that_is_found(config: Config) -> None:
    with Runner(wanted(config)) as runner:
        runner.add(lesson("print(1)", path="a.mdx"))
        runner.add(lesson("print(2)", path="b.mdx"))
        results = {job.path: outcomes[0].stdout for job, outcomes in runner.results()}
    assert results == {"a.mdx": "1\n", "b.mdx": "2\n"}
    assert runner.tier


@needs_sandbox
@pytest.mark.parametrize(
    ("text", "packages"), [("~~~py\n1\n~~~", ()), ("> ```{.python}\nimport pandas\n```", ("pandas",))]
)
def test_the_interpreter_of_a_lesson_that_is_expected_is_started(
    config: Config, text: str, packages: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[Any] = []
    monkeypatch.setattr(Engine, "warm", lambda _, packages: warmed.append(packages))
    with Runner(wanted(config)) as runner:
        runner.expect(text)
        runner.expect("```python\nimport matplotlib\n```")
        runner.add(lesson("print(1)"))
        [(_, (outcome,))] = runner.results()
    assert (warmed, outcome.stdout) == ([packages], "1\n")


@needs_sandbox
@pytest.mark.usefixtures("config")
def test_when_everything_is_known_only_the_tier_is_tried(tmp_path: Path, started: list[Any]) -> None:
    (tmp_path / "a.mdx").write_text(RUNS)
    options = Options(cache=str(tmp_path / "cache"))
    first = check(options, QUIET)
    first_started = len(started)
    again = check(options, QUIET)
    assert again.lessons == first.lessons
    assert (first_started, len(started) - first_started) == (2, 1)


@needs_sandbox
@pytest.mark.usefixtures("config")
def test_a_lesson_runs_before_the_next_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = []
    add = Runner.add

    def note(self: Runner, job: Any) -> None:
        add(self, job)
        added.append(job.path)
        (tmp_path / "b.mdx").write_text(RUNS.replace("3", str(len(added))))

    monkeypatch.setattr(Runner, "add", note)
    for name in ("a.mdx", "b.mdx"):
        (tmp_path / name).write_text(RUNS)
    outcomes = [each.outcomes[0].stdout for each in check(Options(), QUIET).lessons]
    assert (added, outcomes) == (["a.mdx", "b.mdx"], ["3\n", "1\n"])
