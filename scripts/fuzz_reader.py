"""Fuzz the reader with inputs that Atheris grows by their coverage: no crash, no hang, no lost fence.

    pip install -e '.[dev,fuzz]' -c constraints.txt
    python scripts/fuzz_reader.py FOLDER -max_len=2000 -timeout=5 -max_total_time=600

FOLDER holds lessons to begin with, and takes those that reach new lines of ours. The first byte of an input
chooses MDX or Markdown. What is asserted is what the tests assert of every document, that each block of the
document becomes one of the lesson, and that its own code is an edit of nothing. An input that fails, or takes
longer than the timeout, is written beside.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["checker.reading"]):
    from checker.reading.code_edits import replace_code
    from checker.reading.lesson import parse_lesson
    from checker.reading.markdown import parse_document

from tests.reading.mdx.invariants import check_document


def read(data: bytes) -> None:
    """Read one input as a lesson."""
    text = data[1:].decode("utf-8", "replace").removeprefix("\ufeff")
    syntax = "md" if data[:1] == b"m" else "mdx"
    document = parse_document(text, syntax=syntax)
    check_document(text, document)
    lesson = parse_lesson(f"lesson.{syntax}", text)
    assert len(lesson.blocks) == len(document.fences)
    for block in lesson.blocks:
        edit = replace_code(lesson, block, block.code)
        assert (edit.text, edit.span.start) == ("", edit.span.end)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
