"""When running speaks against what was read: where it does not comes first."""

import pytest
from msgspec.structs import replace

from checker.analysis.lesson import analyze
from checker.judging.judge import judge
from checker.judging.statements import Statements
from checker.judging.withdrawal import can_contradict, decided_lines
from checker.model import Finding, Fix, Later, Outcome
from checker.reading.lesson import parse_lesson
from tests.builders import error, finding, outcome, plan, warning

# Line 4 is the first of the code.
CODE = """\
with open('f') as f:
    inside()
def called():
    later()
if True:
    branch()
many(
    lines,
)
last()"""
LESSON = parse_lesson("lesson.mdx", f"# Tea\n\n```python\n{CODE}\n```\n")
FIX = Fix("mend", "safe", ())


def read(name: str = "freq-alias", *, line: int = 13, **changes: object) -> Finding:
    return replace(finding(name, line=line), fix=FIX, **changes)


def judged(found: Finding, raw: Outcome, pandas: str | None = "3.1.1") -> Finding:
    _, findings = judge(analyze(LESSON), [plan()], [raw], [found], pandas=pandas)
    (kept,) = [each for each in findings if each.name == found.name]
    return kept


PASSED = outcome("passed")
FAILED = outcome("failed", raised=error("ValueError", "x", line=13))


@pytest.mark.parametrize(
    "found",
    [
        read("datetime-unit"),
        read("string-missing"),
        read("changed-result"),
        read("object-dtype"),
        read("undefined-name"),
        read("chained-assignment"),  # of a known frame
        read("chained-assignment", severity="warning", silent=True),
        read("freq-alias", intended=True),
    ],
)
def test_what_running_once_cannot_decide_stays(found: Finding) -> None:
    assert judged(found, PASSED) == found


@pytest.mark.parametrize("pandas", [None, "2.3.3", "3.0.2", "unknown"])
def test_another_pandas_says_nothing(pandas: str | None) -> None:
    assert not can_contradict(pandas)
    assert judged(read(), PASSED, pandas) == read()


@pytest.mark.parametrize("pandas", ["3.1.0", "3.2.0rc1", "4.0.0"])
def test_this_pandas_and_later_ones_do(pandas: str) -> None:
    assert can_contradict(pandas)


@pytest.mark.parametrize("line", [7, 9])
def test_a_line_that_may_not_have_run_stays(line: int) -> None:
    assert judged(read(line=line), PASSED) == read(line=line)


@pytest.mark.parametrize(
    "raw",
    [
        outcome("failed", raised=error("ValueError", "x", line=4)),
        outcome("failed", raised=error("ValueError", "x", line=13)),
        outcome("timed-out"),
        outcome("interrupted"),
        outcome("passed", warned=(warning("FutureWarning", line=13),)),
        replace(FAILED, later=Later((error("KeyError", "k", line=13),), ())),
        replace(FAILED, later=Later((), (warning("FutureWarning", line=13),))),
    ],
)
def test_a_line_that_was_not_reached_or_had_a_word_stays(raw: Outcome) -> None:
    assert judged(read(), raw).severity == "error"


@pytest.mark.parametrize("name", ["freq-alias", "removed-api", "copy-keyword", "deprecated-4"])
@pytest.mark.parametrize("line", [5, 11, 13])
def test_a_line_that_ran_in_silence_is_for_information(name: str, line: int) -> None:
    kept = judged(read(name, line=line), PASSED)
    assert (kept.severity, kept.fix) == ("info", None)
    assert kept.message == "a message But this line ran without an error or a pandas warning."


def test_what_may_be_no_frame_at_all_is_for_information() -> None:
    assert judged(read("chained-assignment", severity="warning"), PASSED).severity == "info"


def test_a_line_above_the_exception_has_run() -> None:
    assert judged(read(line=11), FAILED).severity == "info"


def test_a_watched_line_that_ended_well_has_run() -> None:
    assert judged(read(line=7), replace(PASSED, completed=(7,))).severity == "info"
    assert decided_lines([read(line=7), read("datetime-unit", line=8)]) == {7}


def test_what_is_confirmed_stays() -> None:
    raw = outcome("passed", warned=(warning("pandas.errors.Pandas4Warning", line=13),))
    assert judged(read("deprecated-4"), raw).severity == "error"


def test_statements() -> None:
    statements = Statements(analyze(LESSON))
    assert [statements.lines(line) for line in (4, 5, 11, 40)] == [
        range(4, 5),
        range(5, 6),
        range(10, 13),
        range(40, 41),
    ]
    assert [statements.is_at_top(line) for line in (5, 7, 9, 12, 13, 40)] == [
        True,
        False,
        False,
        True,
        True,
        False,
    ]
    assert not statements.ends_before(11, 40)
