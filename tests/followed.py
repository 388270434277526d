"""Pages of the documentation as a reader follows them.

`python -m tests.followed` writes anew what their commands show.

A `console` fence holds commands behind `$ `, each with what it shows below it. A fence with a `title` is a
file that the reader saves.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests import repositories

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
RULE = ROOT / "docs" / "writing-a-rule.md"
_OF_A_CLONE = ("checker", "tests", "scripts", "schemas", "docs", "pyproject.toml")
_FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<code>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL
)
_TITLE = re.compile(r'title="([^"]+)"')
_BETWEEN = "\x1e"
# What pip would install: for the checker a path will do, but lessons see nothing outside their environment.
_PACKAGES = sysconfig.get_path("purelib")
_BORROWED = f"""
packages=$(echo "$PWD"/.venv/lib/python3.*/site-packages)
echo '{_PACKAGES}' > "$packages/borrowed.pth"
(cd '{_PACKAGES}' && cp -r pandas* numpy* dateutil* *dateutil-* six* tzdata* pytz* "$packages" 2>/dev/null)
"""
# From a minute on, pytest adds them in hours, minutes and seconds.
_SECONDS = re.compile(r"\b\d+\.\d+ ?s\b(?: \(\d+:\d\d:\d\d\))?")


class Step(NamedTuple):
    """A command, or a file when `name` is its path; `shown` is what stands below the command."""

    text: str
    shown: str
    name: str = ""


def steps(page: str) -> list[Step]:
    """What a page asks its reader to do, in order."""
    return [step for fence in _FENCE.finditer(page) for step in _steps(fence["info"], fence["code"])]


def _steps(info: str, code: str) -> Iterator[Step]:
    if title := _TITLE.search(info):
        yield Step(code, "", title[1])
    elif info == "console":
        for each in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
            command, _, shown = each.partition("\n")
            yield Step(command, shown)


def empty(folder: Path) -> Path:
    """An empty folder, in which the tutorial begins; the project lies in the reader's home."""
    home = folder / "home"
    home.mkdir()
    (home / "coursecheck").symlink_to(ROOT)
    course = folder / "course"
    course.mkdir()
    return course


def clone(folder: Path) -> Path:
    """A copy of the project, for those who work on it."""
    (folder / "home").mkdir()
    copy = folder / "coursecheck"
    for name in _OF_A_CLONE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


FOLLOWED: dict[Path, Callable[[Path], Path]] = {TUTORIAL: empty, RULE: clone}


def play(todo: list[Step], begin: Path) -> list[str]:
    """What each of the commands shows, all typed into one shell that begins in a folder.

    Nothing is fetched: what pip would get from its index is that of the tests' own environment.
    """
    ran = subprocess.run(
        ["bash", "-c", "".join(_typed(each) for each in todo)],
        cwd=begin,
        env=_environment(begin.parent / "home"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return ran.stdout.split(_BETWEEN)[:-1]


def _typed(step: Step) -> str:
    if step.name:
        folder = str(Path(step.name).parent)
        return f"mkdir -p {folder}\ncat > {step.name} <<'END OF FILE'\n{step.text}END OF FILE\n"
    borrowed = _BORROWED if "-m venv" in step.text else ""
    return f"{step.text}\nstatus=$?\n{borrowed}printf '\\036'\n(exit $status)\n"


def _environment(home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in repositories.environment().items() if name != "CI"},
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def alike(shown: str) -> str:
    """What a command shows, without its times, its tier, and how many tests there are."""
    shown = re.sub(r"\b\d+ deselected", "221 deselected", _SECONDS.sub("1.0 s", shown))
    return re.sub(r"\btier [a-z]+", "tier namespaces", shown)


def rewritten(page: str, begin: Path) -> str:
    """The page with what its commands show today."""
    shown = iter(play(steps(page), begin))

    def fence(found: re.Match[str]) -> str:
        if found["info"] != "console":
            return found[0]
        code = "".join(f"$ {each.text}\n{alike(next(shown))}" for each in _steps("console", found["code"]))
        return f"{found['ticks']}console\n{code}{found['ticks']}"

    return _FENCE.sub(fence, page)


def main() -> None:
    """Write the pages anew."""
    for page, begin in FOLLOWED.items():
        with tempfile.TemporaryDirectory() as made:
            text = rewritten(page.read_text(encoding="utf-8"), begin(Path(made)))
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
