"""Which functions nothing in a session runs, and what only they call."""

import ast

import pytest

from checker.analysis.uncalled import only_uncalled_calls

RUNS = {
    "called at the top": "def serve():\n    brew()\nserve()",
    "in no function": "brew()",
    "beside a function": "def serve():\n    brew()\nbrew()",
    "handed on": "def serve():\n    brew()\npot.each(serve)",
    "by a function that is called": "def serve():\n    brew()\ndef main():\n    serve()\nmain()",
    "under the guard": "def serve():\n    brew()\nif __name__ == '__main__':\n    serve()",
    "a method": "class Pot:\n    def pour(self):\n        brew()\nPot().pour()",
    "an attribute": "def serve():\n    brew()\nmodule.serve",
    "no call": "def serve():\n    return brew",
    "a call and more": "def serve():\n    brew(brew)",
    "a method of it": "def serve():\n    brew.all()",
    "a decorator": "@brew()\ndef serve():\n    pass",
    "a default": "def serve(cup=brew()):\n    pass",
    "the body of a class": "class Pot:\n    cup = brew()",
    "a base": "class Pot(brew()):\n    pass",
    "a method's decorator": "class Pot:\n    @brew()\n    def pour(self):\n        pass",
    "not at all": "def serve():\n    pour()",
}
RUNS_NOT = {
    "alone": "def serve():\n    brew()",
    "decorated": "@app.task\nasync def serve():\n    await brew()",
    "two": "def serve():\n    brew()\ndef pour():\n    brew()",
    "by a function that nothing calls": "def serve():\n    brew()\ndef main():\n    serve()",
    "by itself": "def serve():\n    brew()\n    serve()",
    "a class": "class serve:\n    def pour(self):\n        brew()",
}


@pytest.mark.parametrize("code", RUNS.values(), ids=RUNS.keys())
def test_something_runs_it(code: str) -> None:
    tree = ast.parse(code)
    assert only_uncalled_calls("brew", tree, [tree]) == ""


@pytest.mark.parametrize("code", RUNS_NOT.values(), ids=RUNS_NOT.keys())
def test_nothing_runs_it(code: str) -> None:
    tree = ast.parse(code)
    assert only_uncalled_calls("brew", tree, [tree]) == "serve"


def test_another_cell_of_the_session_runs_it() -> None:
    tree, other = ast.parse("def serve():\n    brew()"), ast.parse("serve()")
    assert only_uncalled_calls("brew", tree, [tree, other]) == ""
