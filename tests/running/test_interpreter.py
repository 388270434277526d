"""The interpreter for snippets: what is asked of it, and what is said when it cannot answer."""

import site as site_module
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.errors import ConfigError
from checker.running.engine import Engine
from checker.running.interpreter import find_interpreter, own_interpreter, site_folders
from checker.running.job import Limits
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox


def program(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("value", ["", "/opt/cuda/lib", "/opt/cuda/lib:relative"])
def test_no_folder_of_libraries_is_handed_on(value: str) -> None:
    assert own_interpreter().library_path({"LD_LIBRARY_PATH": value}) == {}
    assert own_interpreter().library_path({}) == {}


def test_but_the_interpreter_s_own() -> None:
    own = sys.base_prefix + "/lib"
    environment = {"LD_LIBRARY_PATH": f"/opt/cuda/lib:{own}"}
    assert own_interpreter().library_path(environment) == {"LD_LIBRARY_PATH": own}


def test_an_interpreter_that_is_asked_says_the_same_as_the_checker_s_own() -> None:
    assert find_interpreter(sys.executable) == own_interpreter()


def test_packages_are_found_where_the_interpreter_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "getsitepackages", lambda: [str(tmp_path), str(tmp_path / "gone")])
    monkeypatch.setattr(site_module, "getusersitepackages", lambda: str(tmp_path.parent))
    monkeypatch.setattr(site_module, "ENABLE_USER_SITE", False)
    assert site_folders() == [str(tmp_path)]
    monkeypatch.setattr(site_module, "ENABLE_USER_SITE", True)
    assert site_folders() == [str(tmp_path), str(tmp_path.parent)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("echo hello", "is no Python: it gave no answer"),
        ("echo 'no such option -c' >&2; exit 2", "is no Python: no such option -c"),
        ("echo '{\"version\": 3}'", "is no Python: it gave no answer"),
        ("exec sleep 60", "did not answer in 0.2 s"),
    ],
)
def test_what_is_no_python_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.setattr("checker.running.interpreter._ANSWER_SECONDS", 0.2 if "sleep" in text else 60.0)
    with pytest.raises(ConfigError) as refused:
        find_interpreter(program(tmp_path / "python", text))
    assert words in str(refused.value)
    assert str(tmp_path / "python") in str(refused.value)


def test_what_does_not_start_is_said(tmp_path: Path) -> None:
    (tmp_path / "python").write_bytes(b"\0\0\0")
    (tmp_path / "python").chmod(0o755)
    with pytest.raises(ConfigError, match="does not start: Exec format error"):
        find_interpreter(str(tmp_path / "python"))


def test_a_python_that_is_too_old_is_said(tmp_path: Path) -> None:
    old = f"{sys.executable} -c 'import sys; print(sys.argv[1].replace(chr(64), chr(34)))'"
    answer = (
        "{@executable@: @@, @version@: [3, 10, 2], @base_prefix@: @@, @folders@: [], @standard@: [],"
        " @extensions@: []}"
    )
    with pytest.raises(ConfigError, match=r"is Python 3\.10\.2, and snippets need 3\.11 or later"):
        find_interpreter(program(tmp_path / "python", f"{old} '{answer}'"))


@needs_sandbox
def test_snippets_run_in_it(tmp_path: Path) -> None:
    link = tmp_path / "python-of-the-course"
    link.symlink_to(sys.executable)
    interpreter = replace(own_interpreter(), executable=str(link), folders=())
    with Engine(Limits(), interpreter=interpreter) as engine:
        [outcome] = outcomes(
            engine, lesson("import sys, os\nsys.executable, os.environ['PATH'].split(':')[0]")
        )
    assert outcome.stdout == f"({str(link)!r}, {str(tmp_path)!r})\n"
