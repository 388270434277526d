"""A package's `__init__` is left out as long as nobody needs it."""

import dataclasses
import inspect
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from checker.importing import (
    LateLogger,
    LateSignature,
    absent,
    asleep,
    cleandoc,
    late_patterns,
    quote_from_bytes,
)
from checker.patterns import regex

INIT = "from box.tea import leaf\nfrom box.cup import size\nrun = 1\n"


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package whose `__init__` imports all of its modules."""
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "__init__.py").write_text(INIT)
    (folder / "tea.py").write_text("from box import leaf_size\nleaf = 'mate' * leaf_size\n")
    (folder / "cup.py").write_text("size = 3\n")
    (folder / "lid.py").write_text("from box import size\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "box"
    for name in [each for each in sys.modules if each.partition(".")[0] == "box"]:
        del sys.modules[name]


def loaded() -> set[str]:
    return {each for each in sys.modules if each.partition(".")[0] == "box"}


def test_one_module_comes_alone(box: str) -> None:
    asleep(box)
    assert import_module("box.cup").size == 3
    assert loaded() == {"box", "box.cup"}
    assert sys.modules[box].cup is sys.modules["box.cup"]


def test_whoever_needs_more_gets_it(box: str) -> None:
    asleep(box)
    vars(sys.modules[box])["leaf_size"] = 1
    assert import_module("box.lid").size == 3
    assert sys.modules[box].run == 1
    assert loaded() == {"box", "box.cup", "box.lid", "box.tea"}
    with pytest.raises(AttributeError, match="box"):
        _ = sys.modules[box].saucer


def test_a_module_sleeps_too(box: str) -> None:
    asleep(box, "box.cup")
    cup = import_module("box.cup")
    assert vars(sys.modules[box])["cup"] is cup
    assert "size" not in vars(cup)
    assert cup.size == 3
    assert loaded() == {"box", "box.cup"}


def test_a_module_sleeps_before_its_package_is_imported(box: str) -> None:
    asleep("box.cup", "box.no_such_module")
    assert loaded() == {"box.cup"}
    (Path(str(vars(sys.modules["box.cup"])["__file__"])).parent / "__init__.py").write_text(
        "from . import cup\n"
    )
    package = import_module(box)
    assert "size" not in vars(package.cup)
    assert package.cup.size == 3


def test_what_no_module_has_wakes_nobody(box: str) -> None:
    asleep(box)
    assert not hasattr(sys.modules[box], "__wrapped__")
    assert loaded() == {"box"}


def test_what_was_imported_before_stays(box: str) -> None:
    before = sys.modules[box] = ModuleType(box)
    asleep(box)
    assert sys.modules[box] is before


def test_what_is_not_installed_stays_missing() -> None:
    asleep("no_such_package")
    assert "no_such_package" not in sys.modules


def test_what_others_can_do_without_is_missing_meanwhile(box: str) -> None:
    with absent(box), pytest.raises(ImportError):
        import_module(box)
    assert box not in sys.modules


def test_what_was_imported_before_is_never_missing(box: str) -> None:
    before = sys.modules[box] = ModuleType(box)
    with absent(box):
        assert sys.modules[box] is before
    assert sys.modules[box] is before


def test_all_threads_find_it_awake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bed.py").write_text("import time\ntime.sleep(0.05)\nblanket = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    asleep("bed")
    bed = sys.modules["bed"]
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda _: bed.blanket, range(4))) == [1, 1, 1, 1]
    finally:
        del sys.modules["bed"]


def test_what_is_known_of_it_is_handed_out_while_it_sleeps(box: str) -> None:
    asleep(box)
    asleep("box.cup", size=lambda: 4)
    cup = import_module("box.cup")
    assert cup.size() == 4
    assert not hasattr(cup, "handle")
    assert cup.size == 3


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """`logging`, asleep."""
    before = sys.modules["logging"]
    monkeypatch.delitem(sys.modules, "logging")
    asleep("logging", getLogger=LateLogger)
    yield sys.modules["logging"]
    sys.modules["logging"] = before


def test_nobody_listens_while_the_log_sleeps(log: ModuleType) -> None:
    log.getLogger("box").debug("entering %s", "box")
    assert not hasattr(log.getLogger("box"), "__wrapped__")
    assert log.getLogger is LateLogger


def test_a_late_logger_is_as_the_true_one_when_that_is_awake(log: ModuleType) -> None:
    early = log.getLogger("box")
    heard: list[str] = []
    early.setLevel("DEBUG")
    early.propagate = False
    true = log.getLogger("box")
    true.addFilter(lambda record: heard.append(record.getMessage()))
    early.debug("entering %s", "box")
    early.info("in it")
    assert (heard, true.level, true.propagate) == (["entering box", "in it"], 10, False)
    assert log.getLogger is not LateLogger


@pytest.mark.parametrize(
    "text", ["", "One line.", "  indented", "One.\n\n    Two.\n", "\tby a tab", "\n  below\n"]
)
def test_docstrings_are_cleaned_as_by_inspect(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = inspect.cleandoc(text)
    monkeypatch.delitem(sys.modules, "inspect")
    asleep("inspect", cleandoc=cleandoc)
    assert sys.modules["inspect"].cleandoc(text) == expected
    assert ("getdoc" in vars(sys.modules["inspect"])) == ("\n" in text or "\t" in text)


def test_what_dataclasses_make_docstrings_of_does_not_wake_inspect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "inspect")
    asleep("inspect", signature=LateSignature)
    monkeypatch.setitem(vars(dataclasses), "inspect", sys.modules["inspect"])
    made = dataclasses.make_dataclass("made", ["size"])
    # Since 3.12, Python asks for annotations as well, which wakes it.
    if sys.version_info < (3, 12):
        assert (made.__doc__, "getdoc" in vars(sys.modules["inspect"])) == ("made", False)
    late = sys.modules["inspect"].signature(made)
    assert not hasattr(late, "__len__")
    assert list(late.parameters) == ["size"]
    assert str(sys.modules["inspect"].signature(made)) == str(inspect.signature(made))


def is_compiled(pattern: object) -> bool:
    return isinstance(pattern, re.Pattern)


def test_addresses_of_files_are_those_of_urllib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "urllib.parse")
    asleep("urllib.parse", quote_from_bytes=quote_from_bytes)
    try:
        assert import_module("urllib.parse").quote_from_bytes("/é b".encode()) == "/%C3%A9%20b"
        assert quote_from_bytes(b"/a", "") == "%2Fa"
        assert import_module("urllib.parse").quote_from_bytes is not quote_from_bytes
    finally:
        monkeypatch.undo()
        urllib.parse = sys.modules["urllib.parse"]


def test_patterns_of_imports_are_compiled_when_they_are_used() -> None:
    with late_patterns():
        late, mistaken = re.compile("a+", re.IGNORECASE), re.compile("(")
        assert not is_compiled(late)
        assert is_compiled(re.compile(b"a"))
        with ThreadPoolExecutor(1) as pool:
            assert is_compiled(pool.submit(re.compile, "a+").result())
    assert is_compiled(re.compile("a+"))
    assert late.fullmatch("aA")
    with pytest.raises(re.error):
        mistaken.match("a")


def test_a_late_pattern_that_is_used_meanwhile_is_compiled() -> None:
    late = regex("a+")
    with late_patterns():
        assert late.fullmatch("aa")


def test_patterns_are_compiled_at_once_again_after_a_failure() -> None:
    with pytest.raises(ImportError), late_patterns():
        import_module("no_such_package")
    assert is_compiled(re.compile("b+"))


@pytest.mark.parametrize(
    "name", ["html.parser", "json.decoder", "logging.handlers", "signal", "urllib.request", "yaml.cyaml"]
)
def test_others_import_what_they_like_once_the_command_line_has_begun(name: str) -> None:
    script = f"import checker.cli, checker.reading.yaml_events, {name}, inspect, json, yaml; "
    script += "assert yaml.safe_load('a: 1') == json.loads('{\"a\": 1}'); inspect.signature(print)"
    subprocess.run([sys.executable, "-c", script], check=True)
