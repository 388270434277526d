"""Lists, dicts and other containers: iteration, and the results and side effects of their methods."""

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.dtypes import scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, join, join_all
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Dtypes,
    DtypeValue,
    Foreign,
    Frame,
    Groups,
    Index,
    Kind,
    Plain,
    Series,
    scalar_name,
    text_of,
)
from checker.analysis.frames.tables import words

_ADDING = {"append": 0, "add": 0, "appendleft": 0, "insert": 1}
_EXTENDING = words("extend update extendleft")


def iterated(kind: Kind) -> Kind:
    """The kind of the items in a loop over a value."""
    match kind:
        case Items() | Tuple():
            return item_of(kind)
        case Mapping() | Frame():
            return Plain("str")
        case Series():
            return scalar_of(kind.dtype, kind.name, sure=kind.sure)
        case Index() | Array():
            return scalar_of(kind.dtype, sure=kind.sure)
        case Groups(of=part):
            return Tuple((UNKNOWN, part))
        case Dtypes(of=frame):
            return DtypeValue(frame.any_column(), frame.sure)
        case Foreign():
            return kind
    return Plain("str") if scalar_name(kind) == "str" else UNKNOWN


def list_of(items: list[Kind]) -> Items:
    """A list, set or tuple display with these items."""
    return Items(join_all(items) if items else NONE, tuple(items))


def dict_of(pairs: Kind) -> Mapping:
    """`dict(pairs)`, or the dict of a comprehension."""
    if isinstance(pairs, Mapping):
        return pairs
    if isinstance(pairs, Dtypes):
        return Mapping({}, iterated(pairs))
    pair = iterated(pairs)
    value = pair.items[1] if isinstance(pair, Tuple) and len(pair.items) == 2 else UNKNOWN
    return Mapping({}, value)


def method_of_container(of: Kind, method: str, arguments: Arguments) -> tuple[Kind, Kind]:
    """The result of a method of a dict, list or set, and the kind of the object afterwards."""
    if isinstance(of, Mapping):
        return _method_of_mapping(of, method, arguments)
    return _method_of_items(of, method, arguments) if isinstance(of, Items) else (UNKNOWN, of)


def _method_of_mapping(of: Mapping, method: str, arguments: Arguments) -> tuple[Kind, Mapping]:
    name = text_of(arguments.get("key", 0))
    match method:
        case "items":
            return Items(Tuple((Plain("str"), item_of(of)))), of
        case "values":
            return Items(item_of(of)), of
        case "keys":
            return Items(Plain("str")), of
        case "get" | "pop":
            return of.value(name), of
        case "copy":
            return of, of
        case "setdefault":
            default, known = arguments.known("default", 1), of.items.get(name or "", of.rest)
            value = default if known is None else join(known, default)
            return value, of.with_value(name, value)
        case "update":
            return NONE, _updated(of, arguments)
    return UNKNOWN, of


def _updated(of: Mapping, arguments: Arguments) -> Mapping:
    more = arguments.get("", 0)
    if more is not None and not isinstance(more, Mapping):
        return Mapping({}, UNKNOWN)
    items = {**of.items, **(more.items if more else {}), **arguments.named}
    return Mapping(items, (more.rest if more else None) or of.rest)


def _method_of_items(of: Items, method: str, arguments: Arguments) -> tuple[Kind, Items]:
    if method in _ADDING:
        return NONE, Items(join(of.item, arguments.known("", _ADDING[method])))
    if method in _EXTENDING:
        return NONE, Items(join(of.item, iterated(arguments.known("", 0))))
    if method in ("pop", "popleft"):
        return of.item, of
    if method in ("copy", "union", "intersection", "difference"):
        return of, of
    return Plain(), of
