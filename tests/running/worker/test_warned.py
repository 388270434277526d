import io
import sys
import warnings
from collections.abc import Iterator
from types import ModuleType

import pytest

from checker.running.worker.warned import WarningRecorder

PATH = "lesson.mdx"
# As Python starts: not these, but for deprecations of what the main module calls.
NOT_SHOWN = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
Seen = list[tuple[str, str, int]]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[WarningRecorder]:
    for name in ("simplefilter", "filterwarnings"):
        monkeypatch.setattr(warnings, name, getattr(warnings, name))  # put back afterwards
    with warnings.catch_warnings():
        warnings.resetwarnings()
        for category in NOT_SHOWN:
            warnings.simplefilter("ignore", category, append=True)
        recorder = WarningRecorder(PATH)
        recorder.install()
        yield recorder


def seen(recorder: WarningRecorder, source: str) -> Seen:
    code = compile("\n" * 4 + "import warnings\n" + source, PATH, "exec")
    exec(code, {"__name__": "__main__"})
    return recorder.take()


LIBRARY = """scope = {"__name__": "lib", "warnings": warnings}
exec('def old(kind, level): warnings.warn("old", kind, level)', scope)
old = scope["old"]
"""

UNSEEN = [
    "warnings.filterwarnings('ignore', 'array size')\nwarnings.warn('array size changed')",
    "x = 1",
    "warnings.filterwarnings('ignore')\nwarnings.warn('x')",
    "with warnings.catch_warnings(record=True):\n    warnings.simplefilter('always')\n    warnings.warn('x')",
    "warnings.warn('x', PendingDeprecationWarning)",
    "warnings.warn('x', ImportWarning)",
    "warnings.warn('x', ResourceWarning)",
    LIBRARY + "old(DeprecationWarning, 1)",
]


@pytest.mark.parametrize("source", UNSEEN)
def test_what_a_reader_does_not_see_is_not_recorded(recorder: WarningRecorder, source: str) -> None:
    assert seen(recorder, source) == []


SEEN: list[tuple[str, Seen]] = [
    ("warnings.warn('x')", [("UserWarning", "x", 6)]),
    ("warnings.warn('x', DeprecationWarning)", [("DeprecationWarning", "x", 6)]),
    ("for i in range(3): warnings.warn('x')", [("UserWarning", "x", 6)]),
    ("warnings.warn('x')\nwarnings.warn('y')", [("UserWarning", "x", 6), ("UserWarning", "y", 7)]),
    ("def f():\n    warnings.warn('x', FutureWarning)\nf()", [("FutureWarning", "x", 7)]),
    ("def f():\n    warnings.warn('x', stacklevel=2)\nf()", [("UserWarning", "x", 8)]),
    (LIBRARY + "old(FutureWarning, 1)", [("FutureWarning", "old", 9)]),
    (LIBRARY + "old(DeprecationWarning, 2)", [("DeprecationWarning", "old", 9)]),
    (LIBRARY + "def f():\n    old(FutureWarning, 1)\nf()", [("FutureWarning", "old", 10)]),
]


@pytest.mark.parametrize(("source", "expected"), SEEN)
def test_recorded_with_the_deepest_line_of_the_lesson(
    recorder: WarningRecorder, source: str, expected: Seen
) -> None:
    assert seen(recorder, source) == expected


def test_each_cell_sees_its_own(recorder: WarningRecorder) -> None:
    assert seen(recorder, "warnings.warn('x')") == seen(recorder, "warnings.warn('x')")
    assert recorder.take() == []


def test_a_warning_from_nowhere_in_the_lesson_has_no_line(recorder: WarningRecorder) -> None:
    warnings.warn("x", FutureWarning, stacklevel=1)
    assert recorder.take() == [("FutureWarning", "x", 0)]


def test_not_more_than_enough_is_kept(recorder: WarningRecorder) -> None:
    assert len(seen(recorder, "for i in range(500): warnings.warn(str(i))")) == 200


def test_a_warning_that_is_written_to_a_file_goes_there(recorder: WarningRecorder) -> None:
    file = io.StringIO()
    warnings.showwarning("x", UserWarning, PATH, 6, file)
    assert "lesson.mdx:6: UserWarning: x" in file.getvalue()
    assert recorder.take() == []


class ChangeWarning(DeprecationWarning):
    """Stands for what pandas says of code."""


class Chained(Warning):
    """Stands for what pandas says of an assignment."""


IGNORED = [
    "warnings.filterwarnings('ignore')",
    "warnings.simplefilter('ignore')",
    "warnings.simplefilter(action='ignore', category=DeprecationWarning)",
    "warnings.filterwarnings('once', category=UserWarning)",
]


@pytest.fixture
def pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = ModuleType("pandas.errors")
    vars(errors).update(PandasChangeWarning=ChangeWarning, ChainedAssignmentError=Chained)
    monkeypatch.setitem(sys.modules, "pandas.errors", errors)


@pytest.mark.usefixtures("pandas")
@pytest.mark.parametrize("filters", IGNORED)
def test_what_pandas_says_of_code_is_recorded_whatever_is_ignored(
    recorder: WarningRecorder, filters: str
) -> None:
    source = "import sys\nfor kind in (vars(sys.modules['pandas.errors'])[name] for name in NAMES):\n"
    source += "    warnings.warn('x', kind)\nwarnings.warn('y', ImportWarning)"
    source = source.replace("NAMES", "('PandasChangeWarning', 'ChainedAssignmentError')")
    found = seen(recorder, f"{filters}\n{source}")
    assert [(kind.rpartition(".")[2], message) for kind, message, _ in found] == [
        ("ChangeWarning", "x"),
        ("Chained", "x"),
    ]


OWN_LINE = "import sys\nscope = dict(sys=sys, warnings=warnings, __name__='pandas.core')\n"
OWN_LINE += (
    "exec('warnings.warn(chr(120), sys.modules[chr(112) + \"andas.errors\"].PandasChangeWarning)', scope)"
)


@pytest.mark.usefixtures("pandas")
def test_what_pandas_says_at_a_line_of_its_own_is_recorded(recorder: WarningRecorder) -> None:
    recorder.take()  # pandas may have come after the first cell
    assert [(message, line) for _, message, line in seen(recorder, OWN_LINE)] == [("x", 8)]


@pytest.mark.usefixtures("pandas")
def test_what_a_library_hushes_is_not_recorded(recorder: WarningRecorder) -> None:
    hushes = "def old():\n    with warnings.catch_warnings():\n        warnings.simplefilter('ignore')\n"
    hushes += "        warnings.warn('x', sys.modules['pandas.errors'].ChainedAssignmentError)"
    source = f"import sys\nscope = dict(sys=sys, warnings=warnings)\nexec({hushes!r}, scope)\nscope['old']()"
    assert seen(recorder, source) == []


@pytest.mark.usefixtures("pandas")
def test_a_lesson_that_makes_warnings_errors_gets_errors(recorder: WarningRecorder) -> None:
    source = "import sys\nkind = sys.modules['pandas.errors'].ChainedAssignmentError\n"
    source += "warnings.simplefilter('error')\ntry:\n    warnings.warn('x', kind)\nexcept kind:\n    pass\n"
    assert seen(recorder, source) == []
