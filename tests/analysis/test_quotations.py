"""Lines shown once more: what must stay whole comes first."""

import pytest

from tests.analysis.lessons import verdict

LOOP = """\
consumer = make()
try:
    while True:
        message = consumer.poll(timeout=1.0)
        if message is None:
            continue
finally:
    consumer.close()"""
MAKE = "def make(): ...\nmake = open"
POLL = "message = consumer.poll(timeout=1.0)"

WHOLE = {
    "not said before": (MAKE, LOOP, "message = consumer.poll(timeout=2.0)"),
    "said at the top": (MAKE, "consumer = make()\nconsumer.poll()\nconsumer.close()", "consumer.poll()"),
    "not closed": (MAKE, LOOP.replace("consumer.close()", "print()"), POLL),
    "something else is closed": (MAKE, LOOP.replace("consumer.close()", "make.close()"), POLL),
    "bound again": (MAKE, LOOP, "consumer = make()", POLL),
    "bound in another block and by the loop": (MAKE, LOOP, LOOP),
    "with an import": (MAKE, LOOP, f"import json\n{POLL}"),
    "only half of it": (MAKE, LOOP, f"{POLL}\nprint(message)"),
    "longer than what it could repeat": (MAKE, "x = 1\nx.close()", "x\n\n\n\nx"),
    "uses nothing": (MAKE, LOOP, "timeout = 1.0"),
}


@pytest.mark.parametrize("codes", WHOLE.values(), ids=WHOLE.keys())
def test_whole(codes: tuple[str, ...]) -> None:
    assert verdict(*codes).kind == "whole"


def test_a_line_of_a_loop_whose_end_closed_the_consumer() -> None:
    found = verdict(MAKE, LOOP, POLL)
    assert found.kind == "fragment"
    assert found.reason == "it repeats line 14 of the block at line 10, which has closed `consumer`"


def test_several_lines_of_it() -> None:
    lines = "message = consumer.poll(timeout=1.0)\nif message is None:\n    print()\n"
    loop = LOOP.replace("continue", "print()")
    assert verdict(MAKE, loop, "print(1)", lines).kind == "fragment"


def test_a_block_that_is_broken_stays_so() -> None:
    assert verdict(MAKE, LOOP, "message = consumer.poll(").kind == "broken"
