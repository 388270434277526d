import errno
import functools
import json
import linecache
import os
from typing import Any

import pytest

from checker.running.worker.failures import describe, refused_limit, sendable, type_name

PATH = "lesson.mdx"


def raised(source: str) -> BaseException:
    """The exception of a block whose code begins at line 5."""
    text = "\n" * 4 + source
    linecache.cache[PATH] = (0, None, [line + "\n" for line in text.split("\n")], PATH)
    with pytest.raises(BaseException) as raised:  # noqa: PT011 any exception is what is asked for
        exec(compile(text, PATH, "exec"), {"__name__": "__main__"})
    return raised.value


def described(source: str) -> dict[str, Any]:
    return describe(raised(source), PATH)


PLACES = [
    ("1 / 0", "ZeroDivisionError", "division by zero", 5, 1),
    ("é = 'ж'; nowhere", "NameError", "name 'nowhere' is not defined", 5, 10),
    (
        "def f(x):\n    return x.upper()\nf(1)",
        "AttributeError",
        "'int' object has no attribute 'upper'",
        6,
        12,
    ),
    ("def f():\n    g()\ng = lambda: {}['k']\nf()", "KeyError", "'k'", 7, 13),
    ("import json\njson.loads('{')", "json.decoder.JSONDecodeError", None, 6, 1),
    ("class E(Exception): pass\nraise E('boo')", "E", "boo", 6, 1),
    ("exec('1/0')", "ZeroDivisionError", "division by zero", 5, 1),
    ("import ast\nast.parse('x ===')", "SyntaxError", "invalid syntax", 6, 1),
]


@pytest.mark.parametrize(("source", "kind", "message", "line", "column"), PLACES)
def test_the_place_is_the_deepest_line_of_the_lesson(
    source: str, kind: str, message: str | None, line: int, column: int
) -> None:
    found = described(source)
    assert (found["type"], found["line"], found["column"]) == (kind, line, column)
    assert message is None or found["message"] == message


def test_a_block_that_does_not_parse_has_the_place_of_its_error() -> None:
    found = described("x = 1\nx ===")
    assert (found["type"], found["message"], found["line"], found["column"]) == (
        "SyntaxError",
        "invalid syntax",
        6,
        5,
    )


def test_an_exception_from_nowhere_in_the_lesson_has_no_place() -> None:
    found = describe(ValueError("made, not raised"), PATH)
    assert (found["line"], found["column"], found["traceback"]) == (0, 0, [])


def test_the_bases_are_named() -> None:
    assert described("import json\njson.loads('{')")["bases"] == ["ValueError", "Exception", "BaseException"]


def test_the_traceback_is_the_lesson_s_what_it_called_and_the_deepest_of_a_library() -> None:
    found = described("import json\ndef f():\n    json.loads('{')\nf()")
    *own, called, deepest = found["traceback"]
    assert own == [[PATH, 8, "<module>"], [PATH, 7, "f"]]
    assert (called[0], called[2]) == ("json/__init__.py", "loads")
    assert (deepest[0], deepest[2]) == ("json/decoder.py", "JSONDecoder.raw_decode")


def test_a_library_s_only_frame_is_shown_once() -> None:
    found = described("import os\nos.fspath_ = os.path.join\nos.path.join(None)")
    assert len(found["traceback"]) == 2


def test_endless_recursion_is_shortened() -> None:
    found = described("def f(): f()\nf()")
    assert found["type"] == "RecursionError"
    assert len(found["traceback"]) == 30
    assert found["traceback"][0] == [PATH, 6, "<module>"]


@pytest.mark.parametrize("problem", ["RuntimeError", "KeyboardInterrupt", "SystemExit"])
def test_an_exception_that_cannot_be_read_is_still_reported(problem: str) -> None:
    found = described(f"class E(Exception):\n    def __str__(self): raise {problem}\nraise E")
    assert found["message"] == f"<{problem} while its message was made>"


def test_what_is_sent_can_be_sent() -> None:
    assert sendable("a\ud800b") == "a\\ud800b"
    assert sendable("x" * 20_000) == "x" * 10_000 + " …"


def test_names_are_those_of_python_s_own_tracebacks() -> None:
    assert type_name(ValueError) == "ValueError"
    assert type_name(type("Mine", (), {"__module__": "__main__"})) == "Mine"
    assert type_name(json.JSONDecodeError) == "json.decoder.JSONDecodeError"


NO_LIMIT = [
    "raise ValueError",
    "raise RuntimeError('cannot start new thread')",
    "raise OSError(2, 'No such file or directory')",
    "import socket\na, b = socket.socketpair()\na.setblocking(False)\nwith a, b: a.recv(1)",
    "raise BlockingIOError(11, 'Resource temporarily unavailable')",
]


@pytest.mark.parametrize("source", NO_LIMIT)
def test_an_ordinary_exception_is_no_limit(source: str) -> None:
    assert refused_limit(raised(source)) is None


LIMITS = [
    ("raise MemoryError", "memory"),
    ("class ArrayMemoryError(MemoryError): pass\nraise ArrayMemoryError", "memory"),
    (f"raise OSError({errno.ENOMEM}, 'Cannot allocate memory')", "memory"),
    ('raise RuntimeError("can\'t start new thread")', "processes"),
    (f"def fork(): raise OSError({errno.EAGAIN}, '')\ndef f():\n    return fork()\nf()", None),
    (f"raise OSError({errno.ENOSPC}, 'No space left on device')", "disk"),
    (f"raise OSError({errno.EDQUOT}, 'Quota exceeded')", "disk"),
    (f"raise OSError({errno.EFBIG}, 'File too large')", "disk"),
    (f"raise OSError({errno.EMFILE}, 'Too many open files')", "open files"),
]


@pytest.mark.parametrize(("source", "limit"), LIMITS)
def test_what_the_kernel_refuses_is_a_limit(source: str, limit: str | None) -> None:
    assert refused_limit(raised(source)) == limit


@pytest.mark.parametrize("source", ["import os\nos.fork()", "import os\nos.posix_spawn()"])
def test_a_fork_that_is_refused_is_a_limit(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    refuse = functools.partial(os.read, reads, 1)  # EAGAIN, from a function that has no frame of its own
    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr(os, "posix_spawn", refuse)
    assert refused_limit(raised(source)) == "processes"
    os.close(reads)
    os.close(writes)
