import json

import pytest

from checker.cli import doctor
from checker.doctor import Answer
from tests.cli.conftest import Command

WORKS = Answer("isolation", "landlock", available=True, detail="works")
REFUSED = Answer("isolation", "namespaces", available=False, detail="no \x1b[31mred", remedy="allow it")
PACKAGE = Answer("packages", "pandas", available=True, detail="3.1.1")


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    answers = [REFUSED, WORKS, PACKAGE]
    monkeypatch.setattr(doctor, "examine", lambda: tuple(answers))
    return answers


def test_each_answer_is_a_line_and_each_remedy_the_next(command: Command) -> None:
    ended = command("doctor", "--color", "never")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == (
        "Isolation\n"
        "  no   namespaces  no \\x1b[31mred\n"
        "                   allow it\n"
        "  yes  landlock    works\n"
        "\n"
        "Packages\n"
        "  yes  pandas      3.1.1\n"
        "\n"
        "Snippets can be run here.\n"
    )


def test_without_isolation_the_status_says_so(command: Command, found: list[Answer]) -> None:
    found.remove(WORKS)
    ended = command("doctor")
    assert ended.status == 1
    assert "Snippets cannot be run here" in ended.out
    assert "--no-run" in ended.out


def test_programs_get_json(command: Command) -> None:
    document = json.loads(command("doctor", "--output-format", "json").out)
    assert document["can_run"] is True
    assert document["answers"][0]["remedy"] == "allow it"
    assert [each["name"] for each in document["answers"]] == ["namespaces", "landlock", "pandas"]
