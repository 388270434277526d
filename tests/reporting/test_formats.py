"""What holds for every format: hostile text is shown as text, and acts on nothing."""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from checker.reporting.escape import one_line, well_formed
from checker.reporting.formats import FORMATS, TO_FILES_ONLY
from tests.reporting.courses import at, finding, mixed, result, unrun
from tests.reporting.hostile import NAMES, TITLES, hostile_course
from tests.reporting.rendering import draw

DOCUMENTED = Path(__file__).parents[2] / "docs" / "reports.md"
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def test_every_format_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| (`.*?) \|", DOCUMENTED.read_text(encoding="utf-8"), re.MULTILINE)
    assert [word for row in rows for word in re.findall("`(.*?)`", row)] == list(FORMATS)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - TO_FILES_ONLY))
def test_nothing_acts_on_a_terminal_or_starts_a_command(name: str) -> None:
    text = draw(name, hostile_course())
    text.encode()  # no lone surrogate
    assert not ACTING.search(text.replace("\r\n", "\n"))
    for line in text.splitlines():
        assert not re.search(r"##[a-z]*\[", line)
        if name != "github":
            assert not line.lstrip().startswith("::")
        assert not line.startswith("-rf")


@pytest.mark.parametrize("name", FORMATS)
def test_each_finding_stays_one(name: str) -> None:
    """However a name or a message is spelled, there are as many records as findings."""
    course = hostile_course()
    text, number = draw(name, course), len(course.lessons)
    counts: dict[str, Callable[[], int]] = {
        "full": lambda: len(re.findall(r"error\[snippet-failed\]", text)),
        "concise": lambda: len(text.splitlines()) - 1,
        "json": lambda: len(json.loads(text)["findings"]),
        "json-lines": lambda: sum(json.loads(line)["type"] == "finding" for line in text.splitlines()),
        "github": lambda: number,  # ten at most: its own tests count them
        "gitlab": lambda: len(json.loads(text)),
        "sarif": lambda: len(json.loads(text)["runs"][0]["results"]),
        "junit": lambda: len(ET.fromstring(text)),
        "rdjson": lambda: len(json.loads(text)["diagnostics"]),
        "markdown": lambda: text.count("\n| 🔴"),
        "html": lambda: text.count("<b>error</b> <code>snippet-failed</code>"),
        "csv": lambda: len(text.splitlines()) - 1,
    }
    assert counts[name]() == number


def shown(name: str, text: str) -> str:
    """The report with its own escaping undone, so that what a reader sees can be looked for."""
    if name in ("json", "json-lines", "gitlab", "sarif", "rdjson"):
        documents = [text] if name != "json-lines" else text.splitlines()
        return "\n".join(_strings(json.loads(each)) for each in documents)
    if name == "junit":
        root = ET.fromstring(text)
        return "\n".join("\n".join([*each.attrib.values(), each.text or ""]) for each in root.iter())
    if name == "html":
        return html.unescape(text)
    if name == "markdown":
        return html.unescape(text.replace("<!-- -->", ""))
    if name == "csv":
        return text.replace('""', '"')
    return text


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(_strings(each) for each in value.values())
    if isinstance(value, list):
        return "\n".join(_strings(each) for each in value)
    return str(value)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"github", "sarif"}))
def test_hostile_names_and_messages_are_all_there(name: str) -> None:
    text = shown(name, draw(name, hostile_course()))
    for each in (*NAMES.values(), *TITLES.values()):
        raw = well_formed(each)
        wanted = {raw, one_line(raw), raw.splitlines()[0], one_line(raw.splitlines()[0])}
        spelled = {re.sub("[\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", one) for one in wanted}
        squeezed = " ".join(text.split())
        assert any(" ".join(one.split()) in squeezed for one in wanted | spelled), each


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_without_findings_is_a_report_too(name: str) -> None:
    assert draw(name, result())
    assert draw(name, result(unrun(mixed())))


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_does_not_depend_on_the_day(name: str) -> None:
    where = mixed()
    course = result(unrun(where, finding(at(where, "total"))))
    assert draw(name, course) == draw(name, course)
