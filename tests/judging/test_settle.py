import pytest
from msgspec.structs import replace

from checker.judging.settle import Said, settle
from checker.model import Frame, OutcomeKind, RunError
from checker.model.outcomes import Later
from tests.builders import block, directive, error, outcome, plan, warning

WRONG = {1: "WRONG"}


def test_a_pass_that_nobody_expected_otherwise_stays() -> None:
    raw = outcome("passed")
    assert settle(block(), plan(), raw, Said()) is raw


def test_a_failure_that_nobody_expected_stays() -> None:
    raw = outcome("failed", raised=error("KeyError"))
    assert settle(block(), plan(), raw, Said()) is raw


@pytest.mark.parametrize("kind", ["timed-out", "limit", "crashed", "not-run", "interrupted"])
def test_no_directive_makes_an_ended_session_right(kind: OutcomeKind) -> None:
    raw = outcome(kind, reason="10 s")
    assert settle(block(directives=(directive("raises", "KeyError"),)), plan(), raw, Said()) is raw
    assert settle(block(), plan("counterexample"), raw, Said(WRONG)) is raw


@pytest.mark.parametrize(
    ("wanted", "bases"),
    [
        ("confluent_kafka.KafkaException", ()),
        ("KafkaException", ()),
        ("Exception", ("builtins.Exception",)),
        ("LookupError", ("LookupError",)),
    ],
)
def test_raises_takes_dotted_names_and_subclasses(wanted: str, bases: tuple[str, ...]) -> None:
    raised = error("confluent_kafka.KafkaException", "down", bases=bases)
    settled = settle(
        block(directives=(directive("raises", wanted),)), plan(), outcome("failed", raised=raised), Said()
    )
    assert settled.kind == "expected-failure"
    assert "KafkaException" in settled.reason


def named(wanted: str, raised: str) -> bool:
    raw = outcome("failed", raised=error(raised, "no"))
    return (
        settle(block(directives=(directive("raises", wanted),)), plan(), raw, Said()).kind
        == "expected-failure"
    )


@pytest.mark.parametrize(
    ("wanted", "raised"),
    [
        ("json.JSONDecodeError", "shop.JSONDecodeError"),
        ("json.JSONDecodeError", "JSONDecodeError"),
        ("requests.Timeout", "httpx.Timeout"),
        ("json.JSONDecodeError", "json.decoder.Other"),
        ("socket.timeout", "OSError"),
    ],
)
def test_a_name_of_another_library_is_another_name(wanted: str, raised: str) -> None:
    assert not named(wanted, raised)


@pytest.mark.parametrize(
    ("wanted", "raised"),
    [
        ("json.JSONDecodeError", "json.decoder.JSONDecodeError"),
        ("queue.Empty", "_queue.Empty"),
        ("confluent_kafka.KafkaException", "cimpl.KafkaException"),
        ("asyncio.TimeoutError", "TimeoutError"),
        ("socket.timeout", "TimeoutError"),
        ("IOError", "OSError"),
    ],
)
def test_a_type_goes_by_the_name_by_which_its_library_offers_it(wanted: str, raised: str) -> None:
    assert named(wanted, raised)


@pytest.mark.parametrize(
    ("raised", "match", "reason"),
    [
        (None, None, "should have raised KeyError, but raised nothing"),
        (error("TypeError", "no"), None, "should have raised KeyError, but raised TypeError: no"),
        (error("MyKeyError", "no"), None, "should have raised KeyError, but raised MyKeyError: no"),
        (error("KeyError", "'tea'"), "mate", "raised KeyError, but its message \"'tea'\" does not match"),
    ],
)
def test_raising_something_else_is_a_failure(raised: RunError | None, match: str | None, reason: str) -> None:
    directives = (directive("raises", "KeyError"), *([directive("match", match)] if match else ()))
    raw = outcome("failed" if raised else "passed", raised=raised)
    settled = settle(block(directives=directives), plan(), raw, Said())
    assert settled.kind == "failed"
    assert settled.reason.startswith(reason)


