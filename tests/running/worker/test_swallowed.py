"""Which exceptions a lesson hides from its reader, and which it means to catch: the silent ones come first.

The code begins at line 5, so `# HERE` marks the line where a defect is reported.
"""

import pickle
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from checker.running.worker.notebook import Notebook
from checker.running.worker.watching import HOOK
from tests.running.cells import cases
from tests.running.worker.conftest import run

SILENT = """
== the handler names the type: silent
try:
    len(5)
except TypeError:
    pass
== the handler names a base: silent
import errno
try:
    undefined_name
except (ValueError, NameError):
    pass
== UnboundLocalError is a NameError: silent
def f():
    try:
        x
        x = 1
    except NameError:
        pass
f()
== a broad handler names it besides: silent
try:
    len(5)
except (TypeError, Exception):
    pass
== a narrower handler comes first: silent
try:
    len(5)
except TypeError:
    pass
except Exception:
    print("other")
== it is raised again: silent
try:
    try:
        len(5)
    except Exception:
        print("so")
        raise
except TypeError:
    pass
== it is raised again by name: silent
try:
    try:
        len(5)
    except Exception as error:
        raise error
except TypeError:
    pass
== it is raised as something else: silent
try:
    try:
        len(5)
    except Exception as error:
        raise ValueError("no") from error
except ValueError:
    pass
== it is raised again from inside a condition: silent
def f(strict):
    try:
        undefined_name
    except Exception:
        if strict:
            raise
try:
    f(True)
except NameError:
    pass
== another kind of exception: silent
try:
    {}["x"]
except Exception:
    pass
== values that do not fit: silent
try:
    int("x")
except:
    pass
== what the lesson raises itself: silent
def check(x):
    if not isinstance(x, int):
        raise TypeError("a number is wanted")
try:
    check("3")
except Exception as error:
    print(error)
== an exception of the lesson's own: silent
class Strict(TypeError):
    pass
try:
    raise Strict
except Exception:
    pass
== the handler prints its name: silent
try:
    "a" + 1
except Exception as error:
    print("TypeError:", error)
== the handler prints its name in a format: silent
try:
    undefined_name
except Exception as error:
    print(f"NameError, as it should be: {error}")
== the handler tests for it: silent
try:
    "a" + 1
except Exception as error:
    assert isinstance(error, TypeError)
== a fallback import: silent
try:
    import no_such_module_here as json
except Exception:
    import json
== an import with a value in its stead: silent
try:
    import no_such_module_here
except Exception:
    no_such_module_here = None
== an import with a flag in its stead: silent
try:
    from os import no_such_function
except:
    HAS_IT = False
== an import that sets a flag: silent
HAS_IT = False
try:
    import no_such_module_here
    HAS_IT = True
except Exception:
    pass
== an import with a function in its stead: silent
try:
    from no_such_module_here import tqdm
except Exception:
    def tqdm(rows):
        return rows
== a name with another in its stead: silent
try:
    unicode
except Exception:
    unicode = str
== probing with hasattr: silent
try:
    if hasattr([], "nothing"):
        pass
except Exception:
    pass
== probing with getattr: silent
try:
    method = getattr([], "nothing")
except Exception:
    pass
== suppress names it: silent
from contextlib import suppress
with suppress(TypeError):
    len(5)
== suppress names its base: silent
import contextlib
with contextlib.suppress(ValueError, NameError):
    undefined_name
== suppress of everything, and nothing happens: silent
import contextlib
with contextlib.suppress(Exception):
    len([])
== a manager of the lesson's that does not end it: silent
class Timer:
    def __enter__(self): return self
    def __exit__(self, *error): return None
try:
    with Timer():
        len(5)
except TypeError:
    pass
== a manager of the lesson's that names it: silent
class Expects:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace): return kind is TypeError
with Expects():
    len(5)
== a manager of the lesson's that is called again and again: silent
class Keeps:
    def __enter__(self): return self
    def __exit__(self, *error): return error[0] is not None and not f.strict
def f(x):
    with Keeps():
        return len(x)
f.strict = True
for x in (5, [], 5, [], 5):
    try:
        f(x)
    except TypeError:
        pass
== a manager made of a generator that names it: silent
import contextlib
@contextlib.contextmanager
def expects():
    try:
        yield
    except TypeError:
        pass
with expects():
    len(5)
== a library's manager: silent
import unittest
with unittest.TestCase().assertRaises(Exception):
    len(5)
== a library's stack of managers: silent
import contextlib
with contextlib.ExitStack() as stack:
    stack.callback(print)
== finally without a jump: silent
try:
    try:
        len(5)
    finally:
        print("always")
except TypeError:
    pass
== a loop in finally has its own break: silent
try:
    try:
        len(5)
    finally:
        for n in range(3):
            if n: break
            continue
except TypeError:
    pass
== a function in finally has its own return: silent
try:
    try:
        len(5)
    finally:
        def f(): return 1
        g = lambda: 2
except TypeError:
    pass
== finally jumps, and nothing was raised: silent
def f():
    try:
        return len([])
    finally:
        return 2
f()
== finally jumps inside a handler of something else: silent
def f():
    try:
        return len([])
    finally:
        return 2
try:
    len(5)
except TypeError:
    f()
== a jump in finally that is not taken: silent
def f(quiet):
    try:
        len(5)
    finally:
        if quiet:
            return
try:
    f(False)
except TypeError:
    pass
== the handler ended what was raised inside it: silent
def f():
    try:
        len(5)
    except TypeError:
        return 1
    finally:
        print("so")
f()
== inside a library: silent
import json
try:
    json.dumps({1, 2})
except Exception:
    pass
== a library's import: silent
import importlib
try:
    importlib.import_module("no_such_module_here")
except Exception:
    pass
== the lesson's own attribute look-up: silent
class Row:
    def __getattr__(self, name):
        raise AttributeError(name)
try:
    Row().colour
except Exception:
    pass
== code of its own in a text: silent
try:
    exec("len(5)")
except Exception:
    pass
== a group: silent
try:
    raise ExceptionGroup("all", [TypeError("x")])
except* Exception:
    pass
== all of it went well: silent
try:
    value = len([1])
except Exception:
    value = None
else:
    value += 1
finally:
    print(value)
"""

