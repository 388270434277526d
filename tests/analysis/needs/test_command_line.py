"""Scripts that want arguments need somebody to call them; those that can do without run."""

import pytest

from checker.model import Need
from tests.analysis.lessons import of_blocks

ARGPARSE = "import argparse\np = argparse.ArgumentParser()\n"
CLICK = "import click\n@click.command()\n"
SYS = "import sys\n"

SILENT = [
    SYS + "print(sys.argv, sys.argv[0], sys.argv[-1], sys.argv[1:])",
    SYS + "if len(sys.argv) > 1:\n    a = sys.argv[1]",
    SYS + "try:\n    a = sys.argv[1]\nexcept IndexError:\n    a = 1",
    SYS + "try:\n    _, a = sys.argv\nexcept ValueError:\n    a = 1",
    SYS + "def f():\n    return sys.argv[1]",
    SYS + "a, b = sys.version_info[:2]\na = sys.path[1]",
    "values[1]",
    ARGPARSE + "p.add_argument('--n', default=1)\np.add_argument('a', nargs='?')\nargs = p.parse_args()",
    ARGPARSE + "p.add_argument(*names)\nargs = p.parse_args()",
    ARGPARSE + "p.add_argument('a')\nargs = p.parse_args(['x'])",
    ARGPARSE + "p.add_argument('a')\ntry:\n    args = p.parse_args()\nexcept SystemExit:\n    pass",
    ARGPARSE + "p.add_argument('a')\ndef main():\n    return p.parse_args()",
    "other.add_argument('a')\nother.parse_args()",
    CLICK + "@click.option('--n', default=1)\ndef main(n):\n    pass\nmain()",
    CLICK + "@click.argument('a', default='b')\ndef main(a):\n    pass\nmain()",
    CLICK + "@click.argument('a', required=False)\ndef main(a):\n    pass\nmain()",
    CLICK + "@click.argument('a')\ndef main(a):\n    pass\nmain(['b'])",
    CLICK + "@other\ndef main():\n    pass\nmain()",
    "def setup():\n    pass\nsetup()",
]
WANTING = [
    SYS + "a = sys.argv[1]",
    "from sys import argv\na = argv[2]",
    SYS + "script, a = sys.argv",
    SYS + "def main():\n    print(sys.argv[1])\nif __name__ == '__main__':\n    main()",
    ARGPARSE + "p.add_argument('a')\nargs = p.parse_args()",
    ARGPARSE + "p.add_argument('a', nargs=2)\nargs = p.parse_args()",
    ARGPARSE + "p.add_argument('--a', required=True)\nargs = p.parse_args()",
    CLICK + "@click.argument('a')\ndef main(a):\n    pass\nmain()",
    CLICK + "@click.option('--a', required=True)\ndef main(a):\n    pass\nmain()",
    "import click\n@click.group()\ndef main():\n    pass\nmain()",
    "import click\n@click.group\ndef main():\n    pass\nmain()",
    "import typer\ntyper.run(main)",
    "import typer\napp = typer.Typer()\napp()",
    "from setuptools import find_packages, setup\nsetup(name='a', packages=find_packages())",
]


def needs(code: str) -> set[Need]:
    return {want.need for want in of_blocks(code).needs[0].wants if want.need.kind == "input"}


@pytest.mark.parametrize("code", SILENT)
def test_it_can_do_without(code: str) -> None:
    assert needs(code) == set()


@pytest.mark.parametrize("code", WANTING)
def test_it_wants_arguments(code: str) -> None:
    assert needs(code) == {Need("input", "sys.argv")}


def test_a_parser_of_an_earlier_block() -> None:
    found = of_blocks(ARGPARSE + "p.add_argument('a')", "args = p.parse_args()")
    assert [want.words for want in found.needs[1].wants] == ["arguments on its command line"]
