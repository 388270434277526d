import re

from msgspec.structs import replace

from checker.model import Severity
from checker.reporting.github import render
from checker.reporting.look import Look
from tests.reporting.courses import at, finding, mixed, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw, results_of

COMMAND = re.compile(r"::(error|warning|notice) (.*?)::(.*)")


def lines(*found: object) -> list[str]:
    return draw("github", result(unrun(mixed(), *found))).splitlines()  # type: ignore[arg-type]


def test_without_findings_there_is_only_the_summary() -> None:
    assert lines() == ["1 lesson, 4 blocks, 2 of them Python; 2 not run: not asked to run; no findings"]


def test_an_annotation() -> None:
    where = mixed()
    first, *_ = lines(finding(at(where, "total = 1"), "50% wrong: a, b\nand more"))
    assert first == (
        "::error file=en/totals.mdx,line=4,endLine=4,title=XXX101 some-rule,col=1,endColumn=10"
        "::50%25 wrong: a, b%0Aand more"
    )


def test_columns_are_left_out_where_they_would_be_refused() -> None:
    first, *_ = lines(finding(at(mixed(), "total = 1\nprint")))
    assert first == "::error file=en/totals.mdx,line=4,endLine=5,title=XXX101 some-rule::a message"


def test_a_message_is_never_empty() -> None:
    first, *_ = lines(finding(at(mixed(), "total = 1"), ""))
    assert first.endswith("::some-rule")


def test_accepted_findings_are_no_annotations() -> None:
    where = mixed()
    intended = finding(at(where, "total"), intended=True)
    results = results_of(result(unrun(where, intended, finding(at(where, "print")))))
    known = replace(results, findings=tuple(replace(each, known=True) for each in results.findings))
    assert not render(known, {}, Look()).startswith("::")
    assert render(results, {}, Look()).count("::error ") == 1


def test_ten_of_a_kind_and_the_rest_is_counted() -> None:
    where = mixed()
    kinds: tuple[Severity, ...] = ("info", "error", "warning")
    found = [finding(at(where, "total"), severity=kind) for kind in kinds for _ in range(12)]
    found.append(replace(found[20], confirmed=True, message="seen"))
    shown = lines(*found)
    commands = [line.split(" ")[0] for line in shown if line.startswith("::")]
    assert commands == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert shown[0].endswith("::seen")
    assert [line for line in shown if "without an annotation" in line] == [
        "3 more errors without an annotation: GitHub shows ten of a kind in a step",
        "2 more warnings without an annotation: GitHub shows ten of a kind in a step",
        "2 more notices without an annotation: GitHub shows ten of a kind in a step",
    ]


def test_hostile_text_starts_no_command_and_leaves_none() -> None:
    for line in draw("github", hostile_course()).splitlines():
        assert not re.search(r"##[a-z]*\[", line)
        if line.lstrip().startswith("::"):
            match = COMMAND.fullmatch(line)
            assert match, line
            assert match[1] == "error"
            names = [each.partition("=")[0] for each in match[2].split(",")]
            assert names in (
                ["file", "line", "endLine", "title", "col", "endColumn"],
                ["file", "line", "endLine", "title"],
            )
