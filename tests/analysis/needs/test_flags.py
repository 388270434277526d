"""Loops that wait for a flag: which flags are turned, and which only by a signal."""

import pytest

from tests.analysis.needs.test_needs import needs

ENDS = {
    "turned inside": "going = True\nwhile going:\n    going = False",
    "a break": "going = True\nwhile going:\n    break",
    "one of several": "going, n = True, 0\nwhile going:\n    pass",
    "counted down": "n = 3\nwhile n:\n    n -= 1",
    "what is no flag": "teas = ['oolong']\nwhile teas:\n    teas.pop()",
    "any other test": "while brew() > 3:\n    pass",
    "not called": "going = True\ndef f():\n    while going:\n        pass",
    "walrus": "going = True\nwhile (going := brew()):\n    pass",
    "bound by a walrus": "going = True\n(going := brew())\nwhile going:\n    pass",
    "bound by a loop": "going = True\nfor going in [True]:\n    while going:\n        pass",
    "bound by a with": "going = True\nwith tea() as going:\n    while going:\n        pass",
    "a parameter": "def brew(going):\n    while going:\n        pass\nbrew(True)",
    "a thread": (
        "going = True\ndef stop():\n    global going\n    going = False\nThread(target=stop).start()\n"
        "while going:\n    pass"
    ),
    "a handler that is called": (
        "going = True\ndef stop(*_):\n    global going\n    going = False\nsignal.signal(2, stop)\nstop()\n"
        "while going:\n    pass"
    ),
    "an event that is set": "done = Event()\ndone.set()\nwhile not done.is_set():\n    pass",
    "an event for which nothing waits": "done = Event()\nwhile done.is_set():\n    pass",
    "never begun": "going: bool = False\nwhile going:\n    pass",
    "a manager's exit": (
        "class A:\n    def __init__(self):\n        self.on = True\n    def __exit__(self, *_):\n"
        "        self.on = False\n    def run(self):\n        while self.on:\n            pass\nA().run()"
    ),
    "a value from elsewhere": "going = settings.go\nwhile going:\n    pass",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS.keys())
def test_what_may_end(code: str) -> None:
    assert needs(code).endless == ""


ENDLESS = {
    "a name": "going = True\nwhile going:\n    poll()",
    "the other way round": "done = False\nwhile not done:\n    poll()",
    "an event": "done = threading.Event()\nwhile not done.is_set():\n    poll()",
    "a handler": (
        "going: bool = True\ndef stop(*_):\n    global going\n    going = False\n"
        "signal.signal(signal.SIGINT, stop)\nwhile going:\n    poll()"
    ),
    "a handler without a name": (
        "done = Event()\nsignal.signal(2, lambda *_: done.set())\nwhile not done.is_set():\n    poll()"
    ),
    "a loop's handler": (
        "done = Event()\nasyncio.get_running_loop().add_signal_handler(2, done.set)\n"
        "while not done.is_set():\n    poll()"
    ),
    "an attribute": (
        "class A:\n    def __init__(self):\n        self.on = True\n    def stop(self):\n"
        "        self.on = False\n    def run(self):\n        while self.on:\n            poll()\nA().run()"
    ),
}


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_only_a_signal_ends(code: str) -> None:
    assert needs(code).endless == "its `while` loop runs until a signal arrives"


def test_a_flag_of_an_earlier_block() -> None:
    assert needs("going = True", "while going:\n    poll()").endless
    assert needs("going = True", "going = brew()", "while going:\n    poll()").endless == ""
