"""Variables that the compose file needs and the file of variables does not set."""

from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.lab.unset_variable import check
from tests.rules.courses import course, places
from tests.rules.lab.labs import lab

UP = "# Title\n\n```bash\ndocker compose up -d\n```\n"
NEEDS = "services: {a: {image: 'x:${TAG}'}}"


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ({"compose": NEEDS, "env": "TAG=1\n"}, UP),
        ({"compose": NEEDS}, UP),
        ({"compose": "services: {a: {image: 'x:${TAG:-1}'}}", "env": ""}, UP),
        ({"compose": NEEDS, "env": ""}, "Then `docker compose up -d`.\n"),
        ({"compose": NEEDS, "env": ""}, UP.replace("up -d", "up -d other")),
        ({"compose": NEEDS, "env": ""}, UP.replace("compose up", "compose -f x up")),
        ({"compose": NEEDS, "env": ""}, UP.replace("up -d", "ps; echo compose up")),
        ({"env": ""}, UP),
    ],
)
def test_silent(files: dict[str, str], text: str, tmp_path: Path) -> None:
    assert list(check(course({"a.mdx": text}), lab(tmp_path, files))) == []


def test_once_in_a_course(tmp_path: Path) -> None:
    config = lab(tmp_path, {"compose": NEEDS, "env": "OTHER=1\n"})
    found = list(check(course({"a.mdx": "Nothing.\n", "b.mdx": UP, "c.mdx": UP}), config))
    assert places(found) == ["b.mdx:4:1-4:15"]
    assert found[0].severity is None
    assert "the image of `a` has no tag" in found[0].message


def test_elsewhere_it_is_a_warning_and_not_all_are_listed(tmp_path: Path) -> None:
    names = " ".join(f"$V{n}" for n in range(9))
    config = lab(tmp_path, {"compose": f"services: {{a: {{image: 'x', command: '{names}'}}}}", "env": ""})
    (report,) = check(course({"a.mdx": UP}), config)
    assert report.severity == "warning"
    assert "`V5` and 3 more" in report.message


def test_without_a_lab() -> None:
    assert list(check(course({"a.mdx": UP}), Config())) == []
