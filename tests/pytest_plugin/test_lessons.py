"""`pytest --lessons`, as pytest itself shows it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# pytester forgets what is imported while it runs, and would import it anew.
import checker.pytest_plugin.collecting  # noqa: F401
from checker.errors import SandboxError
from checker.pipeline import check
from checker.pytest_plugin import outcomes
from tests.sandboxes import needs_sandbox

PASSES = "# Tea\n\n```python\nx = 1\n```\n"
LESSON = """# Tea

```python
price = {"sencha": 5.5}
```

## What is *not* there, [see](x.md) a::b

```python
def find(tea):
    print("looking for", tea)
    return price[tea]

find("oolong")
```

## On purpose

```python check:raises=KeyError
price["assam"]
```

## Elsewhere

```python
import no_such_package_anywhere
```

```bash
ls
```

```python
print(price)
```
"""


class Counted:
    """The pipeline's `check`, and the paths that it was asked for."""

    def __init__(self, check: Callable[..., Any]) -> None:
        self.paths: list[str] = []
        self._check = check

    def __call__(self, options: Any, *others: Any) -> Any:
        self.paths += options.paths
        return self._check(options, *others)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    made = Counted(check)
    monkeypatch.setattr(outcomes, "check", made)
    return made


def write(pytester: pytest.Pytester, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def collected(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    ran = pytester.runpytest_inprocess("--collect-only", "-q", *arguments)
    return [line for line in ran.outlines if "::" in line]


def test_without_the_option_there_are_no_lessons(pytester: pytest.Pytester) -> None:
    write(pytester, {"lessons/01.mdx": PASSES})

    assert collected(pytester) == []


def test_without_the_option_nothing_of_ours_is_imported(tmp_path: Path) -> None:
    script = (
        "import sys, pytest\n"
        "pytest.main(['-q', '-p', 'no:cacheprovider'])\n"
        "print(*(name for name in sys.modules if name.partition('.')[0] == 'checker'), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stderr.split() == ["checker", "checker.pytest_plugin"]


def test_what_is_no_lesson_of_the_course_is_passed_over(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        {
            "coursecheck.toml": '[course]\nlessons = ["lessons/**/*.mdx"]\n',
            "lessons/01.mdx": PASSES,
            "lessons/notes.md": PASSES,
            "other.mdx": PASSES,
            "README.md": PASSES,
            "lessons/python.txt": PASSES,
        },
    )

    assert collected(pytester, "--lessons") == ["lessons/01.mdx::line-3: Tea"]
    assert collected(pytester, "--lessons", "lessons/01.mdx") == ["lessons/01.mdx::line-3: Tea"]
    assert collected(pytester, "--lessons", "other.mdx") == []


def test_without_a_configuration_it_is_every_lesson_that_git_would_see(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        {".gitignore": "drafts/\n", "a/01.mdx": PASSES, "drafts/02.mdx": PASSES, "README.md": PASSES},
    )
    (pytester.path / ".git").mkdir()

    assert collected(pytester, "--lessons") == ["a/01.mdx::line-3: Tea"]


def test_lessons_come_beside_the_tests_that_the_project_names(
    pytester: pytest.Pytester, counted: Counted
) -> None:
    write(
        pytester,
        {
            "pytest.ini": "[pytest]\ntestpaths = tests\n",
            "tests/test_a.py": "def test_a(): pass\n",
            "lessons/01.mdx": PASSES,
        },
    )

    assert collected(pytester, "--lessons") == ["tests/test_a.py::test_a", "lessons/01.mdx::line-3: Tea"]
    assert collected(pytester, "--lessons", "tests") == ["tests/test_a.py::test_a"]
    assert counted.paths == []  # to collect is not to run


def test_a_block_is_named_by_its_line_and_heading(pytester: pytest.Pytester) -> None:
    nameless = "```python\nx = 1\n```\n\n# \x1b[31m `::` \u202e\n\n```py\n1\n```\n"
    write(pytester, {"01.mdx": LESSON, "02.mdx": nameless})

    assert collected(pytester, "--lessons") == [
        "01.mdx::line-3: Tea",
        "01.mdx::line-9: What is not there, see a b",
        "01.mdx::line-19: On purpose",
        "01.mdx::line-25: Elsewhere",
        "01.mdx::line-33: Elsewhere",
        "02.mdx::line-1:",
        "02.mdx::line-7: 31m",
    ]


@needs_sandbox
def test_a_test_ends_as_its_block_does(pytester: pytest.Pytester, counted: Counted) -> None:
    write(pytester, {"01.mdx": LESSON})

    ran = pytester.runpytest_inprocess("--lessons", "-rA")

    ran.assert_outcomes(passed=2, failed=1, xfailed=1, skipped=1)
    ran.stdout.fnmatch_lines(
        [
            "01.mdx:12:* error[[]snippet-failed] KeyError: 'oolong'",
            "*return price[[]tea]",
            "01.mdx:14: in <module>",
            "01.mdx:12: in find",
            "*looking for oolong",
            "SKIPPED [[]1] 01.mdx:25: *no_such_package_anywhere*",
            "XFAIL 01.mdx::line-19: On purpose - raised KeyError, as the lesson says",
        ]
    )
    assert counted.paths == ["01.mdx"]


@needs_sandbox
def test_only_the_lessons_of_selected_blocks_run(pytester: pytest.Pytester, counted: Counted) -> None:
    write(pytester, {"01.mdx": LESSON, "02.mdx": PASSES})

    pytester.runpytest_inprocess("--lessons", "-k", "02.mdx and line-3:").assert_outcomes(
        passed=1, deselected=5
    )
    assert counted.paths == ["02.mdx"]
    pytester.runpytest_inprocess("--lessons", "01.mdx::line-19: On purpose").assert_outcomes(xfailed=1)


@needs_sandbox
def test_it_can_be_spread_over_processes(pytester: pytest.Pytester) -> None:
    write(pytester, {"a/01.mdx": LESSON, "a/02.mdx": PASSES, "pytest.ini": "[pytest]\ntestpaths = a\n"})

    ran = pytester.runpytest_subprocess("--lessons", "-n", "2", "--dist", "loadfile")

    ran.assert_outcomes(passed=3, failed=1, xfailed=1, skipped=1)


@needs_sandbox
def test_what_its_author_has_silenced_does_not_fail(pytester: pytest.Pytester) -> None:
    config = '[rules]\nignore = ["snippet-failed"]\n'
    write(pytester, {"coursecheck.toml": config, "01.mdx": "```python\n1 / 0\n```\n"})

    ran = pytester.runpytest_inprocess("--lessons", "-rs")

    ran.assert_outcomes(skipped=1)
    ran.stdout.fnmatch_lines(["SKIPPED [[]1] 01.mdx:1: failed, which its author has silenced"])


@needs_sandbox
def test_what_only_reading_shows_fails_its_block(pytester: pytest.Pytester) -> None:
    write(
        pytester, {"01.mdx": "# A\n\n```python\nprint(1\n```\n\n[to](nowhere.mdx)\n\n```python\nx = 1\n```\n"}
    )

    ran = pytester.runpytest_inprocess("--lessons")

    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(["01.mdx:4:* error[[]python-syntax]*"])


@needs_sandbox
def test_a_block_that_has_gone_since_is_said(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        {
            "01.mdx": PASSES,
            "conftest.py": (
                "def pytest_collection_finish(session):\n    session.items[0].path.write_text('# Tea')\n"
            ),
        },
    )

    ran = pytester.runpytest_inprocess("--lessons")

    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["The lesson has changed since it was collected: this block is gone."])


def test_without_a_sandbox_the_session_ends_and_says_why(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> str:
        raise SandboxError("no isolation can be had here", "Run `coursecheck doctor`.")

    monkeypatch.setattr("checker.running.probing.probe", refuse)
    write(pytester, {"01.mdx": PASSES})

    ran = pytester.runpytest_inprocess("--lessons")

    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stdout.fnmatch_lines(["*coursecheck: no isolation can be had here", "*coursecheck doctor*"])


@pytest.mark.parametrize("testpaths", ["", "testpaths = lessons\n"])
def test_a_wrong_configuration_ends_the_session(pytester: pytest.Pytester, testpaths: str) -> None:
    write(
        pytester,
        {
            "pytest.ini": f"[pytest]\n{testpaths}",
            "coursecheck.toml": "[course]\nlesson = []\n",
            "lessons/01.mdx": PASSES,
        },
    )

    ran = pytester.runpytest_inprocess("--lessons")

    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    assert "Traceback" not in f"{ran.stdout}{ran.stderr}"
    assert "course.lesson: there is no such key; did you mean lessons?" in f"{ran.stdout}{ran.stderr}"


def test_so_does_a_wrong_configuration_of_some_lessons(pytester: pytest.Pytester) -> None:
    wrong = {"b/coursecheck.toml": "[curse]\n", "b/01.mdx": PASSES, "b/data.txt": "x"}
    write(pytester, {"a/01.mdx": PASSES, **wrong})

    ran = pytester.runpytest_inprocess("--lessons")

    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*ERROR collecting b/01.mdx*", "coursecheck: *curse: there is no such key*"])
    assert "Traceback" not in str(ran.stdout)


def test_a_defect_of_ours_shows_its_traceback(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(outcomes.Runs, "verdict", broken)
    write(pytester, {"01.mdx": PASSES})

    ran = pytester.runpytest_inprocess("--lessons")

    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*RuntimeError: ours*"])
