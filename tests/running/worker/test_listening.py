"""What is written to standard output is heard, and written all the same."""

import io
import sys

import pytest

from checker.running.worker.listening import listen, stop_listening


class Stream(io.StringIO):
    """A stream that takes attributes, as the interpreter's own does."""


def streaming(monkeypatch: pytest.MonkeyPatch) -> Stream:
    """The stream that standard output is from now on: pytest puts its own there before each test."""
    stream = Stream()
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def test_each_listener_hears_what_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = streaming(monkeypatch)
    first = listen()
    sys.stdout.write("one\n")
    second = listen()
    sys.stdout.write("two\n")
    assert ("".join(first), "".join(second), stream.getvalue()) == ("one\n", "two\n", "one\ntwo\n")


def test_not_more_than_enough_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = streaming(monkeypatch)
    heard = listen()
    for _ in range(10_500):
        stream.write("x")
    assert len(heard) == 10_000
    assert len(stream.getvalue()) == 10_500


def test_afterwards_the_stream_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = streaming(monkeypatch)
    stop_listening()
    listen()
    stop_listening()
    assert "write" not in vars(stream)


def test_what_a_lesson_has_put_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = streaming(monkeypatch)
    written: list[str] = []
    vars(stream)["write"] = own = written.append
    heard = listen()
    sys.stdout.write("one\n")
    stop_listening()
    assert vars(stream)["write"] is own
    assert "".join(heard) == "".join(written) == "one\n"


def test_a_stream_that_takes_no_attributes_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert listen() == []
    stop_listening()
