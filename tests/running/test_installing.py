"""What a course may have installed, and that nothing of it is ever built."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.errors import ConfigError
from checker.running.installing import environment_for, requirements
from checker.running.interpreter import find_interpreter, own_interpreter

REFUSED = [
    "-e .",
    "--index-url https://example.org/simple",
    "-r other.txt",
    "git+https://example.org/a.git",
    "a @ https://example.org/a.tar.gz",
    "https://example.org/a.whl",
    "./folder",
    "../a.whl",
    "/etc/passwd",
    "file:///a",
    "a==1 --no-binary a/b",
    "a==1 --hash=sha256:00",
    "$(touch owned)",
    "a==1 \\",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_leads_elsewhere_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "r.txt").write_text(f"pandas>=3\n\n{line}\n")
    (tmp_path / "pyproject.toml").write_text(f"[project]\ndependencies = ['pandas', '{line}']\n")
    with pytest.raises(ConfigError, match=r"r\.txt:3: .* is not installed") as refused:
        requirements(tmp_path / "r.txt")
    assert "no addresses" in refused.value.remedy
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2: .* is not installed"):
        requirements(tmp_path / "pyproject.toml")


def test_names_with_versions_are_taken(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(
        "\ufeff# what lessons need\npandas>=3,<4  # the table\nconfluent-kafka[avro, json]~=2.13\n\n"
        "tomli==2.* ; python_version < '3.11'\nzope.interface\npandas>=3,<4\n"
    )
    assert requirements(tmp_path / "r.txt") == [
        "confluent-kafka[avro, json]~=2.13",
        "pandas>=3,<4",
        "tomli==2.* ; python_version < '3.11'",
        "zope.interface",
    ]


@pytest.mark.parametrize(
    ("text", "found"), [("[project]\ndependencies = ['b', 'a']", ["a", "b"]), ("[tool]", [])]
)
def test_a_project_s_dependencies(tmp_path: Path, text: str, found: list[str]) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert requirements(tmp_path / "pyproject.toml") == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"project = 1", "not TOML with a table"),
        (b"[project", "not TOML with a table"),
        (b"[project]\ndependencies = 'a'", "is not a list of text"),
        (b"[project]\ndependencies = [1]", "is not a list of text"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_project_file_that_is_none(tmp_path: Path, text: bytes, words: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    with pytest.raises(ConfigError, match=words):
        requirements(tmp_path / "pyproject.toml")


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        requirements(tmp_path / "r.txt")


def wheel(folder: Path, name: str) -> None:
    """A wheel of one empty module, as an index would have it."""
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes packages from, and nothing else."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name, value in (("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", str(folder)), ("PIP_NO_BINARY", ":all:")):
        monkeypatch.setenv(name, value)
    return folder


def test_an_environment_is_made_once(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel(index, "teapot")
    (tmp_path / "r.txt").write_text("teapot==1.0\n")
    python = environment_for(tmp_path / "r.txt", own_interpreter(), tmp_path / "cache")
    assert any(Path(folder, "teapot.py").exists() for folder in find_interpreter(python).folders)
    assert len(list((tmp_path / "cache" / "environments").iterdir())) == 1
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("made again"))
    (tmp_path / "r.txt").write_text("# the same\nteapot==1.0")
    assert environment_for(tmp_path / "r.txt", own_interpreter(), tmp_path / "cache") == python


def test_an_index_that_cannot_be_reached_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    (tmp_path / "r.txt").write_text("teapot==1.0\n")
    with pytest.raises(ConfigError, match="No matching distribution found for teapot") as refused:
        environment_for(tmp_path / "r.txt", own_interpreter(), tmp_path / "cache")
    assert refused.value.remedy == "The package index could not be reached."


def test_what_has_no_wheel_is_not_built(tmp_path: Path, index: Path) -> None:
    source = index / "kettle-1.0"
    source.mkdir()
    (source / "setup.py").write_text(f"open({str(tmp_path / 'owned')!r}, 'w')")
    packed = ["tar", "czf", str(index / "kettle-1.0.tar.gz"), "-C", str(index), "kettle-1.0"]
    subprocess.run(packed, check=True)
    (tmp_path / "r.txt").write_text("kettle\n")
    with pytest.raises(ConfigError, match=r"the packages for snippets cannot be installed: .*kettle"):
        environment_for(tmp_path / "r.txt", own_interpreter(), tmp_path / "cache")
    assert not (tmp_path / "owned").exists()
    assert list((tmp_path / "cache" / "environments").iterdir()) == []


@pytest.mark.parametrize(("program", "words"), [("python", "no reason given"), ("gone", "No such file")])
def test_an_interpreter_without_venv_is_said(tmp_path: Path, program: str, words: str) -> None:
    (tmp_path / "r.txt").write_text("")
    (tmp_path / "python").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "python").chmod(0o755)
    base = replace(own_interpreter(), executable=str(tmp_path / program))
    with pytest.raises(ConfigError, match=f"cannot be made: .*{words}"):
        environment_for(tmp_path / "r.txt", base, tmp_path / "cache")
