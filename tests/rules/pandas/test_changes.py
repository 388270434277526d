"""Lessons as people write them, for the rules on the tables: reported where pandas warns or raises."""

from pathlib import Path

import pytest

from checker.rules.rule import Report
from tests.rules.pandas.lessons import Labelled, labelled, reports
from tests.rules.pandas.running import FILES, run
from tests.rules.pandas.test_cases import title

pandas = pytest.importorskip("pandas", minversion="3.0")

pytestmark = pytest.mark.usefixtures("nothing_is_left")

RULES = ("freq-alias", "removed-api", "removed-argument", "copy-keyword", "cow-option", "deprecated-4")
SILENT = labelled("silent_changes.md")
REPORTED = [
    lesson
    for name in ("aliases", "members", "arguments", "deprecated", "copies_and_options", "anywhere")
    for lesson in labelled(f"{name}.md")
]
# pandas also warns of coming changes with plain classes where an older warning stayed as it was.
BREAKS = {"ChainedAssignmentError", "Pandas4Warning", "FutureWarning"}


def found(lesson: Labelled) -> list[Report]:
    return [report for rule in RULES for report in reports(lesson.text, rule)]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lesson", SILENT, ids=title)
def test_silent(lesson: Labelled) -> None:
    assert not lesson.marked
    assert found(lesson) == []


@pytest.mark.parametrize("lesson", REPORTED, ids=title)
def test_reported_where_it_is_marked_and_nowhere_else(lesson: Labelled) -> None:
    assert lesson.marked
    assert sorted({report.span.line for report in found(lesson)}) == lesson.marked
    assert not any(report.intended for report in found(lesson))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("lesson", [each for each in (*SILENT, *REPORTED) if each.runs], ids=title)
def test_the_marks_are_where_pandas_warns_or_raises(lesson: Labelled) -> None:
    with pandas.option_context("display.max_rows", 5):
        ran = run(lesson.text)
    warned = {line for line, names in ran.warned.items() if names & BREAKS}
    assert sorted(warned | set(ran.raised)) == lesson.marked
