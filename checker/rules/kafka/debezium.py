"""What Debezium's connectors and transformations take, by version: data in `tables/`.

`debezium.jsonl` is what the releases named in its first line say of themselves, through
`scripts/connector_tables.py`; nobody asked those between them. `debezium_changes.jsonl` and
`debezium_values.jsonl` are by hand, from the documentation of each version.
"""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from checker.rules.kafka.table import Source, read_table
from checker.rules.kafka.versions import Version, numbers

EVERY = "*"


class Known(Struct, frozen=True):
    """A property of a connector, or an option of a transformation, whose class is the `owner`.

    `since` and `until` are the first releases looked at that have it, and have it no longer. `values` are
    those of a closed list, from the release on that each list begins with.
    """

    owner: str
    name: str
    type: str
    required: bool = False
    since: str = ""
    until: str = ""
    values: Mapping[str, tuple[str, ...]] = {}


class Change(Struct, frozen=True):
    """A property that was renamed, or all that begin with its name: `database.history.` to another prefix.

    `removed` is the version that no longer reads it; `connectors` are the last words of the classes that it
    was of, all when there are none. With the value `default` nothing is lost, since the new name has it.
    """

    name: str
    removed: str
    source: str
    to: str = ""
    connectors: tuple[str, ...] = ()
    words: str = ""
    default: str = ""


class _Values(Struct, frozen=True):
    owner: str
    name: str
    until: str
    values: tuple[str, ...]
    source: str


@cache
def _measured() -> tuple[Source, list[Known]]:
    """Both parts of the largest table, which is read once."""
    return read_table("debezium.jsonl", Known)


@cache
def _table() -> Mapping[str, Mapping[str, Known]]:
    found: dict[str, dict[str, Known]] = {}
    for each in _measured()[1]:
        found.setdefault(each.owner, {})[each.name] = each
    return found


def measured() -> tuple[str, ...]:
    """The releases that were asked, from the oldest to the newest."""
    return _measured()[0].versions


@cache
def owners() -> frozenset[str]:
    """The classes of connectors and transformations that the table knows."""
    return frozenset(_table())


@cache
def known_names(owner: str) -> Mapping[str, Known]:
    """The properties of a class by their names; a connector's with those of all connectors."""
    own = _table().get(owner, {})
    return {**_table()[EVERY], **own} if ".transforms." not in owner else own


@cache
def changes() -> tuple[Change, ...]:
    """What was renamed."""
    return tuple(read_table("debezium_changes.jsonl", Change)[1])


@cache
def _changed() -> tuple[str, ...]:
    return tuple(each.name for each in changes())


@cache
def _earlier_values() -> Mapping[tuple[str, str], _Values]:
    rows = read_table("debezium_values.jsonl", _Values)[1]
    return {(each.owner, each.name): each for each in rows}


def accepted(known: Known, version: Version | None) -> tuple[frozenset[str], bool]:
    """The values that a version may take, and whether that is certain; all that any version took without one.

    Between two releases that were asked, what either takes may be taken.
    """
    lists = [(_line(each), frozenset(values)) for each, values in known.values.items()]
    earlier = _earlier_values().get((known.owner, known.name))
    if earlier:
        old = frozenset(earlier.values)
        lists = [((0,), old), (_line(earlier.until), old | lists[0][1]), *lists]
    if version is None:
        return frozenset().union(*(each for _, each in lists)), True
    line = version[:2]
    begins = [each for each, _ in lists]
    at = max(bisect_right(begins, line) - 1, 0)
    taken = lists[at][1]
    if at + 1 < len(lists) and not (earlier and at <= 1) and not _is_settled(line, begins[at + 1]):
        taken |= lists[at + 1][1]
    return taken, bool(earlier) or line >= _line(measured()[0])


def _line(text: str) -> Version:
    """The two numbers of a release line: properties change between lines and not within them."""
    return (numbers(text) or ())[:2]


def _is_settled(line: Version, change: Version) -> bool:
    """Whether a release from before a change was asked at or after this one."""
    before = max((each for each in map(_line, measured()) if each < change), default=())
    return line <= before


def is_gone(known: Known, version: Version | None) -> bool | None:
    """Whether a version has a property no longer; None when nobody asked a release so near."""
    if not known.until or version is None:
        return False
    line, until = version[:2], _line(known.until)
    if line >= until:
        return True
    return False if _is_settled(line, until) else None


def change_of(name: str, connector: str, version: Version | None) -> tuple[Change, str] | None:
    """How a property was renamed, and what it is called now; None when this version still reads it."""
    if not name.startswith(_changed()):
        return None
    for each in changes():
        of_this = not each.connectors or connector.rpartition(".")[2] in each.connectors or not connector
        removed = numbers(each.removed) or ()
        if not of_this or (version is not None and version < removed):
            continue
        if name == each.name:
            return each, each.to
        if each.name.endswith(".") and name.startswith(each.name):
            return each, each.to + name.removeprefix(each.name) if each.to else ""
    return None
