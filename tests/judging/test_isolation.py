"""Who ran without a sandbox is told so in every report."""

from pathlib import Path

import pytest

from checker.cli.main import run
from checker.judging.isolation import warn_of_isolation
from checker.reporting.formats import FORMATS
from tests.reporting.courses import mixed, mixed_outcomes, ran, unrun

LESSON = "# Tea\n\nText.\n\n```python\nimport nothing_of_the_kind\n```\n\n```python\nprint('tea')\n```\n"


def test_nothing_is_said_of_a_tier() -> None:
    results = (ran(mixed(), mixed_outcomes()),)
    for tier in ("namespaces", "bubblewrap", "landlock", None):
        assert warn_of_isolation(results, tier) == results


def test_nothing_is_said_where_nothing_ran() -> None:
    results = (unrun(mixed()),)
    assert warn_of_isolation(results, "none") == results


def test_it_is_said_once_at_the_first_block_that_ran() -> None:
    first, second, third = warn_of_isolation(
        (unrun(mixed()), ran(mixed(), mixed_outcomes()), ran(mixed(), mixed_outcomes())), "none"
    )
    assert [each.name for each in second.findings] == ["no-sandbox"]
    assert (first.findings, third.findings) == ((), ())


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_says_it_whatever_was_selected(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("a.mdx").write_text('{/* check: ignore=no-sandbox because="tired of it" */}\n\n' + LESSON)
    Path("coursecheck.toml").write_text('[rules]\nignore = ["RUN"]\n')
    run(["check", "a.mdx", "--sandbox", "none", "--ignore", "no-sandbox", "--output", f"{name}=report"])
    assert "without a sandbox" in Path("report").read_text(encoding="utf-8")
