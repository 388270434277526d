"""From what a session says, or how it ends, to the outcome of a block."""

import signal
from base64 import b64encode
from typing import Any

import pytest

from checker.model import Frame, RunError, RunWarning
from checker.running import messages, verdicts
from checker.running.job import ELSEWHERE, CellJob, Limits, SessionJob
from checker.running.messages import Report
from checker.running.verdicts import Verdict
from tests.running.said import FAILURE, line

SESSION = SessionJob("", (CellJob(4, "x = 1\n1 / 0", 10, 5.0, setup="y", setup_line=8),))
LIMITS = Limits()


def judged(*, interrupted: str = "", **changes: Any) -> Verdict:
    report = messages.read_report(line(**changes), "n")
    assert isinstance(report, Report)
    return verdicts.verdict(report, SESSION, LIMITS, interrupted=interrupted)


def test_nothing_raised_is_a_pass() -> None:
    assert judged() == Verdict("passed")
    assert not judged().ends_session


def test_an_exception_is_a_failure_with_its_place() -> None:
    assert judged(error=FAILURE) == Verdict(
        "failed",
        "ValueError: no",
        RunError(
            "ValueError",
            "no\nsuch value",
            11,
            3,
            (Frame("l.mdx", 11, "<module>"),),
            ("Exception", "BaseException"),
        ),
    )


def test_an_exception_without_a_message_is_named() -> None:
    assert judged(error={**FAILURE, "message": ""}).reason == "ValueError"


PLACES = [
    ((11, 3), (11, 3)),
    ((10, 0), (10, 1)),
    ((10, 99), (10, 6)),
    ((8, 1), (8, 1)),
    ((9, 1), (0, 0)),
    ((12, 1), (0, 0)),
    ((0, 0), (0, 0)),
    ((1 << 30, 1), (0, 0)),
]


@pytest.mark.parametrize(("said", "believed"), PLACES)
def test_only_the_session_s_own_code_is_a_place(said: tuple[int, int], believed: tuple[int, int]) -> None:
    error = judged(error={**FAILURE, "line": said[0], "column": said[1]}).error
    assert error is not None
    assert (error.line, error.column) == believed


def test_warnings_elsewhere_have_no_line() -> None:
    said = [["UserWarning", "here", 10], ["UserWarning", "there", 99]]
    assert judged(warnings=said).warnings == (
        RunWarning("UserWarning", "here", 10),
        RunWarning("UserWarning", "there", 0),
    )


def test_what_was_swallowed_has_a_place_in_the_session_or_is_not_believed() -> None:
    said = [{**FAILURE, "line": line, "handler": "`except:`", "handler_line": 12} for line in (11, 99)]
    [found] = judged(swallowed=said).swallowed
    assert (found.error.type, found.error.line, found.handler, found.handler_line) == (
        "ValueError",
        11,
        "`except:`",
        12,
    )


def test_what_is_no_png_is_no_figure() -> None:
    png = b"\x89PNG\r\n\x1a\n..."
    said = [b64encode(each).decode() for each in (png, b"<svg onload=...>", b"")]
    assert judged(figures=said).figures == (png,)


INTERRUPTED = [
    (None, "interrupted"),
    ({**FAILURE, "type": "KeyboardInterrupt"}, "interrupted"),
    (FAILURE, "failed"),
]


@pytest.mark.parametrize(("error", "kind"), INTERRUPTED)
def test_an_interrupt_ends_an_endless_block_as_planned(error: object, kind: str) -> None:
    found = judged(error=error, interrupted=verdicts.DRAINED)
    assert found.kind == kind
    assert found.reason


def test_a_block_that_needs_what_the_lab_does_not_have_is_skipped() -> None:
    found = judged(error=FAILURE, lacks="it needs three brokers")
    assert (found.kind, found.reason, found.error) == ("skipped", "it needs three brokers", None)


def test_a_keyboard_interrupt_that_nobody_sent_is_a_failure() -> None:
    assert judged(error={**FAILURE, "type": "KeyboardInterrupt"}).kind == "failed"


