"""What is published installs cleanly, and has all that it needs: sdist -> wheel -> a new environment."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "PYTHONPATH")}
    ran = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**environment, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the source distribution unpacks to."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (packed,) = folder.glob("*.tar.gz")
    run("tar", "-xzf", packed, cwd=folder)
    return folder / packed.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(unpacked: Path) -> Path:
    """The wheel that is built from it."""
    out = unpacked.parent / "wheel"
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=unpacked)
    (made,) = out.glob("*.whl")
    return made


def test_the_sdist_has_what_the_project_has(unpacked: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    files = {each.relative_to(unpacked).as_posix() for each in unpacked.rglob("*") if each.is_file()}

    # Outside a repository, as in an unpacked sdist, there is nothing to hold it against.
    wanted = {each for each in tracked if (ROOT / each).is_file() and not each.startswith(".ci/")}
    assert wanted - files == set()
    assert {"PKG-INFO", "LICENSE", "Makefile", "scripts/setup.sh", "checker/py.typed"} <= files


def test_the_wheel_has_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
        metadata = archive.read(f"{info}/METADATA").decode()
    assert {name.partition("/")[0] for name in names} == {"checker", info}
    assert {"checker/py.typed", "checker/schemas/config.schema.json", f"{info}/licenses/LICENSE"} <= set(
        names
    )
    assert "License-Expression: MIT\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert len(names) == len(set(names))


def test_it_works_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "env")}))
    # Its dependencies are those of the tests: nothing is fetched.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-installed", wheel, cwd=tmp_path)
    course = tmp_path / "course"
    course.mkdir()
    (course / "01.mdx").write_text("# Tea\n\n```python\nprint(1)\n```\n")
    command = tmp_path / "env" / "bin" / "coursecheck"

    where = run(python, "-c", "import checker; print(checker.__file__)", cwd=course)
    assert Path(where.strip()).is_relative_to(packages)
    assert run(command, "--version", cwd=course).startswith("coursecheck, version ")
    assert "no findings" in run(command, "check", "--no-run", cwd=course)
    assert '"$defs"' in (packages / "checker" / "schemas" / "results.schema.json").read_text()
    run(command, "explain", "mdx-syntax", cwd=course)
    run(command, "init", cwd=course)
    assert "no findings" in run(command, "check", "--no-run", cwd=course)


def test_the_container_is_made_of_what_is_there() -> None:
    """It cannot be built without Docker: at least what it names exists."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in line.split()]
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert copied
    assert all((ROOT / name).exists() for name in copied)
    # All that the build reads, and no more than what it reads.
    assert {"pyproject.toml", "README.md", "LICENSE", "checker", "schemas"} <= set(copied)
    (extras,) = re.findall(r"/src\[([\w,]+)\]", text)
    assert all(f"\n{extra} = [" in pyproject for extra in extras.split(","))
    assert text.rindex("\nUSER ") > text.rindex("pip install")
