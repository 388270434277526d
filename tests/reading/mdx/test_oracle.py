"""The official parser's blocks of real courses, where they lie beside the checkout."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.model import Lesson
from checker.reading.decoding import line_starts
from checker.reading.markdown import parse_document

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
ANSWERS = sorted((CORPUS / "oracle").glob("*.jsonl"))
# So many files of each course are enough to notice; all of them take long.
SAMPLE = 15

pytestmark = pytest.mark.skipif(not ANSWERS, reason="no official parser's answers lie beside the checkout")


def sample() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in ANSWERS:
        answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for answer in answers[:: max(len(answers) // SAMPLE, 1)]:
            yield CORPUS / path.stem / answer["path"], answer


@pytest.mark.parametrize(("path", "answer"), [pytest.param(*each, id=each[1]["path"]) for each in sample()])
def test_blocks_are_those_of_the_official_parser(path: Path, answer: dict[str, Any]) -> None:
    text = path.read_bytes().decode().removeprefix("\ufeff")
    document = parse_document(text, syntax="md" if path.suffix == ".md" else "mdx")
    assert (document.refusal is None) == answer["ok"]
    if answer["ok"]:
        lesson = Lesson(path.name, text, line_starts(text), None, (), (), (), ())
        found = []
        for fence in document.fences:
            span = lesson.span(fence.start, fence.end)
            found.append((fence.lang, fence.meta, fence.code, span.line, span.end_line, list(fence.parents)))
        assert found == [expected(block) for block in answer["blocks"]]


def expected(block: dict[str, Any]) -> tuple[Any, ...]:
    code = block["value"].replace("\r\n", "\n").replace("\r", "\n")
    return (
        block["lang"] or None,
        block["meta"] or None,
        code,
        block["start_line"],
        block["end_line"],
        block["parents"],
    )