REFUSED = [
    ("memory", "it needs more than 1 GiB of memory (ValueError: no)"),
    ("processes", "it needs more than 128 processes and threads (ValueError: no)"),
    ("disk", "it writes more than 256 MiB or 10,000 files (ValueError: no)"),
    ("open files", "it has too many files open (ValueError: no)"),
]


@pytest.mark.parametrize(("limit", "reason"), REFUSED)
def test_a_limit_is_named_and_ends_the_session(limit: str, reason: str) -> None:
    found = judged(limit=limit, error=FAILURE)
    assert (found.kind, found.reason) == ("limit", reason)
    assert found.ends_session


def test_a_limit_without_an_exception_is_still_one() -> None:
    assert judged(limit="memory").kind == "limit"


ENDS = [
    (0, "crashed", "status 0"),
    (3, "crashed", "status 3"),
    (-signal.SIGSEGV, "crashed", "signal 11 (SIGSEGV)"),
    (-signal.SIGKILL, "crashed", "signal 9 (SIGKILL)"),
    (-61, "crashed", "signal 61"),
    (-signal.SIGXCPU, "limit", "processor time"),
]


@pytest.mark.parametrize(("status", "kind", "words"), ENDS)
def test_an_interpreter_that_ends_early_says_how(status: int, kind: str, words: str) -> None:
    found = verdicts.ended_early(status)
    assert found.kind == kind
    assert words in found.reason
    assert found.signal == (-status if kind == "crashed" and status < 0 else 0)
    assert found.ends_session


def test_blocks_that_were_given_more_time_give_it_to_their_session() -> None:
    cells = tuple(CellJob(0, "", 1, seconds) for seconds in (1.0, 10.0, 25.0))
    assert verdicts.session_seconds(SessionJob("", cells), LIMITS) == 75.0


AWAY = ("10.0.0.1:9092", "connection refused")


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("passed"),
        Verdict("interrupted", verdicts.DRAINED),
        Verdict("limit", "it needs more than 1 GiB of memory"),
        Verdict("failed", "NameError: x", RunError("NameError", "x", 1, 1, (), ())),
        Verdict("failed", "KeyError: x", RunError("KeyError", "x", 1, 1, (), ("LookupError",))),
    ],
)
def test_what_has_nothing_to_do_with_a_broker_that_is_away_stays(verdict: Verdict) -> None:
    assert verdicts.without_broker(verdict, *AWAY) is verdict


@pytest.mark.parametrize(
    "verdict",
    [
        verdicts.timed_out(8.0),
        Verdict("failed", "KafkaException: x", RunError("KafkaException", "x", 1, 1, (), ("Exception",))),
    ],
)
def test_what_fails_while_the_broker_is_away_is_skipped(verdict: Verdict) -> None:
    skipped = verdicts.without_broker(verdict, *AWAY)
    assert (skipped.kind, skipped.error) == ("skipped", None)
    assert (
        skipped.reason == "it needs the broker at 10.0.0.1:9092, which does not answer (connection refused)"
    )


@pytest.mark.parametrize(
    ("setup_line", "at", "kind"),
    [
        (3, ELSEWHERE + 1, "failed"),
        (ELSEWHERE, ELSEWHERE + 2, "failed"),
        (ELSEWHERE, ELSEWHERE + 1, "skipped"),
    ],
)
def test_a_setup_of_the_configuration_that_fails_is_not_the_lesson_s(
    setup_line: int, at: int, kind: str
) -> None:
    cell = CellJob(0, "print(x)", 10, 1.0, setup="x = 1\nraise ValueError", setup_line=setup_line)
    report = messages.read_report(line(error={**FAILURE, "line": at}), "n")
    assert report is not None
    found = verdicts.verdict(report, SessionJob("", (cell,)), LIMITS, interrupted="")
    assert (found.kind, "fails at line 2 (ValueError: no)" in found.reason) == (kind, kind == "skipped")