FOUND = """
== a misspelt name: NameError `except Exception`
orders = [1]
try:
    sum(oders)  # HERE
except Exception as error:
    print("no:", error)
== a bare except: NameError `except:`
try:
    undefined_name  # HERE
except:
    pass
== BaseException: NameError `except BaseException`
try:
    undefined_name  # HERE
except BaseException:
    pass
== Exception in a tuple: TypeError `except (ValueError, Exception)`
try:
    len(5)  # HERE
except (ValueError, Exception):
    pass
== by its whole name: TypeError `except builtins.Exception`
import builtins
try:
    len(5)  # HERE
except builtins.Exception:
    pass
== an attribute: AttributeError `except Exception`
try:
    [].add(1)  # HERE
except Exception:
    pass
== a method that a value does not have: AttributeError `except Exception`
try:
    x = "a".colour.getattr(1)  # HERE
except Exception:
    pass
== an import: ImportError `except Exception`
try:
    from os import no_such_function  # HERE
    no_such_function()
except Exception as error:
    print(error)
== a module: ModuleNotFoundError `except Exception`
try:
    import no_such_module_here  # HERE
except Exception:
    pass
== a local that is not set yet: UnboundLocalError `except Exception`
def f():
    total += 1  # HERE
    total = 0
try:
    f()
except Exception:
    pass
== a call that does not fit a library: TypeError `except Exception`
import json
try:
    json.dumps(colour=1)  # HERE
except Exception:
    pass
== in a function that a library calls: NameError `except Exception`
try:
    sorted([1, 2], key=lambda n: undefined_name)  # HERE
except Exception:
    pass
== in a function that is defined above: NameError `except Exception`
def total(orders):
    return sum(oders)  # HERE

try:
    total([1])
except Exception:
    pass
== a value in its stead does not mend a misspelt name: NameError `except Exception`
try:
    total = undefined_name + 1  # HERE
except Exception:
    total = 0
== the handler returns: TypeError `except Exception`
def f():
    try:
        return len(5)  # HERE
    except Exception:
        return None
f()
== the handler goes on: TypeError `except Exception`
for n in (1, 2):
    try:
        len(n)  # HERE
    except Exception:
        continue
== the handler breaks: TypeError `except Exception`
while True:
    try:
        len(5)  # HERE
    except Exception:
        break
== raised again one time and not the other: TypeError `except Exception`
def f(strict):
    try:
        len(5)  # HERE
    except Exception:
        if strict:
            raise
try:
    f(True)
except TypeError:
    f(False)
== the inner handler raises again and the outer does not: TypeError `except:`
try:
    try:
        len(5)  # HERE
    except Exception:
        raise
except:
    pass
== a handler in a handler: NameError `except Exception`
try:
    {}["x"]
except KeyError:
    try:
        undefined_name  # HERE
    except Exception:
        pass
== in the handler of something else: NameError `except Exception`
try:
    try:
        {}["x"]
    except KeyError:
        undefined_name  # HERE
except Exception:
    pass
== in the else part: NameError `except Exception`
try:
    try:
        x = 1
    except ValueError:
        pass
    else:
        undefined_name  # HERE
except Exception:
    pass
== the name stands in another text only: NameError `except Exception`
try:
    print("NameErrors are common")
    undefined_name  # HERE
except Exception:
    print("NameErrors")
== suppress of everything: TypeError `with contextlib.suppress(Exception)`
import contextlib
with contextlib.suppress(Exception):
    len(5)  # HERE
== suppress as a name: NameError `with suppress(BaseException)`
from contextlib import suppress
with suppress(BaseException):
    undefined_name  # HERE
== suppress among others: NameError `with open('/dev/null'), suppress(Exception)`
from contextlib import suppress
with open("/dev/null") as f, suppress(Exception):
    undefined_name  # HERE
== suppress that is made before: NameError `with quietly`
from contextlib import suppress
quietly = suppress(Exception)
with quietly:
    undefined_name  # HERE
== a manager of the lesson's own: TypeError `with Quiet()`
class Quiet:
    def __enter__(self): return self
    def __exit__(self, *error): return True
with Quiet():
    len(5)  # HERE
== an object that is a manager: TypeError `with Box.quiet`
class Quiet:
    def __enter__(self): return self
    def __exit__(self, *error): return True
class Box:
    quiet = Quiet()
with Box.quiet:
    len(5)  # HERE
== a manager that is awaited: TypeError `with Quiet()`
class Quiet:
    async def __aenter__(self): return self
    async def __aexit__(self, *error): return True
async with Quiet():
    len(5)  # HERE
== a manager made of a generator: TypeError `except Exception`
import contextlib
@contextlib.contextmanager
def quiet():
    try:
        yield
    except Exception:
        pass
with quiet():
    len(5)  # HERE
== return in finally: TypeError `return` in `finally`
def f():
    try:
        len(5)  # HERE
    finally:
        return 1
f()
== break in finally: NameError `break` in `finally`
while True:
    try:
        undefined_name  # HERE
    finally:
        break
== continue in finally under a condition: NameError `continue` in `finally`
for n in range(2):
    try:
        undefined_name  # HERE
    except ValueError:
        pass
    finally:
        if n < 5:
            continue
== break in the finally of a loop in a loop: NameError `break` in `finally`
for n in range(2):
    try:
        undefined_name  # HERE
    finally:
        for m in range(2):
            break
        with open("/dev/null"):
            break
"""


