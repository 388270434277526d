"""The labels are true: every labelled lesson that can be run here, on the installed pandas."""

from pathlib import Path

import pytest

from checker.rules.rule import Report
from tests.rules.pandas.lessons import Labelled, labelled, reports
from tests.rules.pandas.running import FILES, Ran, run
from tests.rules.pandas.test_cases import REPORTED, SILENT, title

pandas = pytest.importorskip("pandas", minversion="3.0")

BREAKS = {"ChainedAssignmentError", "Pandas4Warning"}


def that_run(rule: str, files: dict[str, str]) -> list[tuple[str, Labelled]]:
    return [(rule, lesson) for lesson in labelled(files[rule]) if lesson.runs]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "lesson", [lesson for rule in SILENT for _, lesson in that_run(rule, SILENT)], ids=title
)
def test_what_is_silent_works(lesson: Labelled) -> None:
    ran = run(lesson.text)
    assert ran.raised == {}
    assert [line for line, names in ran.warned.items() if names & BREAKS] == []


@pytest.mark.parametrize(
    ("rule", "lesson"),
    [*that_run("chained-assignment", REPORTED), *that_run("inplace-on-selection", REPORTED)],
    ids=title,
)
def test_what_is_reported_is_lost(rule: str, lesson: Labelled) -> None:
    """pandas warns, or raises, or the lesson prints the same without the statement."""
    ran = run(lesson.text)
    silent = [report.span.line for report in reports(lesson.text, rule) if not breaks(ran, report)]
    assert not silent or ran.printed
    assert [line for line in silent if run(lesson.text, without=line).printed != ran.printed] == []


@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option")
@pytest.mark.parametrize(("rule", "lesson"), that_run("object-dtype", REPORTED), ids=title)
def test_what_is_reported_changed_with_the_dtype(rule: str, lesson: Labelled) -> None:
    """pandas warns, or raises, or what is assigned or printed was another as long as text was `object`."""
    now = run(lesson.text)
    with pandas.option_context("future.infer_string", False):
        before = run(lesson.text)
    same = [report.span.line for report in reports(lesson.text, rule) if not breaks(now, report)]
    assert [line for line in same if result(lesson, line, before) == result(lesson, line, now)] == []


def breaks(ran: Ran, report: Report) -> bool:
    lines = range(report.span.line, report.span.end_line + 1)
    return any(line in ran.raised or ran.warned.get(line, set()) & BREAKS for line in lines)


def result(lesson: Labelled, line: int, ran: Ran) -> str:
    """What the statement at a line assigns; all that is printed when it assigns nothing."""
    name = lesson.text.split("\n")[line - 1].partition(" = ")[0]
    return repr(ran.names[name]) if name in ran.names else ran.printed
