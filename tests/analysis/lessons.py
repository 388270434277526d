"""Lessons as text, made into what the tests look at."""

from checker.analysis.cell import Cell
from checker.analysis.excerpts import Verdict
from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.names import CellNames
from checker.reading.lesson import parse_lesson


def analysis(text: str) -> LessonAnalysis:
    return analyze(parse_lesson("lesson.mdx", text))


def fenced(*codes: str) -> str:
    """A lesson of Python blocks with nothing between them but a plain sentence."""
    return "\n".join(f"Next.\n\n```python\n{code}\n```\n" for code in codes)


def of_blocks(*codes: str) -> LessonAnalysis:
    return analysis(fenced(*codes))


def cell(code: str) -> Cell:
    return of_blocks(code).cells[0]


def names(*codes: str) -> list[CellNames]:
    """The names of each block of a lesson."""
    understood = of_blocks(*codes)
    return [understood.names[index] for index in range(len(codes))]


def missing(*codes: str) -> list[tuple[int, str, str]]:
    """Block, name and cause of everything that the blocks of a lesson miss."""
    return [
        (index, each.name, each.cause) for index, found in enumerate(names(*codes)) for each in found.missing
    ]


def verdict(*codes: str) -> Verdict:
    """What the last block of a lesson is."""
    return of_blocks(*codes).verdicts[len(codes) - 1]
