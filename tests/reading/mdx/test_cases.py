"""Small lessons and what the reader finds in them: see cases/, one file a concern.

A case is three parts, each ended by a line with a dot: title, text, what `rendering` says. The official
parser has the same blocks in every text that it does not refuse, and refuses the same texts; where a text
never ends, it says so at the end, and we say it at the beginning.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from checker.reading.markdown import parse_document
from tests.reading.mdx.invariants import check_document
from tests.reading.mdx.rendering import render

FOLDER = Path(__file__).parent / "cases"
# What cannot be seen in a text file, or would not survive an editor.
INVISIBLE = str.maketrans({"→": "\t", "·": " ", "␍": "\r", "␀": "\0"})


class Case(NamedTuple):
    name: str
    syntax: Literal["mdx", "md"]
    text: str
    expected: str


def cases_in(syntax: Literal["mdx", "md"]) -> Iterator[Case]:
    for path in sorted((FOLDER / syntax).glob("*.txt")):
        parts = path.read_text(encoding="utf-8").translate(INVISIBLE).split("\n.\n")
        for title, text, expected in zip(parts[0:-1:3], parts[1::3], parts[2::3], strict=True):
            yield Case(f"{path.stem}: {title.strip()}", syntax, f"{text}\n", expected)


CASES = [*cases_in("mdx"), *cases_in("md")]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_document_has_these_parts(case: Case) -> None:
    document = parse_document(case.text, syntax=case.syntax)
    prose = case.name.startswith("prose:")
    assert render(case.text, document, prose=prose) == case.expected.strip("\n")
    check_document(case.text, document)