def swallowed(notebook: Notebook, source: str, **more: Any) -> list[tuple[str, int, str]]:
    report = run(notebook, source, **more)
    assert report["error"] is None
    return [(each["type"], each["line"], each["handler"]) for each in report["swallowed"]]


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # 3.14 warns of jumps in finally
@pytest.mark.parametrize(("source", "expected"), cases(SILENT))
def test_what_a_lesson_means_is_silent(notebook: Notebook, source: str, expected: str) -> None:
    assert expected == "silent"
    assert swallowed(notebook, source) == []


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("source", "expected"), cases(FOUND))
def test_what_it_hides_is_found(notebook: Notebook, source: str, expected: str) -> None:
    kind, _, handler = expected.partition(" ")
    line = 5 + next(n for n, text in enumerate(source.split("\n")) if "# HERE" in text)
    assert swallowed(notebook, source) == [(kind, line, handler)]


def test_the_silent_ones_outnumber_the_others() -> None:
    assert len(cases(SILENT)) > len(cases(FOUND)) + 5


def test_the_place_is_exact_and_so_is_the_handler_s(notebook: Notebook) -> None:
    report = run(notebook, "try:\n    'ж', undefined_name\nexcept Exception:\n    pass")
    [found] = report["swallowed"]
    assert (found["line"], found["column"], found["handler_line"]) == (6, 10, 7)
    assert found["message"] == "name 'undefined_name' is not defined"


