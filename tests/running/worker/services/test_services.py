"""What a session notes of its cells' dealings with services."""

import signal
import threading
from typing import Any

import pytest

from checker.running.worker.services.services import NotInLabError, Services

CELL = {"timeout": 5.0, "nonce": "n", "drained": True}


@pytest.fixture
def told() -> list[Any]:
    return []


@pytest.fixture
def services(told: list[Any]) -> Services:
    made = Services(told.append)
    made.begin(CELL)
    return made


def test_nothing_is_lacking_by_itself(services: Services) -> None:
    assert services.take_lack(ValueError()) == ""


def test_the_first_thing_that_lacks_is_the_reason_once(services: Services) -> None:
    for what in ("a broker", "three"):
        with pytest.raises(NotInLabError):
            services.lack(what)
    assert services.take_lack(None) == "it needs a broker"
    assert services.take_lack(None) == ""


@pytest.mark.parametrize(
    "error", [None, NameError(), TypeError(), KeyError(), AttributeError(), ImportError()]
)
def test_what_may_excuse_a_failure_excuses_no_other(services: Services, error: BaseException | None) -> None:
    services.excuse("a topic")
    assert services.take_lack(error) == ""


@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt(), OSError()])
def test_it_excuses_what_can_come_of_it(services: Services, error: BaseException) -> None:
    services.excuse("a topic")
    services.excuse("another")
    assert services.take_lack(error) == "it needs a topic"
    assert services.take_lack(error) == ""


def test_ctrl_c_comes_once_a_cell_and_the_checker_is_told_first(services: Services, told: list[Any]) -> None:
    with pytest.raises(KeyboardInterrupt):
        services.interrupt(services.cell)
    services.interrupt(services.cell)
    assert told == [{"nonce": "n", "drained": True}]
    services.begin({"timeout": 5.0})
    assert not services.drained
    services.interrupt(services.cell - 1)
    assert len(told) == 1


def test_the_checker_is_told_of_reading_where_it_matters(services: Services, told: list[Any]) -> None:
    services.reads()
    services.begin({"timeout": 5.0})
    services.reads()
    assert told == [{"nonce": "n", "drained": False}]


def test_nothing_is_told_between_cells(services: Services, told: list[Any]) -> None:
    services.take_lack(None)
    services.reads()
    services.interrupt(services.cell)
    assert told == []


def test_another_thread_interrupts_the_main_one(services: Services) -> None:
    came = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: came.set())
    try:
        thread = threading.Thread(target=services.interrupt, args=(services.cell,))
        thread.start()
        thread.join()
        assert came.wait(5)
    finally:
        signal.signal(signal.SIGINT, before)
