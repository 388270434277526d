from checker.model import CourseResult
from checker.reporting.build import build
from checker.reporting.concise import render, summary_line
from checker.reporting.look import Look
from tests.reporting.courses import at, finding, lesson, mixed, mixed_outcomes, ran, result, unrun


def report(course: CourseResult) -> list[str]:
    return render(build(course), {}, Look(color=True)).splitlines()


def test_without_findings_there_is_only_the_summary() -> None:
    assert report(result(unrun(mixed()))) == [
        "1 lesson, 4 blocks, 2 of them Python; 2 not run: not asked to run; no findings"
    ]


def test_one_line_a_finding() -> None:
    where = mixed()
    found = (
        finding(at(where, "total"), "it is wrong"),
        finding(at(where, "print"), "so is this", severity="warning", name="other", intended=True),
    )
    assert report(result(unrun(where, *found)))[:-1] == [
        "en/totals.mdx:4:1: error[some-rule] it is wrong",
        "en/totals.mdx:5:1: warning[other] shown wrong on purpose: so is this",
    ]


def test_hostile_text_stays_on_its_line() -> None:
    where = lesson("a\n::error::\x1b[2J.mdx", "x")
    lines = report(result(unrun(where, finding(at(where, "x"), "one\ntwo\u202e"))))
    assert lines[0] == r"a\n::error::\x1b[2J.mdx:1:1: error[some-rule] one\ntwo\u202e"
    assert len(lines) == 2


def test_the_summary_of_a_run() -> None:
    where = mixed()
    course = result(ran(where, mixed_outcomes(), finding(at(where, "total"))), tier="namespaces")
    assert summary_line(build(course)) == (
        "1 lesson, 4 blocks, 2 of them Python; 2 run: 1 passed, 1 failed; 1 error"
    )
