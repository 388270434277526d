"""What is known of every kind of expression, after every kind of statement."""

from pathlib import Path

import pytest

from tests.analysis.frames.revealing import expected, revealed
from tests.rules.pandas.lessons import sections

SNIPPETS = [
    pytest.param(text, id=f"{path.stem}: {title}")
    for path in sorted((Path(__file__).parent / "snippets").glob("*.md"))
    for title, text in sections(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("text", SNIPPETS)
def test_kinds(text: str) -> None:
    assert revealed(text) == expected(text)
