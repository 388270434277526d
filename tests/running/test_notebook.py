"""Cells as a notebook runs them, in a real sandbox. Lessons as data: blocks, then what each prints."""

import pytest

from tests.running.cells import cases
from tests.running.conftest import Run

SILENT = [
    pytest.param("x = 3", id="assignment"),
    pytest.param("x = 3;", id="assignment-semicolon"),
    pytest.param("(1 +\n 2);  # three", id="semicolon-after-brackets"),
    pytest.param("1; # a ; b", id="semicolon-then-comment"),
    pytest.param("None", id="none"),
    pytest.param("'a'; x = 1", id="expression-not-last"),
    pytest.param("for i in range(2): i", id="expression-in-loop"),
    pytest.param("", id="nothing"),
    pytest.param("# only a comment", id="comment"),
    pytest.param("def f():\n    return 1", id="definition"),
    pytest.param("import warnings\nwarnings.warn('old', FutureWarning)", id="warning-is-not-output"),
]


@pytest.mark.parametrize("source", SILENT)
def test_prints_nothing(run: Run, source: str) -> None:
    [outcome] = run(source)
    assert (outcome.kind, outcome.stdout, outcome.stderr) == ("passed", "", "")


PRINTS = [
    pytest.param(["1 + 1"], ["2\n"], id="last-expression"),
    pytest.param(["1 # ; no"], ["1\n"], id="semicolon-in-comment"),
    pytest.param(["1; 'é;'  # ж"], ["'é;'\n"], id="semicolon-in-text"),
    pytest.param(["6 * 7", "_ + 1"], ["42\n", "43\n"], id="underscore"),
    pytest.param(["x = 1", "x += 1", "x"], ["", "", "2\n"], id="one-namespace"),
    pytest.param(["display(1, 'x')"], ["1\n'x'\n"], id="display"),
    pytest.param(["__name__, '__file__' in globals()"], ["('__main__', False)\n"], id="main-without-file"),
    pytest.param(["import sys; sys.argv"], ["['lessons/first.mdx']\n"], id="argv"),
    pytest.param(["1/0", "'on'"], ["", "'on'\n"], id="goes-on-after-an-exception"),
    pytest.param(
        ["import asyncio\nasync def f(): return 5\nawait f()", "await asyncio.sleep(0, 6)"],
        ["5\n", "6\n"],
        id="top-level-await",
    ),
    pytest.param(
        ["from __future__ import annotations", "def g(a: nowhere): pass\ng.__annotations__"],
        ["", "{'a': 'nowhere'}\n"],
        id="future-carries-on",
    ),
    pytest.param(
        ["import pickle\nclass A:\n    x = 1\npickle.loads(pickle.dumps(A())).x"], ["1\n"], id="pickle"
    ),
    pytest.param(
        ["import inspect\ndef f():\n    return 1  # one\nprint(inspect.getsource(f))"],
        ["def f():\n    return 1  # one\n\n"],
        id="source-of-a-function",
    ),
    pytest.param(
        ["import os; os.write(1, b'raw\\n'); os.system('echo sub');"], ["raw\nsub\n"], id="descriptors"
    ),
    pytest.param(["print('é 日本 \\U0001f600')"], ["é 日本 \U0001f600\n"], id="unicode"),
    pytest.param(["import os; os.write(1, b'a\\xff\\n');"], ["a\N{REPLACEMENT CHARACTER}\n"], id="not-utf-8"),
    pytest.param(["open('note', 'w').write('n');", "open('note').read()"], ["", "'n'\n"], id="files"),
    pytest.param(
        ["import matplotlib_is_not_here", "import os; os.environ['MPLBACKEND']"],
        ["", "'Agg'\n"],
        id="no-screen",
    ),
]


@pytest.mark.parametrize(("blocks", "printed"), PRINTS)
def test_prints(run: Run, blocks: list[str], printed: list[str]) -> None:
    assert [outcome.stdout for outcome in run(*blocks)] == printed


def test_a_console_session_echoes_every_expression(run: Run) -> None:
    [outcome] = run("x = 1\nx;\nNone\nfor i in range(2): i\n'a'", console=True)
    assert outcome.stdout == "1\n0\n1\n'a'\n"


def test_hidden_setup_runs_first_and_echoes_nothing(run: Run) -> None:
    [outcome] = run("print(frame)", setup="frame = 7\nframe", setup_line=3)
    assert outcome.stdout == "7\n"


def test_an_error_in_the_setup_stands_at_its_line(run: Run) -> None:
    [outcome] = run("1", setup="\nnowhere", setup_line=3)
    assert outcome.kind == "failed"
    assert outcome.error is not None
    assert (outcome.error.type, outcome.error.line) == ("NameError", 4)


@pytest.mark.parametrize("asks", ["input('name? ')", "import getpass; getpass.getpass()"])
def test_nobody_answers(run: Run, asks: str) -> None:
    [outcome] = run(asks)
    assert outcome.error is not None
    assert outcome.error.type == "EOFError"


