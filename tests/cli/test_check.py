import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.cache import default_folder
from checker.cli.notes import say
from checker.model import CourseResult, Severity
from checker.pipeline import Options
from tests.cli.conftest import Command, FakePipeline
from tests.reporting.courses import at, finding, lesson, mixed, mixed_outcomes, ran, result, unrun


def course_with(*severities: Severity, intended: bool = False) -> CourseResult:
    where = mixed()
    found = (finding(at(where, "total"), severity=each, intended=intended) for each in severities)
    return result(unrun(where, *found))


NO_LESSONS = result()
NO_BLOCKS = result(unrun(lesson("a.mdx", "# Text\n")))


def test_nothing_to_report(command: Command, fake: FakePipeline) -> None:
    ended = command("check")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("1 lesson, 4 blocks, 2 of them Python\n")
    assert fake.asked == [Options(paths=(".",), run=True, cache=str(default_folder()), say=say)]


@pytest.mark.parametrize("course", [course_with("warning", "info"), course_with("error", intended=True)])
def test_what_does_not_fail_a_gate(course: CourseResult, command: Command, fake: FakePipeline) -> None:
    fake.result = course
    assert command("check").status == 0


def test_an_empty_course_of_readmes_is_told_how_they_become_lessons(
    command: Command, fake: FakePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.result = NO_LESSONS
    monkeypatch.chdir(tmp_path)
    Path("docs/tea").mkdir(parents=True)
    Path("docs/tea/README.md").touch()

    assert command("check", "gone", "docs").err == (
        "coursecheck: nothing was checked: 0 lessons (.mdx or .md) in gone, docs; "
        "a README is no lesson unless a pattern of `[course] lessons` ends in its name\n"
    )


def test_a_course_whose_files_match_no_pattern_is_told_so(
    command: Command, fake: FakePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.result = NO_LESSONS
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("docs/tea.mdx").touch()
    Path("docs/README.md").touch()

    assert command("check", "docs").err == (
        "coursecheck: nothing was checked: 0 lessons (.mdx or .md) in docs; "
        "the files that are there match no pattern of `[course] lessons`\n"
    )


@pytest.mark.parametrize("course", [course_with("error"), course_with("info", "error", "warning")])
def test_an_error_is_status_1(course: CourseResult, command: Command, fake: FakePipeline) -> None:
    fake.result = course
    assert command("check").status == 1
    assert command("check", "--exit-zero").status == 0


@pytest.mark.parametrize(
    ("course", "said"),
    [
        (NO_LESSONS, "coursecheck: nothing was checked: 0 lessons (.mdx or .md) in a, b\n"),
        (NO_BLOCKS, "coursecheck: no code was checked: 0 blocks in 1 lesson\n"),
    ],
)
def test_an_empty_course_is_said_aloud_and_fails_unless_allowed(
    course: CourseResult, said: str, command: Command, fake: FakePipeline
) -> None:
    fake.result = course
    for arguments, status in (((), 2), (("--exit-zero",), 2), (("--allow-empty",), 0)):
        ended = command("check", "a", "b", *arguments)
        assert (ended.status, ended.err) == (status, said)


def test_a_finding_counts_more_than_emptiness(command: Command, fake: FakePipeline) -> None:
    where = lesson("a.mdx", "")
    fake.result = result(unrun(where, finding(where.span(0, 0), "not a regular file")))
    assert command("check").status == 1


def test_the_options_reach_the_pipeline(command: Command, fake: FakePipeline) -> None:
    command(
        *("check", "a", "b", "--no-run", "--select", "RUN,mdx101", "--select", "snippet-failed, ,"),
        *("--ignore", "REF", "--config", "c.toml", "--require-tier", "namespaces", "--sandbox", "bubblewrap"),
        *("--python", "python3.13", "--trust-config", "--no-cache", "--keep-figures"),
    )
    assert fake.asked == [
        Options(
            say=say,
            paths=("a", "b"),
            run=False,
            config="c.toml",
            select=("RUN", "mdx101", "snippet-failed"),
            ignore=("REF",),
            sandbox="bubblewrap",
            require_tier="namespaces",
            python="python3.13",
            trust_config=True,
            cache=None,
            figures=True,
        )
    ]


def test_versions_to_compare(command: Command, fake: FakePipeline) -> None:
    command("check", "--pandas", "2.3, 3.1")
    assert fake.asked[0].pandas == ("2.3", "3.1")


def test_versions_are_compared_by_running(command: Command, fake: FakePipeline) -> None:
    ended = command("check", "--pandas", "2.3,3.1", "--no-run")
    assert (ended.status, fake.asked) == (2, [])
    assert "leave out --no-run" in ended.err


def test_concise(command: Command, fake: FakePipeline) -> None:
    fake.result = course_with("error")
    shown = command("check", "--output-format", "concise").out
    assert shown.splitlines()[0] == "en/totals.mdx:4:1: error[some-rule] a message"


def test_json(command: Command, fake: FakePipeline) -> None:
    fake.result = course_with("error")
    ended = command("check", "--output-format", "json")
    assert json.loads(ended.out)["summary"]["findings"]["error"] == 1
    assert ended.err == ""


def test_show_output(command: Command, fake: FakePipeline) -> None:
    fake.result = result(ran(mixed(), mixed_outcomes()), tier="namespaces")
    assert "passed after 0.25 s" not in command("check").out
    assert "passed after 0.25 s" in command("check", "--show-output").out


def test_a_report_in_a_file_leaves_one_line_on_standard_error(
    tmp_path: Path, command: Command, fake: FakePipeline
) -> None:
    fake.result = course_with("error")
    file = tmp_path / "report.json"
    ended = command("check", "--output-format", "json", "--output-file", str(file))
    assert ended.out == ""
    assert ended.err.startswith("coursecheck: 1 lesson, 4 blocks")
    assert ended.err.count("\n") == 1
    assert json.loads(file.read_text())["schema"] == 1


def test_several_reports_of_one_run(tmp_path: Path, command: Command, fake: FakePipeline) -> None:
    fake.result = course_with("error")
    ended = command(
        *("check", "--output-format", "concise"),
        *("--output", f"json={tmp_path}/a=b.json", "--output", f"full={tmp_path}/full.txt"),
    )
    assert len(fake.asked) == 1
    assert ended.out.startswith("en/totals.mdx:4:1: error")
    assert json.loads((tmp_path / "a=b.json").read_text())["schema"] == 1
    assert "│ total = 1" in (tmp_path / "full.txt").read_text()


@pytest.mark.parametrize(("color", "coloured"), [("auto", False), ("never", False), ("always", True)])
def test_colours(color: str, coloured: bool, tmp_path: Path, command: Command, fake: FakePipeline) -> None:
    fake.result = course_with("error")
    file = tmp_path / "full.txt"
    shown = command("check", "--color", color, "--output", f"full={file}").out
    assert ("\x1b[" in shown) is coloured
    assert ("\x1b[" in file.read_text()) is coloured


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--slect", "PAN"), "No such option '--slect'. Did you mean '--select'?"),
        (("--output-format", "yaml"), "'yaml' is not one of 'full', 'concise', 'json'"),
        (("--output", "json"), "'json' is not FORMAT=FILE, such as json=results.json."),
        (("--output", "json="), "'json=' is not FORMAT=FILE, such as json=results.json."),
        (("--output", "yaml=a"), "'yaml' is not a format; there are full, concise, json, json-lines,"),
        (("--output-format", "html"), "html is for a file: `--output html=report.html`."),
        (("--output", "json=a", "--output-file", "a"), "Two reports would be written to 'a'."),
        (("--output", "json=a", "--output", "full=a"), "Two reports would be written to 'a'."),
        (("--require-tier", "none"), "'none' is not one of 'namespaces', 'bubblewrap', 'landlock'"),
        (("--sandbox", "off"), "'off' is not one of 'namespaces', 'bubblewrap', 'landlock', 'none'"),
        (("--require-tier", "microvm"), "'microvm' is not one of 'namespaces', 'bubblewrap', 'landlock'"),
        (("--color", "blue"), "'blue' is not one of 'auto', 'always', 'never'"),
        (("--config",), "Option '--config' requires an argument."),
        (("--\x1b[31m",), r"No such option '--\x1b[31m'"),
    ],
)
def test_a_wrong_option_is_said_before_anything_is_done(
    arguments: tuple[str, ...], said: str, command: Command, fake: FakePipeline
) -> None:
    ended = command("check", *arguments)
    first, hint = ended.err.splitlines()
    assert (ended.status, ended.out, fake.asked) == (2, "", [])
    assert first.startswith("coursecheck: error: ")
    assert said in first
    assert hint.startswith("  `coursecheck ")
    assert hint.endswith(" --help` shows what there is.")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_not_there_is_said_before_anything_is_done(
    option: str, command: Command, fake: FakePipeline
) -> None:
    ended = command("check", option, "RUN,snippet-faild")
    assert (ended.status, ended.out, fake.asked) == (2, "", [])
    assert ended.err == (
        "coursecheck: error: there is no rule 'snippet-faild'\n"
        "  Did you mean snippet-failed? `coursecheck explain` lists all rules.\n"
    )


