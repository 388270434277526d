"""Lessons of one promise each, all run at once: what is said of each, and what is not.

A file holds cases, `== name` and a lesson below. A line that must be reported says so at its end:
`  # warning` or `  # warning: part of the message`; that is taken off before the lesson is judged.
"""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from checker.model import LessonResult
from checker.pipeline import Options, check
from tests.quiet import QUIET
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox

CASES = Path(__file__).parent / "cases"
NAMES = ("output-mismatch", "claim-mismatch")
MARK = re.compile(r"[ \t]+# (error|warning|info)(?:: (.*))?$")
CONFIG = '[output]\nlabels = ["Ausgabe"]\n'


class Mark(NamedTuple):
    line: int
    severity: str
    message: str


class Case(NamedTuple):
    name: str
    text: str
    marks: list[Mark]


def cases() -> list[Case]:
    found = []
    for file in sorted(CASES.glob("*.txt")):
        for part in ("\n" + file.read_text(encoding="utf-8")).split("\n== ")[1:]:
            name, _, body = part.partition("\n")
            lines = body.split("\n")
            marks = [
                Mark(number, mark[1], mark[2] or "")
                for number, line in enumerate(lines, 1)
                if (mark := MARK.search(line))
            ]
            text = "\n".join(MARK.sub("", line) for line in lines)
            found.append(Case(f"{file.stem}: {name}", text, marks))
    return found


@cache
def results() -> dict[str, LessonResult]:
    """The results of all cases by their names."""
    with TemporaryDirectory() as folder:
        Path(folder, "coursecheck.toml").write_text(CONFIG, encoding="utf-8")
        for number, case in enumerate(cases()):
            Path(folder, f"{number:03}.mdx").write_text(case.text, encoding="utf-8")
        found = check(Options(paths=(folder,)), QUIET).lessons
    return {case.name: lesson for case, lesson in zip(cases(), found, strict=True)}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case(case: Case) -> None:
    found = [each for each in results()[case.name].findings if each.name in NAMES]

    assert [(each.span.line, each.severity) for each in found] == [mark[:2] for mark in case.marks]
    for finding, mark in zip(found, case.marks, strict=True):
        assert mark.message in finding.message


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_blocks_of_a_case_run(case: Case) -> None:
    """What does not run says nothing."""
    kinds = {each.kind for each in results()[case.name].outcomes}
    if "skipped by" in case.name or "that is skipped" in case.name or "without" in case.name:
        return
    assert (
        kinds & {"passed", "expected-failure", "interrupted", "failed"}
        or "skip" in case.name
        or "without" in case.name
    )


def test_silent_cases_outnumber_the_others() -> None:
    silent = sum(not case.marks for case in cases())
    assert silent > len(cases()) - silent