def test_a_place_is_told_once_in_a_session(notebook: Notebook) -> None:
    lines = "def f():\n    try:\n        undefined_name\n    except Exception:\n        pass\n"
    assert len(swallowed(notebook, lines + "for _ in range(3): f()")) == 1
    assert swallowed(notebook, "f()", first_line=20) == []


def test_what_the_cell_fails_with_in_the_end_is_not_hidden(notebook: Notebook) -> None:
    source = "last = None\ntry:\n    len(5)\nexcept Exception as error:\n    last = error\nraise last"
    report = run(notebook, source)
    assert report["error"]["type"] == "TypeError"
    assert report["swallowed"] == []


def test_an_endless_loop_that_hides_everything(notebook: Notebook) -> None:
    source = "try:\n    len(5)\nexcept Exception:\n    raise KeyboardInterrupt"
    report = run(notebook, source)
    assert report["error"]["type"] == "KeyboardInterrupt"
    assert [each["line"] for each in report["swallowed"]] == [6]


def test_a_long_handler_is_shortened(notebook: Notebook) -> None:
    managers = ", ".join(f"open('/dev/null') as f{n}" for n in range(9))
    [(_, _, handler)] = swallowed(
        notebook, f"from contextlib import suppress\nwith {managers}, suppress(Exception):\n    len(5)"
    )
    assert len(handler) < 90
    assert handler.endswith("…`")


def test_many_are_not_all_told(notebook: Notebook) -> None:
    one = "try:\n    undefined_name\nexcept Exception:\n    pass\n"
    assert len(swallowed(notebook, one * 60)) == 50


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A package with an object that looks attributes up for itself, as pandas' do."""
    package = tmp_path / "site-packages" / "frames"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "class Frame:\n"
        "    def __getattr__(self, name):\n"
        "        return object.__getattribute__(self, name)\n"
        "    def count(self):\n"
        "        return self.nothing\n"
        "def __getattr__(name):\n"
        "    raise AttributeError(name)\n"
    )
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.delitem(sys.modules, "frames", raising=False)
    import frames  # type: ignore[import-not-found]

    return frames  # type: ignore[no-any-return]


def test_a_library_s_look_up_on_its_own_object_is_the_lesson_s_defect(
    notebook: Notebook, library: ModuleType
) -> None:
    hidden = "import frames\ntry:\n    {}\nexcept Exception:\n    pass"
    assert library.Frame
    assert swallowed(notebook, hidden.format("frames.Frame().append")) == [
        ("AttributeError", 7, "`except Exception`")
    ]
    assert swallowed(notebook, hidden.format("frames.Panel"), first_line=20) == [
        ("AttributeError", 22, "`except Exception`")
    ]
    assert swallowed(notebook, hidden.format("frames.Frame().count()"), first_line=40) == []


def test_a_function_can_be_sent_to_another_interpreter(notebook: Notebook) -> None:
    run(notebook, "try:\n    pass\nexcept Exception:\n    pass")
    hook = vars(sys.modules["__main__"])[HOOK]
    again = pickle.loads(pickle.dumps(hook))
    again(0, 1)


def test_hooks_leave_no_mark_on_a_traceback(notebook: Notebook) -> None:
    plain = "def f():\n    {}['x']\ndef g():\n    f()\ng()"
    hooked = (
        "def f():\n    try:\n        {}['x']\n    except Exception:\n        raise\ndef g():\n    f()\ng()"
    )
    frames = [each[2] for each in run(notebook, plain)["error"]["traceback"]]
    assert [each[2] for each in run(notebook, hooked)["error"]["traceback"]] == frames
    with_hooks = "class M:\n    def __enter__(self): 1\n    def __exit__(self, *_): 0\nwith M():\n    {}['x']"
    assert run(notebook, with_hooks)["error"]["traceback"] == [["lesson.mdx", 9, "<module>"]]