def test_the_traceback_points_into_the_lesson(run: Run) -> None:
    blocks = ["def half(x):\n    return x / 0", "é = 'ж'; half(  1)"]
    defined, failed = run(*blocks)
    assert defined.kind == "passed"
    assert (failed.kind, failed.reason) == ("failed", "ZeroDivisionError: division by zero")
    assert failed.error is not None
    assert (failed.error.line, failed.error.column) == (11, 12)
    assert [(frame.path, frame.line, frame.function) for frame in failed.error.traceback] == [
        ("lessons/first.mdx", 17, "<module>"),
        ("lessons/first.mdx", 11, "half"),
    ]


def test_a_printed_traceback_shows_the_lesson_s_lines(run: Run) -> None:
    source = "import traceback\ntry:\n    {}['k']\nexcept KeyError:\n    traceback.print_exc()"
    [outcome] = run(source)
    assert outcome.kind == "passed"
    assert "File \"lessons/first.mdx\", line 12, in <module>\n    {}['k']" in outcome.stderr


def test_warnings_point_into_the_lesson_every_time(run: Run) -> None:
    old = "import warnings\ndef old():\n    warnings.warn('old', FutureWarning)\nold()"
    first, again = run(old, "old(); old()")
    assert [(each.type, each.message, each.line) for each in first.warnings] == [("FutureWarning", "old", 12)]
    assert again.warnings == first.warnings


def test_warnings_that_a_reader_does_not_see_are_not_recorded(run: Run) -> None:
    hidden = "open('f', 'w').write('x');"
    caught = (
        "import warnings\nwith warnings.catch_warnings(record=True) as seen:\n"
        "    warnings.simplefilter('always')\n    warnings.warn('x')\nlen(seen)"
    )
    filtered = "warnings.filterwarnings('ignore')\nwarnings.warn('y')"
    results = run(hidden, caught, filtered, "warnings.warn('z')")
    assert [outcome.warnings for outcome in results] == [(), (), (), ()]
    assert results[1].stdout == "1\n"


def test_pandas_own_warning_stands_at_the_lesson_s_line(run: Run) -> None:
    pytest.importorskip("pandas")
    [outcome] = run("import pandas as pd\nframe = pd.DataFrame({'a': [1, 2]})\nframe['a'][0] = 5")
    assert [(each.type, each.line) for each in outcome.warnings] == [
        ("pandas.errors.ChainedAssignmentError", 12)
    ]


ENDS_WELL = [
    pytest.param("import sys\nsys.exit()", id="exit"),
    pytest.param("import sys\nif __name__ == '__main__':\n    sys.exit(0)", id="guarded"),
    pytest.param(
        "def main():\n    print(1)\n    exit(0)\nif __name__ == '__main__':\n    main()", id="called"
    ),
    pytest.param("import os\nif os.fork() == 0:\n    print('child')\nelse:\n    os.wait()", id="fork"),
    pytest.param("import atexit\natexit.register(print, 'bye');", id="exit-handler"),
    pytest.param("import threading\nthreading.Thread(target=print).start()", id="thread"),
    pytest.param("from concurrent.futures import *\nThreadPoolExecutor(1).submit(print, 1);", id="idle-pool"),
    pytest.param("import subprocess\nsubprocess.Popen(['sleep', '60']);", id="leftover-process"),
    pytest.param(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()", id="leftover"
    ),
    pytest.param(
        "import multiprocessing as m, time\nm.Process(target=time.sleep, args=(60,)).start()",
        id="leftover-multiprocessing",
    ),
    pytest.param("raise SystemExit", id="raise"),
    pytest.param("import sys\nsys.stdout.close()", id="closed-stdout"),
    pytest.param("import sys\nsys.setrecursionlimit(100)\nprint(1)", id="low-recursion-limit"),
]


@pytest.mark.parametrize("source", ENDS_WELL)
def test_ends_well(run: Run, source: str) -> None:
    results = run(source, "x = 1")
    assert [(outcome.kind, outcome.reason) for outcome in results] == [("passed", "")] * 2


FAILS = """
== exit-too-early: SystemExit
import sys
sys.exit(0)
print(1)
== exit-too-early-in-a-line: SystemExit
import sys; sys.exit(0); print(1)
== exit-with-a-code: SystemExit
import sys
sys.exit(2)
== exit-in-a-loop: SystemExit
for i in range(2):
    exit()
== base-exception: BaseException
raise BaseException("b")
== syntax: SyntaxError
x ===
== recursion: RecursionError
def f(): return f()
f()
== thread: ValueError
import threading
t = threading.Thread(target=int, args="x")
t.start()
t.join()
== leftover-thread: ValueError
import threading
threading.Timer(.1, int, "x").start()
== exit-handler: ValueError
import atexit
atexit.register(int, "x");
== no-message: E
class E(Exception):
    def __str__(self): raise OSError
raise E
== surrogate: UnicodeEncodeError
print("\\ud800")
"""


@pytest.mark.parametrize(("source", "error"), cases(FAILS))
def test_fails(run: Run, source: str, error: str) -> None:
    [outcome] = run(source)
    assert outcome.error is not None, outcome
    assert (outcome.kind, outcome.error.type) == ("failed", error)
    assert error in outcome.reason
