"""The labels are true: every labelled lesson that can be run here, on the installed pandas."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.rules.rule import Report
from tests.rules.pandas.lessons import Labelled, labelled, reports
from tests.rules.pandas.running import FILES, Ran, run
from tests.rules.pandas.test_cases import REPORTED, SILENT, title

pandas = pytest.importorskip("pandas", minversion="3.0")

pytestmark = pytest.mark.usefixtures("nothing_is_left")

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


@pytest.mark.parametrize(
    ("rule", "lesson"),
    [*that_run("positional-fallback", REPORTED), *that_run("readonly-values", REPORTED)],
    ids=title,
)
def test_what_is_reported_raises(rule: str, lesson: Labelled) -> None:
    """KeyError for a place that is looked up as a label, ValueError for an array that is read-only."""
    ran = run(lesson.text)
    quiet = [report for report in reports(lesson.text, rule) if not breaks(ran, report)]
    # What neither raises nor warns gives or changes something else than a place does.
    assert [report for report in quiet if "raises" in report.message] == []


@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option")
@pytest.mark.parametrize(("rule", "lesson"), that_run("string-missing", REPORTED), ids=title)
def test_what_is_reported_changed_with_text(rule: str, lesson: Labelled) -> None:
    """pandas warns, or something that the lesson makes was another as long as text was `object`."""
    now = run(lesson.text)
    with pandas.option_context("future.infer_string", False):
        before = run(lesson.text)
    same = [report for report in reports(lesson.text, rule) if not breaks(now, report)]
    assert not same or seen(before) != seen(now)


@pytest.mark.parametrize(("rule", "lesson"), that_run("datetime-unit", REPORTED), ids=title)
def test_what_is_reported_changed_with_the_unit(
    rule: str, lesson: Labelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something that the lesson makes was another as long as dates counted nanoseconds."""
    now = run(lesson.text)
    for function in ("to_datetime", "to_timedelta", "date_range", "timedelta_range", "read_csv"):
        monkeypatch.setattr(pandas, function, in_nanoseconds(getattr(pandas, function)))
    before = run(lesson.text)
    assert reports(lesson.text, rule)
    assert seen(before) != seen(now)


@pytest.mark.parametrize(("rule", "lesson"), that_run("changed-result", REPORTED), ids=title)
def test_what_is_reported_raises_or_says_how(rule: str, lesson: Labelled) -> None:
    ran = run(lesson.text)
    quiet = [report for report in reports(lesson.text, rule) if not breaks(ran, report)]
    assert [report for report in quiet if "raises" in report.message] == []


def in_nanoseconds(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function of pandas as it was when dates counted nanoseconds."""

    def made(*args: Any, **named: Any) -> Any:
        return _in_nanoseconds(make(*args, **named))

    return made


def _in_nanoseconds(value: Any) -> Any:
    if isinstance(value, pandas.DataFrame):
        return value.apply(_in_nanoseconds).set_axis(_in_nanoseconds(value.index), axis=0)
    if isinstance(value, pandas.Series) and value.dtype.kind in "mM":
        return value.dt.as_unit("ns")
    return value.as_unit("ns") if isinstance(value, pandas.DatetimeIndex | pandas.TimedeltaIndex) else value


def seen(ran: Ran) -> dict[str, str]:
    """All that a lesson leaves behind, as it is shown, and what it printed."""
    left = {name: repr(value) for name, value in ran.names.items() if not name.startswith("__")}
    return {"": ran.printed, **left}


def breaks(ran: Ran, report: Report) -> bool:
    lines = range(report.span.line, report.span.end_line + 1)
    return any(line in ran.raised or ran.warned.get(line, set()) & BREAKS for line in lines)


def result(lesson: Labelled, line: int, ran: Ran) -> str:
    """What the statement at a line assigns; all that is seen when it assigns nothing."""
    name = lesson.text.split("\n")[line - 1].partition(" = ")[0]
    return repr(ran.names[name]) if name in ran.names else repr(seen(ran))