def test_match_searches_the_message() -> None:
    directives = (directive("raises", "ValueError"), directive("match", "invalid literal"))
    raw = outcome("failed", raised=error("ValueError", "int: invalid literal for int()"))
    assert settle(block(directives=directives), plan(), raw, Said()).kind == "expected-failure"


def test_a_counterexample_that_raises_in_its_wrong_lines_is_as_expected() -> None:
    raw = outcome("failed", raised=error("TypeError", line=11))
    assert settle(block(), plan("counterexample"), raw, Said(WRONG)).kind == "expected-failure"


def test_a_counterexample_whose_wrong_line_calls_what_raises_is_as_expected() -> None:
    frames = (Frame("lesson.mdx", 12, "<module>"), Frame("lesson.mdx", 11, "brew"))
    raised = replace(error("TypeError", line=11), traceback=frames)
    raw = outcome("failed", raised=raised)
    code = block("def brew(): tea()\nbrew()")
    assert settle(code, plan("counterexample"), raw, Said({2: "WRONG"})).kind == "expected-failure"
    elsewhere = replace(raised, traceback=(frames[0], Frame("tea.py", 12, "brew")))
    raw = outcome("failed", raised=elsewhere)
    assert settle(code, plan("counterexample"), raw, Said({3: "WRONG"})).kind == "failed"


def test_a_counterexample_that_raises_somewhere_else_in_the_lesson_is_as_expected() -> None:
    raw = outcome("failed", raised=error("TypeError", line=4))
    assert settle(block(), plan("counterexample"), raw, Said(WRONG)).kind == "expected-failure"


def test_the_right_way_that_raises_is_a_failure() -> None:
    raw = outcome("failed", raised=error("TypeError", line=12))
    assert settle(block("bad()\ngood()"), plan("counterexample"), raw, Said(WRONG)).kind == "failed"


BOTH = "bad['n'] = row['x']\ngood(row['x'])"
RIGHT = {2: "RIGHT"}


@pytest.mark.parametrize(
    ("later", "right"),
    [
        (error("KeyError", "'x'", line=11), RIGHT),  # no line of the right way
        (error("KeyError", "'x'", line=12), {}),
        (error("KeyError", "'n'", line=12), RIGHT),  # what the wrong line would have left
        (error("NameError", "name 'bad' is not defined", line=12), RIGHT),
        (error("ConnectionError", "", line=12), RIGHT),
    ],
)
def test_what_a_wrong_line_may_have_left_is_not_missed_behind_it(
    later: RunError, right: dict[int, str]
) -> None:
    raw = outcome("failed", raised=error("TypeError", line=11))
    raw = replace(raw, later=Later((later,)))
    settled = settle(block(BOTH), plan("counterexample"), raw, Said(WRONG, right))
    assert settled.kind == "expected-failure"


def test_the_right_way_behind_the_wrong_one_has_to_work() -> None:
    later = error("KeyError", "'x'", line=12)
    raw = replace(outcome("failed", raised=error("KeyError", "'x'", line=11)), later=Later((later,)))
    settled = settle(block(BOTH), plan("counterexample"), raw, Said(WRONG, RIGHT))
    assert (settled.kind, settled.error) == ("failed", later)


def test_a_counterexample_that_warns_in_its_wrong_lines_is_as_expected() -> None:
    warned = outcome("passed", warned=(warning("FutureWarning", line=11),))
    assert settle(block(), plan("counterexample"), warned, Said(WRONG)).kind == "expected-failure"
    elsewhere = outcome("passed", warned=(warning("FutureWarning", line=12),))
    assert settle(block("bad()\ngood()"), plan("counterexample"), elsewhere, Said(WRONG)).kind == "passed"


def imported(message: str, *paths: str) -> RunError:
    frames = tuple(Frame(path, 4, "f") for path in paths)
    return RunError("ModuleNotFoundError", message, 11, 1, frames, ("ImportError", "Exception"))


LIBRARY = ("lesson.mdx", "pandas/io/excel.py", "importlib/__init__.py")


