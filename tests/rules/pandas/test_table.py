"""The tables of changes are true of the installed pandas, the rules find every row, and their fixes work."""

import gc
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

import pytest

from checker.analysis.lesson import analyze
from checker.fixing.edits import apply_edits
from checker.reading.lesson import parse_lesson
from checker.rules.pandas import rewriting, table
from checker.rules.pandas.changed_calls import CALLS
from checker.rules.pandas.changed_shapes import OTHERS
from checker.rules.pandas.sessions import sessions_with_pandas
from checker.rules.pandas.table import is_removed
from checker.rules.pandas.walk import check_nodes
from checker.rules.registry import find_rule
from checker.rules.rule import Report
from tests.rules.pandas.exemplars import PREFACE, Example, examples
from tests.rules.pandas.lessons import python

pandas = pytest.importorskip("pandas", minversion="3.0")

# Examples open files and leave it to the collector to close them.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = list(examples())
NAMES = ("freq-alias", "removed-api", "removed-argument", "copy-keyword", "cow-option", "deprecated-4")
RULES = [rule for name in NAMES if (rule := find_rule(name))]
INSTALLED = tuple(map(int, pandas.__version__.split(".")[:2]))


class Ran(NamedTuple):
    """What running a line after the preface raised, and the warnings of coming changes that it gave."""

    error: Exception | None
    warned: list[str]


def run(code: str) -> Ran:
    names: dict[str, Any] = {}
    error: Exception | None = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        exec(compile(PREFACE, "preface", "exec"), names)
        warnings.simplefilter("always")
        try:
            exec(compile(code, "example", "exec"), names)
        except Exception as raised:  # noqa: BLE001  a removed thing may raise anything
            error = raised
        given = [each.category.__name__ for each in caught]
        warned = [name for name in given if name.startswith("Pandas") or name == "FutureWarning"]
        warnings.simplefilter("ignore")
        if "option" in code:  # the next example must not meet what this one has set
            pandas.reset_option("all")
    return Ran(error, warned)


@cache
def reports_of(code: str) -> list[Report]:
    """What the rules say of a line after the preface."""
    analysis = analyze(parse_lesson("lesson.mdx", python(PREFACE + "\n" + code)))
    return [report for _, report in check_nodes(analysis, sessions_with_pandas(analysis), RULES)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    pandas.DataFrame({"age": [1, 2, 3]}).to_excel("book.xlsx", sheet_name="Sheet1")
    yield
    gc.collect()


def mentions(ran: Ran, example: Example) -> bool:
    """Whether an error is about what the row is about."""
    return any(word.lower() in f"{ran.error}".lower() for word in example.words)


def lacks_engine(ran: Ran) -> bool:
    """Whether what reads such a file is not installed: an engine for Parquet, or for old workbooks."""
    return isinstance(ran.error, ImportError) and bool(re.search("usable engine|Import xlrd", f"{ran.error}"))


def is_true(example: Example) -> bool:
    ran = run(example.code)
    if lacks_engine(ran):
        return True  # pandas does not come to look at the argument
    if is_removed(example.row):
        return ran.error is not None and mentions(ran, example)
    return bool(ran.warned)


def is_of_a_later_version(row: table.Change) -> bool:
    return "numpy.org" not in row.source and tuple(map(int, row.since.split(".")[:2])) > INSTALLED


def test_every_row_is_true() -> None:
    known = [each for each in EXAMPLES if not is_of_a_later_version(each.row)]
    assert len(known) > 800
    assert [each.code for each in known if not is_true(each)] == []


def test_a_row_that_is_not_true_is_noticed() -> None:
    for status in ("removed", "deprecated"):
        row = table.MemberChange(
            since="3.0", status=status, instead="`x`", source="https://x", of=("Series",), name="head"
        )
        assert not is_true(Example(row, "s.head()", ("head",)))
        assert not is_true(Example(row, "raise ValueError('something else')", ("head",)))


def test_every_row_is_found_once_and_nothing_is_meant() -> None:
    found = {each.code: reports_of(each.code) for each in EXAMPLES}
    assert [code for code, reports in found.items() if len(reports) != 1] == []
    assert not any(report.intended for reports in found.values() for report in reports)


def test_a_finding_says_since_when_and_where_to_go() -> None:
    silent = (table.FrequencyChange, table.PositionChange)
    rows = [each for each in EXAMPLES if not isinstance(each.row, silent)]
    assert [each.code for each in rows if not _says_all(each, reports_of(each.code)[0].message)] == []


def _says_all(example: Example, message: str) -> bool:
    version = f"pandas {example.row.since}" in message or f"NumPy {example.row.since}" in message
    return version and ("Use " in message or "Leave it out" in message)


def mended() -> Iterator[tuple[Example, str]]:
    """Each example with a fix, and what the fix makes of it."""
    for example in EXAMPLES:
        for report in reports_of(example.code):
            if report.fix:
                lesson = apply_edits(python(PREFACE + "\n" + example.code), report.fix.edits)
                [block] = parse_lesson("lesson.mdx", lesson).blocks
                yield example, block.code.removeprefix(PREFACE + "\n")


def test_every_fix_mends_its_row() -> None:
    fixed = list(mended())
    assert len(fixed) > len(EXAMPLES) / 2
    # All are read before one is run. The collector may say of what an example left open that it cannot be
    # closed, and Python 3.11 parses code to say it: within a parser, that is a SystemError.
    assert [code for _, code in fixed if reports_of(code)] == []
    assert [code for example, code in fixed if not _works(example, code)] == []


def _works(example: Example, code: str) -> bool:
    ran = run(code)
    if isinstance(example.row, table.PositionChange):  # it is called with nothing but None
        return not mentions(ran, example)
    # That no engine for Parquet is installed is not about the fix.
    fails_as_before = not isinstance(ran.error, ImportError | NoneType) and mentions(ran, example)
    return not ran.warned and not fails_as_before and not isinstance(ran.error, SyntaxError)


def test_every_row_names_its_source() -> None:
    assert [each.row for each in EXAMPLES if not each.row.source.startswith("https://")] == []


def test_only_positions_leave_open_what_to_write() -> None:
    rows = [each.row for each in EXAMPLES if not isinstance(each.row, table.PositionChange)]
    assert [row for row in rows if not row.instead] == []


def test_the_code_that_rows_name_is_there() -> None:
    members = {row.rewrite for row in table.rows("members", table.MemberChange)} - {"", "numpy"}
    arguments = {row.rewrite for row in table.rows("arguments", table.ArgumentChange)} - {""}
    assert members == set(rewriting.MEMBERS)
    assert arguments == set(rewriting.ARGUMENTS)
    tests = {name for each in (*CALLS.values(), *OTHERS.values()) for name, _ in each}
    assert tests | {"number-of-series"} == set(table.shapes())
