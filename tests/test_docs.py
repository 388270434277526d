"""The documentation: followed to the letter, checked by the checker itself, and never stale."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.followed import FOLLOWED, ROOT, RULE, TUTORIAL, alike, empty, play, steps
from tests.sandboxes import needs_sandbox

DOCS = ROOT / "docs"


@needs_sandbox
@pytest.mark.parametrize("page", [TUTORIAL, RULE], ids=lambda page: page.stem)
def test_a_page_shows_what_its_reader_sees(page: Path, tmp_path: Path) -> None:
    todo = steps(page.read_text(encoding="utf-8"))
    commands = [each for each in todo if not each.name]

    shown = play(todo, FOLLOWED[page](tmp_path))

    assert [each.text for each in commands]
    assert list(zip([each.text for each in commands], map(alike, shown), strict=True)) == [
        (each.text, alike(each.shown)) for each in commands
    ]


def test_a_command_that_shows_something_else_is_noticed(tmp_path: Path) -> None:
    todo = steps(
        '```text title="a/b.txt"\nx\n```\n\n````console\n$ cat a/b.txt\ny\n$ false\n$ echo $?\n0\n````\n'
    )

    assert play(todo, empty(tmp_path)) == ["x\n", "", "1\n"]
    assert [each.shown for each in todo] == ["", "y\n", "", "0\n"]


def test_no_page_of_the_reference_is_stale() -> None:
    ran = subprocess.run(
        [sys.executable, "scripts/reference_pages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    script = (ROOT / "scripts" / "reference_pages.py").read_text(encoding="utf-8")
    folder = tmp_path / "scripts"
    folder.mkdir()
    (tmp_path / "checker").symlink_to(ROOT / "checker")
    (folder / "reference_pages.py").write_text(script, encoding="utf-8")
    command = [sys.executable, str(folder / "reference_pages.py")]
    subprocess.run(command, check=True)
    made = tmp_path / "docs" / "reference"
    with (made / "commands.md").open("a", encoding="utf-8") as page:
        page.write("more\n")
    (made / "gone.md").touch()

    ran = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert re.findall(r"reference/(\S+) is stale", ran.stdout) == ["commands.md", "gone.md"]
    subprocess.run(command, check=True)
    assert {each.name: each.read_text() for each in made.iterdir()} == {
        each.name: each.read_text() for each in (DOCS / "reference").iterdir()
    }


def checked(*options: str, folder: Path = DOCS) -> tuple[int, list[tuple[str, int, str]]]:
    """The status of a check of the documentation, and what it finds that is not shown on purpose."""
    command = [sys.executable, "-m", "checker", "check", str(folder), "--output-format", "json", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    found = [each for each in json.loads(ran.stdout)["findings"] if not each["intended"]]
    return ran.returncode, [(Path(each["path"]).name, each["line"], each["name"]) for each in found]


def test_its_links_lead_somewhere_and_its_code_is_sound() -> None:
    assert checked("--no-run") == (0, [])


@needs_sandbox
def test_its_python_runs() -> None:
    assert checked() == (0, [])


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "coursecheck.toml").write_text((DOCS / "coursecheck.toml").read_text())
    (tmp_path / "a.md").write_text(
        "[b](b.md), [c](c.md), [here](#there), [d](b.md#d)\n\n```python\nx = 1\n```\n"
    )
    (tmp_path / "b.md").write_text("# B\n")

    assert checked("--no-run", folder=tmp_path) == (
        1,
        [("a.md", 1, "broken-link"), ("a.md", 1, "broken-anchor"), ("a.md", 1, "broken-anchor")],
    )


@pytest.mark.parametrize("name", ["architecture.md", "decisions.md"])
def test_what_a_page_names_of_the_code_is_there(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    paths = set(re.findall(r"`([a-z]\w*/[\w./-]*)`", page))
    modules = re.findall(r"`([a-z]\w*)\.(?!py`)([a-z]\w*)`", page)
    paths |= {f"{room}/{module}.py" for room, module in modules}

    assert len(paths) > 10
    roots = (ROOT, ROOT / "checker")
    assert [each for each in paths if not any((root / each).exists() for root in roots)] == []


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([^)#]+)\)", index))

    assert linked == {
        *(each.name for each in DOCS.glob("*.md") if each.name != "README.md"),
        *(f"reference/{each.name}" for each in (DOCS / "reference").iterdir()),
        "rules/README.md",
    }
