"""Ruff's findings, at their places in the lesson."""

import textwrap
from pathlib import Path

import pytest

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.config.keys import RuffKeys
from checker.errors import CheckerError, ConfigError
from checker.model import Finding
from checker.reading.lesson import parse_lesson
from checker.rules.python.ruff_findings import ruff_findings


def found(text: str, *select: str, path: str = "lesson.mdx") -> list[Finding]:
    analysis = analyze(parse_lesson(path, textwrap.dedent(text)))
    return ruff_findings([analysis], Config(path="coursecheck.toml", ruff=RuffKeys(select)))


def covered(text: str, finding: Finding) -> str:
    return textwrap.dedent(text)[finding.span.start : finding.span.end]


SILENT = {
    "an import that a later block uses": """
        ```python
        import json
        ```

        ```python
        json.loads("1")
        ```
    """,
    "imports in every block, an expression and an await at the end": """
        ```python
        import json
        json
        ```

        ```python
        import os
        await os
        ```
    """,
    "a name that undefined-name reports": """
        ```python
        print(nowhere)
        ```
    """,
    "what does not parse": """
        ```python
        def broken(:
        ```
    """,
    "a bare return": """
        ```python
        return 1
        ```
    """,
    "notebook lines": """
        ```python
        %matplotlib inline
        import json
        !ls
        %time json.loads("1")
        ```

        ```python
        %%bash
        ls
        ```
    """,
    "another language": """
        ```sql
        x == None
        ```
    """,
    "a line that ruff is told to leave alone": """
        ```python
        x = 1
        x == None  # noqa: E711
        ```
    """,
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said(text: str) -> None:
    assert found(text, "E", "F", "B", "PLE", "D100", "INP", "N999") == []


def test_ruff_is_not_started_when_nothing_is_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", pytest.fail)
    assert found("```python\nx == None\n```\n") == []


def test_a_finding_says_what_where_and_in_which_block() -> None:
    text = """
        # Nothing

        ```sql
        select 1
        ```

        > ```python title="a.py"
        > x = 1
        > даже = "🙂", x == None
        > ```
    """
    (finding,) = found(text, "E711")
    assert (finding.code, finding.name) == ("RUFF:E711", "none-comparison")
    assert (finding.severity, finding.block, finding.intended) == ("warning", 1, False)
    assert (finding.span.line, finding.span.column) == (10, 20)
    assert covered(text, finding) == "None"
    assert "None" in finding.message


def test_prompts_are_not_counted() -> None:
    text = """
        ```pycon
        >>> x = 1
        >>> (x
        ...   == None)
        False
        ```
    """
    (finding,) = found(text, "E711")
    assert covered(text, finding) == "None"


def test_a_finding_of_several_lines_ends_where_it_ends() -> None:
    text = """
        ```python
        def add(item, to=[
            1,
        ]):
            return to
        ```
    """
    (finding,) = found(text, "B006")
    assert covered(text, finding) == "[\n    1,\n]"


def test_sessions_do_not_see_each_other() -> None:
    text = """
        ```python
        import json
        ```

        ```python check:session=new
        json = 1
        ```

        ```python check:session=other
        import os
        ```
    """
    assert [(each.span.line, covered(text, each)) for each in found(text, "F401")] == [
        (3, "json"),
        (11, "os"),
    ]


def test_every_lesson_has_its_own() -> None:
    texts = {
        "a.mdx": "```python\nimport json\n```\n",
        "b.mdx": "# No code\n",
        "c.mdx": "\n```py\nimport os\n```\n",
    }
    analyses = [analyze(parse_lesson(path, text)) for path, text in texts.items()]
    findings = ruff_findings(analyses, Config(ruff=RuffKeys(("F401",))))
    assert sorted((each.span.path, each.span.line) for each in findings) == [("a.mdx", 2), ("c.mdx", 3)]


def test_what_a_lesson_shows_as_wrong_is_intended() -> None:
    text = """
        ```python
        # WRONG
        x = y == None
        ```
    """
    (finding,) = found(text, "E711")
    assert finding.intended


def test_the_environment_does_not_overrule_the_options(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("RUFF_OUTPUT_FILE", str(tmp_path_factory.mktemp("elsewhere") / "out"))
    assert len(found("```python\nimport json\n```\n", "F401")) == 1


def test_the_course_s_own_ruff_settings_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("course")
    (folder / "ruff.toml").write_text('[lint]\nignore = ["F401"]\n')
    monkeypatch.chdir(folder)
    assert len(found("```python\nimport json\n```\n", "F401")) == 1


@pytest.mark.parametrize("select", ["XYZ123", "", "--fix"])
def test_a_selector_that_ruff_does_not_know_is_the_configuration_s_fault(select: str) -> None:
    with pytest.raises(ConfigError, match=r"^coursecheck\.toml: ruff\.select: Unknown rule selector"):
        found("```python\nx = 1\n```\n", select)


def test_ruff_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: "/nowhere/ruff")
    with pytest.raises(CheckerError, match="ruff cannot be started"):
        found("```python\nx = 1\n```\n", "F")


def test_another_failure_of_ruff_is_not_the_configuration_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in = tmp_path / "ruff"
    stand_in.write_text("#!/bin/sh\necho 'ruff failed\n  Cause: out of order' >&2\nexit 2\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: str(stand_in))
    with pytest.raises(CheckerError, match=r"^ruff failed: out of order$") as caught:
        found("```python\nx = 1\n```\n", "F")
    assert not isinstance(caught.value, ConfigError)