def test_a_report_that_cannot_be_written_is_status_2(
    tmp_path: Path, command: Command, fake: FakePipeline
) -> None:
    ended = command("check", "--output", f"json={tmp_path}/missing/report.json")
    assert ended.status == 2
    assert len(fake.asked) == 1
    assert "missing/report.json: the report could not be written: No such file" in ended.err


def test_only_what_has_changed(command: Command, fake: FakePipeline) -> None:
    fake.result = replace(fake.result, unchanged=2)
    ended = command("check", "--changed-since", "main")
    assert ended.status == 0
    assert ended.err == "coursecheck: not checked: 2 lessons unaffected by changes since main\n"
    assert fake.asked[0].since == "main"


def test_all_because_of_one_change(command: Command, fake: FakePipeline) -> None:
    fake.result = replace(fake.result, unchanged=0, all_because="x.toml has changed")
    ended = command("check", "--changed-since", "main")
    assert ended.status == 0
    assert ended.err == "coursecheck: all lessons are checked: x.toml has changed since main\n"


@pytest.mark.parametrize(
    ("course", "unchanged", "all_because", "status"),
    [
        (NO_LESSONS, 1, "", 0),
        (NO_BLOCKS, 1, "", 0),
        (NO_BLOCKS, 0, "", 0),
        # Nothing was left out, and there was nothing.
        (NO_LESSONS, 0, "", 2),
        (NO_BLOCKS, 0, "x.toml has changed", 2),
    ],
)
def test_nothing_that_has_changed_is_no_failure(
    course: CourseResult, unchanged: int, all_because: str, status: int, command: Command, fake: FakePipeline
) -> None:
    fake.result = replace(course, unchanged=unchanged, all_because=all_because)
    ended = command("check", "--changed-since", "main")
    assert ended.status == status
    assert ("no code was checked" in ended.err or "nothing was checked" in ended.err) == (status == 2)
