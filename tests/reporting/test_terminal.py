import re

import pytest
from rich.console import Console
from rich.text import Text

from checker.model import Applicability, CourseResult, Fix, LessonResult, Outcome
from checker.reporting.build import build, lessons_by_path
from checker.reporting.look import Look
from checker.reporting.terminal import render, to_text
from tests.reporting.courses import at, finding, lesson, mixed, mixed_outcomes, plans, ran, result, unrun

PLAIN = Look()


def report(course: CourseResult, look: Look = PLAIN) -> str:
    return render(build(course), lessons_by_path(course), look)


def paragraphs(course: CourseResult, look: Look = PLAIN) -> list[str]:
    """The report without its summary."""
    return report(course, look).split("\n\n")[:-1]


def test_without_findings_there_are_only_the_numbers() -> None:
    assert report(result(unrun(mixed()))) == (
        "1 lesson, 4 blocks, 2 of them Python\n2 not run: not asked to run\nno findings\n1.2 s\n"
    )


def test_a_finding() -> None:
    where = mixed()
    assert paragraphs(result(unrun(where, finding(at(where, "total)"), "it is wrong")))) == [
        "en/totals.mdx:5:7 error[some-rule] it is wrong\n    5 │ print(total)\n      │       ^^^^^^"
    ]


@pytest.mark.parametrize(
    ("intended", "confirmed", "remark"),
    [
        (False, False, ""),
        (True, False, " (shown wrong on purpose)"),
        (False, True, " (confirmed by running it)"),
        (True, True, " (shown wrong on purpose, confirmed by running it)"),
    ],
)
def test_what_else_is_known_of_a_finding(intended: bool, confirmed: bool, remark: str) -> None:
    where = mixed()
    made = finding(at(where, "total"), "it is wrong", intended=intended, confirmed=confirmed)
    (shown,) = paragraphs(result(unrun(where, made)))
    assert shown.startswith(f"en/totals.mdx:4:1 error[some-rule] it is wrong{remark}\n")


def test_what_only_running_can_show_needs_no_remark() -> None:
    where = mixed()
    made = finding(at(where, "total"), "ValueError: 1", code="RUN101", confirmed=True)
    (shown,) = paragraphs(result(unrun(where, made)))
    assert shown.startswith("en/totals.mdx:4:1 error[some-rule] ValueError: 1\n")


@pytest.mark.parametrize(
    ("applicability", "hint"),
    [
        ("safe", "      = fix: write `total = 0`"),
        ("unsafe", "      = fix: write `total = 0` (needs --unsafe-fixes)"),
        ("suggestion", "      = fix: write `total = 0` (a suggestion: it is not applied)"),
    ],
)
def test_the_fix_is_hinted_at(applicability: Applicability, hint: str) -> None:
    where = mixed()
    made = finding(at(where, "total"), fix=Fix("write `total = 0`", applicability, ()))
    assert paragraphs(result(unrun(where, made)))[0].splitlines()[-1] == hint


def test_a_message_of_several_lines() -> None:
    where = mixed()
    (shown,) = paragraphs(result(unrun(where, finding(at(where, "# Totals"), "expected:\n  1\n"))))
    assert shown.splitlines()[:2] == ["en/totals.mdx:1:1 error[some-rule] expected:", "      │   1"]


def test_a_long_message_is_cut_and_says_so() -> None:
    where = mixed()
    message = "\n".join(["x" * 3_000, *(f"line {i}" for i in range(1, 13))])
    (shown,) = paragraphs(result(unrun(where, finding(at(where, "# Totals"), message))))
    lines = shown.splitlines()
    assert lines[0].endswith("x" * 2_000 + "…")
    assert lines[1:11] == [*(f"      │ line {i}" for i in range(1, 10)), "      │ … 3 lines more"]


def test_a_blank_line_in_a_span_is_not_marked() -> None:
    where = lesson("a.mdx", "a\n\nb\n")
    (shown,) = paragraphs(result(unrun(where, finding(at(where, "a\n\nb")))))
    assert shown.splitlines()[1:] == ["    1 │ a", "      │ ^", "    2 │ ", "    3 │ b", "      │ ^"]


def test_an_empty_message_is_no_trouble() -> None:
    where = mixed()
    (shown,) = paragraphs(result(unrun(where, finding(at(where, "# Totals"), ""))))
    assert shown.startswith("en/totals.mdx:1:1 error[some-rule] \n")


def test_lines_left_out_are_marked() -> None:
    where = lesson("a.mdx", "1\n2\n3\n4\n5\n")
    (shown,) = paragraphs(result(unrun(where, finding(at(where, where.text[:-1])))))
    assert "      │ …\n    5 │ 5\n" in shown


def test_a_file_that_could_not_be_read_has_no_excerpt() -> None:
    where = lesson("a.mdx", "")
    made = finding(where.span(0, 0), "not a regular file")
    assert paragraphs(result(unrun(where, made))) == ["a.mdx:1:1 error[some-rule] not a regular file"]


def test_a_lesson_that_is_not_at_hand_has_no_excerpt() -> None:
    where = mixed()
    shown = render(build(result(unrun(where, finding(at(where, "total"), "wrong")))), {}, Look())
    assert shown.startswith("en/totals.mdx:4:1 error[some-rule] wrong\n\n")


