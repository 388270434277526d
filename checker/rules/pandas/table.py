"""What pandas removed, renamed and deprecated: the data in `changes/`, read when it is first asked for.

A new release of pandas is new lines in those files and nothing else. Each file holds one JSON object a line;
the classes below are their form. `since` is the version in which the status began, `instead` is what to
write, as Markdown that ends the sentence "Use …", `source` is where that is said. `example` is code that runs
into the change, with `{x}` for an object of the class; the tests execute it, let the rules find it, and
execute what the fix makes of it.
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
# Where a frequency is asked for: `offset` for dates, `fixed` where only lengths of time will do, `period`,
# and `span` for the units and texts of a Timedelta.
Place = Literal["offset", "fixed", "period", "span"]
_Value = str | bool | int | None


class Change(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all rows say."""

    since: str
    status: Status
    instead: str
    source: str


class _OfClass(Change, frozen=True, kw_only=True):
    """A change of a member of some classes or modules.

    `rename` is the new name, `rewrite` names a function of `checker.rules.pandas.rewriting`; `unsafe` says
    that a fix may change the result. `telling` members are of pandas alone, so that they speak for an object
    of which nothing else is known.
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

    `position` is where it may also stand without its name, from 0.
    """

    argument: str
    values: tuple[_Value, ...] | None = None
    delete: bool = False
    position: int | None = None


class PositionChange(Change, frozen=True, kw_only=True):
    """A call of whose arguments only the first `allowed` may stand without their names."""

    of: tuple[str, ...]
    name: str
    allowed: int
    names: tuple[str, ...]
    instead: str = ""  # the names


class ModuleChange(Change, frozen=True, kw_only=True):
    """A module; `replace` is the one that has its members now, if any has."""

    name: str
    replace: str = ""


class FrequencyChange(Change, frozen=True, kw_only=True):
    """An alias of a frequency, in some places; `instead` is the new alias."""

    alias: str
    places: tuple[Place, ...]


class OptionChange(Change, frozen=True, kw_only=True):
    """An option, or only some of its `values`."""

    name: str
    example: str = ""
    values: tuple[_Value, ...] | None = None


class ShapeChange(Change, frozen=True, kw_only=True):
    """What only the form of the code shows; `name` is the test that finds it, `what` says what it is."""

    name: str
    what: str
    example: str


# Which rows a rule reports.
Wanted = Callable[[Change], bool]

_Row = TypeVar("_Row", bound=Change)
_Named = TypeVar("_Named", MemberChange, PositionChange)


def is_removed(row: Change) -> bool:
    """Whether it is gone, and not only going."""
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
    """Changed members by their name, and by the class or module that they belong to."""
    return _by_name(rows("members", MemberChange))


@cache
def positions() -> Mapping[str, Mapping[str, PositionChange]]:
    """Calls that want names, by the function's name and its class or module."""
    return _by_name(rows("positions", PositionChange))


@cache
def arguments() -> Mapping[str, Sequence[ArgumentChange]]:
    """Changed arguments by the name of what is called, in the table's order: the first that fits counts."""
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
    """What the form of the code shows, by the name of its test."""
    return {row.name: row for row in rows("shapes", ShapeChange)}


@cache
def frequencies(place: Place) -> Mapping[str, FrequencyChange]:
    """Changed aliases of one place."""
    return {row.alias: row for row in rows("frequencies", FrequencyChange) if place in row.places}
