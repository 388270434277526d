"""Exits that hide something, then exits that end a block. Lines as in a lesson: the code begins at line 5."""

import ast

import pytest

from checker.running.worker.exits import ends_cell

PATH = "lesson.mdx"
MAIN = "import sys\ndef main():\n    print\n    sys.exit(0)\n"


def is_end(source: str) -> bool:
    text = "\n" * 4 + source
    try:
        exec(compile(text, PATH, "exec"), {"__name__": "__main__"})
    except SystemExit as error:
        return ends_cell(error, PATH, [ast.parse("other = 1"), ast.parse(text)])
    pytest.fail("it did not exit")


HIDES = [
    "import sys\nsys.exit(0)\nraise AssertionError",
    "import sys\nsys.exit(0); raise AssertionError",
    "import sys\nsys.exit(1)",
    "import sys\nsys.exit('why')",
    "import sys\nif True:\n    sys.exit(0)\n    raise AssertionError",
    "import sys\nif True:\n    sys.exit(0)\nraise AssertionError",
    "import sys\nif sys.exit(0):\n    raise AssertionError",
    "import sys\nfor i in range(2):\n    sys.exit(0)",
    "import sys\nwhile True:\n    sys.exit(0)",
    "import sys\ntry:\n    sys.exit(0)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError",
    "import sys\nwith open('/dev/null'):\n    sys.exit(0)\n    raise AssertionError",
    "import sys\ntry:\n    raise AssertionError\nfinally:\n    sys.exit(0)",
    "import sys\ndef f():\n    try:\n        raise AssertionError\n    finally:\n        sys.exit(0)\nf()",
    "class A:\n    def __enter__(self): pass\n    def __exit__(self, *_): exit(0)\nwith A():\n    1/0",
    "import sys\nclass A:\n    sys.exit(0)\n    raise AssertionError",
    "import sys\nclass A:\n    sys.exit(0)",
    "import sys\ndef f():\n    sys.exit(0)\n    raise AssertionError\nf()",
    "import sys\nasync def f():\n    sys.exit(0)\n    raise AssertionError\nf().send(None)",
    MAIN + "main()\nraise AssertionError",
    MAIN + "[main() for i in range(2)]\nprint(1)",
    MAIN + "list(map(lambda x: main(), [1, 2]))\nprint(1)",
    "(lambda: exec('raise SystemExit'))(); print(1)",
]


@pytest.mark.parametrize("source", HIDES)
def test_an_exit_that_hides_something_is_no_end(source: str) -> None:
    assert not is_end(source)


ENDS = [
    "import sys\nsys.exit()",
    "import sys\nsys.exit(0)",
    "raise SystemExit",
    "import sys\nif __name__ == '__main__':\n    sys.exit(0)",
    "import sys\nif False:\n    pass\nelse:\n    sys.exit(0)",
    "import sys\nwith open('/dev/null'):\n    sys.exit(0)",
    "import sys\ntry:\n    sys.exit(0)\nfinally:\n    print",
    "import sys\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    sys.exit(0)",
    "import sys\ntry:\n    pass\nexcept ValueError:\n    pass\nelse:\n    sys.exit(0)",
    "import sys\ntry:\n    pass\nfinally:\n    sys.exit(0)",
    "import sys\nfor i in ():\n    pass\nelse:\n    sys.exit(0)",
    "import sys\nmatch 1:\n    case 2:\n        pass\n    case _:\n        sys.exit(0)",
    MAIN + "main()",
    MAIN + "if __name__ == '__main__':\n    main()",
    "import sys\ndef outer():\n    def inner():\n        sys.exit(0)\n    inner()\nouter()",
    "import argparse\nargparse.ArgumentParser().exit()",
]


@pytest.mark.parametrize("source", ENDS)
def test_an_exit_after_which_nothing_is_left_is_an_end(source: str) -> None:
    assert is_end(source)


def test_an_exit_in_code_that_no_cell_has_is_no_end() -> None:
    with pytest.raises(SystemExit) as raised:
        exec(compile("raise SystemExit", PATH, "exec"), {})
    assert not ends_cell(raised.value, PATH, [])
