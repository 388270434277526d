"""The map: a row for each module, a square for each lesson."""

from typing import Final

from msgspec import Struct

from checker.reporting.health.model import LessonHealth, ModuleHealth
from checker.reporting.health.page.language import Language
from checker.reporting.health.page.views import heat

_CELL: Final = 23
_PER_ROW: Final = 14


class Cell(Struct, frozen=True):
    """A lesson on the map."""

    anchor: str
    heat: str
    text: str
    label: str
    x: int
    y: int


class MapRow(Struct, frozen=True):
    """A module on the map."""

    anchor: str
    health: ModuleHealth
    width: int
    height: int
    cells: tuple[Cell, ...]


def map_row(module: ModuleHealth, anchor: str, anchors: dict[str, str], words: Language) -> MapRow:
    """A module with its squares in the order of its lessons, several to a line."""
    number = len(module.lessons)
    return MapRow(
        anchor=anchor,
        health=module,
        width=min(number, _PER_ROW) * _CELL,
        height=-(-number // _PER_ROW) * _CELL,
        cells=tuple(_cell(each, i, anchors[each.path], words) for i, each in enumerate(module.lessons)),
    )


def _cell(lesson: LessonHealth, index: int, anchor: str, words: Language) -> Cell:
    tally = lesson.tally
    said = [lesson.title or lesson.path]
    if tally.errors:
        said.append(words.count(tally.errors, "errors"))
    if tally.snippets:
        verified, snippets = words.number(tally.verified), words.number(tally.snippets)
        said.append(f"{verified}/{snippets} {words.say('shares.verified')}")
    return Cell(
        anchor=anchor,
        heat=heat(tally),
        text=str(tally.errors) if tally.errors else "",
        label=", ".join(said),
        x=index % _PER_ROW * _CELL + 1,
        y=index // _PER_ROW * _CELL + 1,
    )