@pytest.mark.parametrize(
    "raised",
    [
        imported("No module named 'openpyxl'", "lesson.mdx"),
        imported("No module named 'openpyxl'"),
        imported("cannot import name 'x' from 'y'", *LIBRARY),
        error("KeyError", "No module named 'openpyxl'"),
    ],
)
def test_an_import_of_the_lesson_s_own_fails(raised: RunError) -> None:
    assert settle(block(), plan(), outcome("failed", raised=raised), Said()).kind == "failed"


@pytest.mark.parametrize(
    "message",
    [
        "No module named 'openpyxl.cell'",
        "`Import openpyxl` failed. Use pip to install it.",
        "Missing optional dependency 'openpyxl'.  Use pip or conda to install openpyxl.",
        "to use from_excel, you must install openpyxl:\n\n    pip install openpyxl",
        "install the 'openpyxl' package with:\n\n    python3 -m pip install openpyxl more",
        "Excel files require 'openpyxl' to be installed. Please install it.",
        "The openpyxl library is not installed but is required for Excel.",
        "The engine is enabled but the 'openpyxl' package is not installed.",
        "this requires the 'openpyxl' package. Install it with: pip install 'excel[all]'",
    ],
)
def test_what_a_library_lacks_is_the_environment_s(message: str) -> None:
    settled = settle(block(), plan(), outcome("failed", raised=imported(message, *LIBRARY)), Said())
    assert (settled.kind, settled.reason) == (
        "skipped",
        "needs the package `openpyxl`, which is not installed",
    )


def test_a_library_may_lack_what_an_extra_brings() -> None:
    message = "TeaStore requires tea-cups[china]"
    settled = settle(block(), plan(), outcome("failed", raised=imported(message, *LIBRARY)), Said())
    assert settled.reason == "needs the package `tea-cups[china]`, which is not installed"


@pytest.mark.parametrize(
    ("message", "paths", "key"),
    [
        ("Missing credentials. Set the `TEA_API_KEY` variable.", LIBRARY, "TEA_API_KEY"),
        ("no key: pass key= or set GREEN_TEA_TOKEN", LIBRARY, "GREEN_TEA_TOKEN"),
        ("no key: pass key= or set GREEN_TEA_TOKEN", LIBRARY[:1], ""),
        ("no key: pass key= or set GREEN_TEA_TOKEN", (), ""),
        ("unexpected TOKEN, PRIMARY_KEY is not unique", LIBRARY, ""),
    ],
)
def test_a_key_that_a_library_asks_for_is_the_reader_s(
    message: str, paths: tuple[str, ...], key: str
) -> None:
    raised = replace(imported(message, *paths), type="tea.TeaError", bases=("Exception",))
    settled = settle(block(), plan(), outcome("failed", raised=raised), Said())
    assert settled.kind == ("skipped" if key else "failed")
    if key:
        assert settled.reason == f"needs a key of the reader's own, by the variable `{key}`"


def test_a_library_may_say_so_by_an_exception_of_its_own() -> None:
    message = "this requires the 'openpyxl' package. Install it with: pip install 'excel[all]'"
    for paths, kind in ((LIBRARY, "skipped"), (LIBRARY[:1], "failed"), ((), "failed")):
        own = replace(imported(message, *paths), type="excel.ConfigError", bases=("Exception",))
        assert settle(block(), plan(), outcome("failed", raised=own), Said()).kind == kind
    caught = replace(
        imported("failed: ModuleNotFoundError(\"No module named 'scipy'\")", *LIBRARY), type="E", bases=()
    )
    assert settle(block(), plan(), outcome("failed", raised=caught), Said()).kind == "skipped"
    bare = replace(imported("Teapot is not installed", *LIBRARY), type="ValueError", bases=())
    assert settle(block(), plan(), outcome("failed", raised=bare), Said()).reason == (
        "needs the package `Teapot`, which is not installed"
    )
    plain = replace(imported("the cup needs the 'tea' package", *LIBRARY), type="ValueError", bases=())
    assert settle(block(), plan(), outcome("failed", raised=plain), Said()).kind == "failed"
