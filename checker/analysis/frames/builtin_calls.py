"""Evaluates calls of Python's built-in functions."""

from collections.abc import Callable

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.containers import dict_of, iterated
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.kinds import NONE, UNKNOWN, DtypeValue, Kind, Plain, scalar_name
from checker.analysis.frames.tables import words


def built_in(function: str, arguments: Arguments) -> Kind:
    """The result of `function(...)`, by the function's name."""
    if function in _TYPES:
        first = _first(arguments)
        return first if dtype_of(first) == "epoch" else Plain(function)
    maker = _MAKERS.get(function)
    return maker(arguments) if maker else Plain()


def _first(arguments: Arguments) -> Kind:
    return arguments.positional[0] if arguments.positional else UNKNOWN


def _collection(arguments: Arguments) -> Kind:
    if not arguments.positional:
        return Items(NONE)
    first = arguments.positional[0]
    return first if isinstance(first, Items) else Items(iterated(first))


def _mapping(arguments: Arguments) -> Kind:
    pairs = dict_of(arguments.positional[0]) if arguments.positional else Mapping()
    rest = UNKNOWN if arguments.open else pairs.rest
    return Mapping({**pairs.items, **arguments.named}, rest)


def _text(arguments: Arguments) -> Kind:
    first = _first(arguments)
    return first if isinstance(first, DtypeValue) else Plain("str")


def _zipped(arguments: Arguments) -> Kind:
    return Items(UNKNOWN if arguments.open else Tuple(tuple(map(iterated, arguments.positional))))


def _extreme(arguments: Arguments) -> Kind:
    first = _first(arguments)
    return Plain() if len(arguments.positional) > 1 or scalar_name(iterated(first)) else UNKNOWN


_TYPES = words("int float bool bytes complex")
_MAKERS: dict[str, Callable[[Arguments], Kind]] = {
    "list": _collection,
    "set": _collection,
    "frozenset": _collection,
    "tuple": _collection,
    "sorted": _collection,
    "reversed": _collection,
    "iter": _collection,
    "dict": _mapping,
    "str": _text,
    "zip": _zipped,
    "len": lambda _: Plain("int"),
    "range": lambda _: Items(Plain("int")),
    "enumerate": lambda arguments: Items(Tuple((Plain("int"), iterated(_first(arguments))))),
    "filter": lambda arguments: Items(iterated(arguments.known("", 1))),
    "next": lambda arguments: iterated(_first(arguments)),
    "max": _extreme,
    "min": _extreme,
    "sum": _extreme,
    "eval": lambda _: UNKNOWN,
    "getattr": lambda _: UNKNOWN,
    "super": lambda _: UNKNOWN,
    "globals": lambda _: UNKNOWN,
    "locals": lambda _: UNKNOWN,
    "vars": lambda _: UNKNOWN,
    "map": lambda _: Items(UNKNOWN),
    "object": lambda _: UNKNOWN,
    "__import__": lambda _: UNKNOWN,
}
