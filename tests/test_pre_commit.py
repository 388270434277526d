"""The hooks as the real pre-commit runs them, on commits in real git repositories.

Without a network: pre-commit builds its environment from a clone of this project as it would for anybody, but
the packages that it needs are those of the tests' own environment.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests import repositories
from tests.repositories import repository, write
from tests.sandboxes import needs_sandbox

ROOT = Path(__file__).parents[1]
BUILT_FROM = ("checker", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())

GOOD = "# Tea\n\n```python\nprint(1)\n```\n"
FIXABLE = "# Tea\n\n```python\nimport pandas as pd\n\npd.options.mode.copy_on_write = True\nprint(1)\n```\n"


def ordered(order: int, *wanted: str) -> str:
    return f"---\ntitle: Tea\norder: {order}\nprerequisites: {list(wanted)}\n---\n\n{GOOD}"


COURSE: dict[str, str | bytes | None] = {
    "coursecheck.toml": (
        '[course]\nlessons = ["lessons/**/*.mdx"]\n\n[rules]\nignore = ["frontmatter-schema"]\n'
    ),
    "README.md": "# About <br>\n",
    "lessons/01-a.mdx": ordered(1),
    "lessons/02-b.mdx": ordered(2),
    "lessons/unclosed.mdx": "# Left as it is\n\n<br>\n",
}


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the hooks are made from."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in BUILT_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return repository(folder, {})


class Project:
    """A course whose commits go through hooks."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = dict(environment)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def commit(self, files: Mapping[str, str | bytes | None]) -> tuple[bool, str]:
        """Whether a commit of these files went through, and what was said."""
        write(self.folder, files)
        self.run("git", "add", "--all")
        ended = self.run("git", "commit", "--quiet", "--message=next")
        return ended.returncode == 0, ended.stdout


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments, made once for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def project(tmp_path: Path, hooks: Path, home: Path) -> Project:
    return installed(tmp_path / "course", hooks, home, "coursecheck")


def installed(folder: Path, hooks: Path, home: Path, *names: str) -> Project:
    """A course with these hooks, installed as `pre-commit install` does it."""
    repository(folder, COURSE)
    revision = repositories.git(hooks, "rev-parse", "HEAD")
    # Nothing is fetched: neither what builds the project, nor what it and lessons need.
    chosen = [{"id": name, "additional_dependencies": []} for name in names]
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": chosen}]}
    environment = {
        **repositories.environment(),
        "PRE_COMMIT_HOME": str(home),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    project = Project(folder, environment)
    write(folder, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    made = project.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    assert made.returncode == 0, made.stdout
    project.run("git", "add", ".pre-commit-config.yaml")
    project.run("git", "commit", "--no-verify", "--quiet", "--message=hooks")
    return project


def test_the_hooks_are_described_as_pre_commit_wants_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_each_hook_is_handed_all_lessons_at_once(hook: Mapping[str, object]) -> None:
    assert hook["types_or"] == ["mdx", "markdown"]
    assert hook["require_serial"] is True
    assert hook.get("pass_filenames", True) is True
    static = "--no-run" in str(hook["entry"])
    assert static == (hook["id"] != "coursecheck-run")


def test_a_commit_without_lessons_is_nobodys_business(project: Project) -> None:
    passed, said = project.commit({"notes.txt": "x", "lessons/cup.png": "png"})
    assert passed, said
    assert "no files to check" in said


def test_good_lessons_go_through(project: Project) -> None:
    passed, said = project.commit(
        {"lessons/01-a.mdx": ordered(1) + "\nMore.\n", "lessons/03-c.mdx": ordered(3)}
    )
    assert passed, said


def test_a_lesson_without_code_goes_through(project: Project) -> None:
    passed, said = project.commit({"lessons/03-c.mdx": "---\ntitle: Tea\norder: 3\n---\n\n# Tea\n"})
    assert passed, said


def test_what_is_no_lesson_goes_through(project: Project) -> None:
    passed, said = project.commit({"README.md": "# About\n\n<br>\n", "docs/x.mdx": "<br>\n", "a.md": "---\n"})
    assert passed, said


def test_what_is_wrong_elsewhere_goes_through(project: Project) -> None:
    passed, said = project.commit({"lessons/01-a.mdx": ordered(1) + "\nMore.\n"})
    assert passed, said
    assert "unclosed.mdx" not in said


def test_a_broken_lesson_does_not(project: Project) -> None:
    passed, said = project.commit(
        {"lessons/02-b.mdx": "# Tea\n\n<br>\n", "lessons/01-a.mdx": ordered(1) + "\n"}
    )
    assert not passed
    assert "lessons/02-b.mdx:3:1 error[mdx-syntax]" in said
    assert "01-a.mdx" not in said


def test_a_lesson_that_breaks_its_course_does_not(project: Project) -> None:
    passed, said = project.commit({"lessons/02-b.mdx": ordered(2, "lessons/09-gone")})
    assert not passed
    assert "broken-prerequisite" in said
    passed, said = project.commit(
        {"lessons/01-a.mdx": ordered(1, "lessons/02-b"), "lessons/02-b.mdx": ordered(2)}
    )
    assert not passed
    assert "lessons/01-a.mdx:4:" in said
    assert "prerequisite-later" in said


@pytest.mark.parametrize(
    "name", ["lessons/-x.mdx", "lessons/a b.mdx", "lessons/$(touch x).mdx", "lessons/я.mdx"]
)
def test_names_are_only_names(name: str, project: Project) -> None:
    passed, said = project.commit({name: "# Tea\n\n<br>\n"})
    assert not passed
    assert "mdx-syntax" in said
    assert not (project.folder / "x").exists()


def test_the_hook_that_mends(tmp_path: Path, hooks: Path, home: Path) -> None:
    project = installed(tmp_path / "course", hooks, home, "coursecheck-fix")
    passed, said = project.commit({"lessons/01-a.mdx": ordered(1) + "\n" + FIXABLE})
    assert not passed, said
    assert "files were modified by this hook" in said
    assert "copy_on_write" not in (project.folder / "lessons/01-a.mdx").read_text()
    passed, said = project.commit({})
    assert passed, said


@needs_sandbox
def test_the_hook_that_runs(tmp_path: Path, hooks: Path, home: Path) -> None:
    project = installed(tmp_path / "course", hooks, home, "coursecheck-run")
    passed, said = project.commit({"lessons/01-a.mdx": ordered(1) + "\n```python\n1 / 0\n```\n"})
    assert not passed
    assert "ZeroDivisionError" in said
    passed, said = project.commit({"lessons/01-a.mdx": ordered(1) + "\n```python\n1 / 1\n```\n"})
    assert passed, said