def test_a_failed_block_shows_what_it_printed_and_its_error() -> None:
    assert paragraphs(result(ran(mixed(), mixed_outcomes()), tier="namespaces")) == [
        "en/totals.mdx:12 failed after 0.50 s\n      │ before\n      │ a warning\n      │ ValueError: 1"
    ]


def test_a_failed_block_stands_below_its_findings() -> None:
    where = mixed()
    found = finding(at(where, "raise"), "ValueError: 1", block=2)
    shown = paragraphs(result(ran(where, mixed_outcomes(), found), tier="namespaces"))
    assert [each.partition(" ")[0] for each in shown] == ["en/totals.mdx:13:1", "en/totals.mdx:12"]


def test_only_the_last_lines_of_a_failed_block_are_shown() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    printed = "".join(f"line {i}\n" for i in range(13))
    (shown,) = paragraphs(result(ran(where, (Outcome(0, "timed-out", "took over 10 s", 10.0, printed),))))
    head, left_out, *last = shown.splitlines()
    assert head == "a.mdx:1 timed out after 10.00 s: took over 10 s"
    assert left_out == "      │ … 3 lines more"
    assert last == [f"      │ line {i}" for i in range(3, 13)]


def test_a_failed_block_that_printed_nothing_is_told_by_its_finding() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    found = finding(at(where, "x"), block=0)
    assert len(paragraphs(result(ran(where, (Outcome(0, "crashed", "killed"),), found)))) == 1


def test_a_failed_block_without_any_finding_is_told() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    other = finding(at(where, "```python"), "about the lesson")
    shown = paragraphs(result(ran(where, (Outcome(0, "crashed", "killed by signal 11"),), other)))
    assert shown[1] == "a.mdx:1 crashed after 0.00 s: killed by signal 11"


def test_all_output_of_every_block_that_ran_on_request() -> None:
    printed = "".join(f"line {i}\n" for i in range(13))
    outcomes = (Outcome(0, "passed", seconds=0.1, stdout=printed), *mixed_outcomes()[1:])
    shown = paragraphs(result(ran(mixed(), outcomes), tier="namespaces"), Look(show_output=True))
    assert len(shown) == 2
    assert shown[0].splitlines() == [
        "en/totals.mdx:3 passed after 0.10 s",
        *(f"      │ line {i}" for i in range(13)),
    ]


def test_blocks_are_told_in_the_order_of_lessons_and_lines() -> None:
    first, second = mixed("a.mdx"), mixed("b.mdx")
    course = result(
        ran(first, mixed_outcomes(), finding(at(first, "plain"))),
        ran(second, mixed_outcomes(), finding(at(second, "# Totals"))),
        tier="namespaces",
    )
    assert [each.partition(" ")[0] for each in paragraphs(course)] == [
        "a.mdx:12",
        "a.mdx:17:1",
        "b.mdx:1:1",
        "b.mdx:12",
    ]


HOSTILE = "[red]::error::%0A\n\x1b[31m\x9b\u202e\r:smile:<b>"
SHOWN = r"[red]::error::%0A\n\x1b[31m\x9b\u202e\r:smile:<b>"


def hostile_course() -> CourseResult:
    where = lesson(HOSTILE, f"```python\nx = '{HOSTILE}'\n```\n")
    outcome = Outcome(0, "failed", HOSTILE, 0.0, HOSTILE, HOSTILE)
    found = finding(at(where, "x ="), HOSTILE, fix=Fix(HOSTILE, applicability="safe", edits=()))
    return result(LessonResult(where, plans(where), (outcome,), (found,)), tier="namespaces")


@pytest.mark.parametrize("look", [Look(), Look(show_output=True)])
def test_hostile_text_is_shown_as_text(look: Look) -> None:
    shown = report(hostile_course(), look)
    assert not set(shown) & set("\x1b\x9b\u202e\r")
    assert f"\n{SHOWN}:1 failed after 0.00 s: {SHOWN}\n" in shown
    assert f"      = fix: {SHOWN}\n" in shown
    for line in shown.splitlines():
        assert not line.startswith(("::", "[red]::error::%0A\n"))


def test_colours_change_nothing_else() -> None:
    coloured = report(hostile_course(), Look(color=True))
    assert "\x1b[1m" in coloured
    assert "\x1b[31m\x9b" not in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report(hostile_course())


@pytest.mark.parametrize(("variable", "color"), [("NO_COLOR", True), ("FORCE_COLOR", False)])
def test_only_the_look_decides_about_colours(
    variable: str, color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    assert ("\x1b[" in to_text([Text("x", style="red")], Look(color=color))) is color


def test_long_lines_are_left_to_the_terminal() -> None:
    line = "word " * 100
    assert to_text([Text(line)], Look(width=40)) == f"{line}\n"


def test_a_terminal_gets_lines_broken_at_words() -> None:
    text = to_text([Text("it needs more than a gigabyte")], Look(width=12, wrap=True))
    assert text.split("\n") == ["it needs ", "more than a ", "gigabyte", ""]


def test_excerpts_fit_the_terminal() -> None:
    where = lesson("a.mdx", "a" * 200 + "HERE" + "b" * 200)
    shown = report(result(unrun(where, finding(at(where, "HERE")))), Look(width=50))
    widest = max(Console().measure(line).maximum for line in shown.split("\n\n")[0].splitlines()[1:])
    assert widest == 50
