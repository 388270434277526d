"""What pandas removed, renamed and deprecated: the data in `changes/`, read on first use.

A new release of pandas only adds lines to those files. Each file holds one JSON object a line, in the form of
the classes below. `since` is the version in which the status began. `instead` is the replacement, as Markdown
that ends the sentence "Use …". `source` is the reference. `example` is code that is affected, with `{x}` for
an object of the class: the tests execute it, check that the rules find it, and execute the fixed code.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

_FOLDER = Path(__file__).parent / "changes"

Status = Literal["removed", "deprecated"]
# The sort of a frequency: `offset` for dates, `fixed` where only durations are allowed, `period`, and `span`
# for the units and texts of a Timedelta.
Place = Literal["offset", "fixed", "period", "span"]
_Value = str | bool | int | None


class Change(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of all rows."""

    since: str
    status: Status
    instead: str
    source: str


class _OfClass(Change, frozen=True, kw_only=True):
    """A change of a member of some classes or modules.

    `rename` is the new name, `rewrite` a function in `checker.rules.pandas.rewriting`; `unsafe` says that a
    fix may change the result. `telling` members exist only in pandas, so they identify an otherwise unknown
    object.
    """

    of: tuple[str, ...]
    name: str
    example: str = ""
    rename: str = ""
    rewrite: str = ""
    unsafe: bool = False
    telling: bool = False


class MemberChange(_OfClass, frozen=True, kw_only=True):
    """A method, attribute, function or class; a `property` is read and not called."""

    property: bool = False


class ArgumentChange(_OfClass, frozen=True, kw_only=True):
    """A keyword of a call, or only some of its `values`; `delete` when it can be left out.

    `position` is its index as a positional argument, from 0.
    """

    argument: str
    values: tuple[_Value, ...] | None = None
    delete: bool = False
    position: int | None = None


class PositionChange(Change, frozen=True, kw_only=True):
    """A call that accepts only the first `allowed` arguments by position."""

    of: tuple[str, ...]
    name: str
    allowed: int
    names: tuple[str, ...]
    instead: str = ""  # the names


class ModuleChange(Change, frozen=True, kw_only=True):
    """A module; `replace` is the one that has its members now, if any."""

    name: str
    replace: str = ""


class FrequencyChange(Change, frozen=True, kw_only=True):
    """An alias of a frequency, for some sorts; `instead` is the new alias."""

    alias: str
    places: tuple[Place, ...]


class OptionChange(Change, frozen=True, kw_only=True):
    """An option, or only some of its `values`."""

    name: str
    example: str = ""
    values: tuple[_Value, ...] | None = None


class ShapeChange(Change, frozen=True, kw_only=True):
    """A change that only the form of the code reveals; `name` is the test for it, `what` describes it."""

    name: str
    what: str
    example: str


# Which rows a rule reports.
Wanted = Callable[[Change], bool]

_Row = TypeVar("_Row", bound=Change)
_Named = TypeVar("_Named", MemberChange, PositionChange)


def is_removed(row: Change) -> bool:
    """Whether it has been removed, and is not only deprecated."""
    return row.status == "removed"


def is_deprecated(row: Change) -> bool:
    """Whether it still works, with a warning."""
    return row.status == "deprecated"


@cache
def rows(file: str, of: type[_Row]) -> tuple[_Row, ...]:
    """All rows of one file."""
    return tuple(msgspec.json.Decoder(of).decode_lines((_FOLDER / f"{file}.jsonl").read_bytes()))


def _by_name(table: Sequence[_Named]) -> Mapping[str, Mapping[str, _Named]]:
    found: dict[str, dict[str, _Named]] = defaultdict(dict)
    for row in table:
        for owner in row.of:
            found[row.name][owner] = row
    return found


@cache
def members() -> Mapping[str, Mapping[str, MemberChange]]:
    """Changed members by name, and by class or module."""
    return _by_name(rows("members", MemberChange))


@cache
def positions() -> Mapping[str, Mapping[str, PositionChange]]:
    """Calls with fewer positional arguments, by the function's name and its class or module."""
    return _by_name(rows("positions", PositionChange))


@cache
def arguments() -> Mapping[str, Sequence[ArgumentChange]]:
    """Changed arguments by the name of what is called, in the table's order: the first match counts."""
    found: dict[str, list[ArgumentChange]] = defaultdict(list)
    for row in rows("arguments", ArgumentChange):
        found[row.name].append(row)
    return found


@cache
def modules() -> Mapping[str, ModuleChange]:
    """Removed modules by name."""
    return {row.name: row for row in rows("modules", ModuleChange)}


@cache
def options() -> Mapping[str, OptionChange]:
    """Changed options by name."""
    return {row.name: row for row in rows("options", OptionChange)}


@cache
def shapes() -> Mapping[str, ShapeChange]:
    """Changes revealed by the form of the code, by the name of their test."""
    return {row.name: row for row in rows("shapes", ShapeChange)}


@cache
def frequencies(place: Place) -> Mapping[str, FrequencyChange]:
    """Changed aliases of one sort."""
    return {row.alias: row for row in rows("frequencies", FrequencyChange) if place in row.places}
