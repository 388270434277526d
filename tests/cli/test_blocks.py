import json

import pytest

from checker.pipeline import Options
from tests.cli.conftest import Command, FakePipeline
from tests.reporting.courses import lesson, result, unrun


def test_the_table(command: Command, fake: FakePipeline) -> None:
    ended = command("blocks", "en", "--config", "c.toml")
    assert (ended.status, ended.err) == (0, "")
    assert "    3  python          runnable          runs\n" in ended.out
    assert fake.asked == [Options(paths=("en",), run=False, config="c.toml")]


@pytest.mark.usefixtures("fake")
def test_json_lines(command: Command) -> None:
    ended = command("blocks", "--output-format", "json-lines")
    assert [json.loads(line)["path"] for line in ended.out.splitlines()] == ["en/totals.mdx"]


def test_lessons_without_blocks_are_a_true_answer(command: Command, fake: FakePipeline) -> None:
    fake.result = result(unrun(lesson("a.mdx", "# Text\n")))
    assert command("blocks").status == 0


@pytest.mark.parametrize(("arguments", "status"), [((), 2), (("--allow-empty",), 0)])
def test_no_lessons_are_said_aloud(
    arguments: tuple[str, ...], status: int, command: Command, fake: FakePipeline
) -> None:
    fake.result = result()
    ended = command("blocks", "course", *arguments)
    assert ended.status == status
    assert ended.err == "coursecheck: nothing was checked: 0 lessons (.mdx or .md) in course\n"
