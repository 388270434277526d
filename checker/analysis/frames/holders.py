"""Values that hold other values, and the join of several values."""

from collections.abc import Iterable
from functools import reduce

from msgspec import field
from msgspec.structs import force_setattr

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Choice,
    Frame,
    Kind,
    Plain,
    Series,
    scalar_name,
    text_of,
    texts_of,
)

# Lessons do not nest containers deeper than frames by city by year, in a list.
_DEEPEST = 5
# How many possible texts of a name are kept apart: the words of a list, but not the lines of a file.
_MOST_TEXTS = 16


class Holder(Kind, frozen=True, kw_only=True):
    """Something that holds other values; `depth` counts nested containers.

    Values nested deeper than lessons need are unknown: repeating `x = [x, x]` would make comparing two such
    lists exponential.
    """

    depth: int = 1


def _settle(holder: Holder, parts: Iterable[Kind], **emptied: object) -> None:
    """Compute a new holder's depth; one that is too deep drops its parts."""
    depth = 1 + max((part.depth for part in parts if isinstance(part, Holder)), default=0)
    fields = {"depth": depth} if depth <= _DEEPEST else emptied
    for name, value in fields.items():
        force_setattr(holder, name, value)


class Mapping(Holder, frozen=True):
    """A dict: the values of known keys, and the join of all others (None: there are no others)."""

    items: dict[str, Kind] = field(default_factory=dict)
    rest: Kind | None = None

    def __post_init__(self) -> None:
        """A dict that is too deep may hold any key."""
        _settle(self, self.parts(), items={}, rest=UNKNOWN)

    def parts(self) -> list[Kind]:
        """What is known about the values, each once."""
        return [*self.items.values(), *(() if self.rest is None else (self.rest,))]

    def value(self, key: object) -> Kind:
        """The value of a key, or of any key when it is not known which."""
        if isinstance(key, str) and key in self.items:
            return self.items[key]
        return self.rest or UNKNOWN if isinstance(key, str) else item_of(self)

    def with_value(self, key: object, value: Kind) -> "Mapping":
        """The dict after an assignment."""
        if isinstance(key, str):
            return Mapping({**self.items, key: value}, self.rest)
        rest = value if self.rest is None else join(self.rest, value)
        return Mapping({name: join(kind, value) for name, kind in self.items.items()}, rest)


class Items(Holder, frozen=True):
    """Something to iterate over: a list, a set, a generator; `item` is the join of its items.

    `shown` are the single items, where the code lists them. The item of an empty list is None.
    """

    item: Kind
    shown: tuple[Kind, ...] = ()

    def __post_init__(self) -> None:
        """The items of an iterable that is too deep may be anything."""
        _settle(self, (self.item, *self.shown), item=UNKNOWN, shown=())


class Tuple(Holder, frozen=True):
    """A tuple of known length."""

    items: tuple[Kind, ...]

    def __post_init__(self) -> None:
        """The items of a tuple that is too deep may be anything."""
        _settle(self, self.items, items=(UNKNOWN,) * len(self.items))


def join(one: Kind, other: Kind) -> Kind:
    """What holds for both. None joins with anything, because code after it would not run."""
    if one is other or other in (one, NONE):
        return one
    if one == NONE:
        return other
    if isinstance(one, Frame) and isinstance(other, Frame):
        return _join_frames(one, other)
    if isinstance(one, Series) and isinstance(other, Series):
        source = one.source if one.source == other.source else None
        row_of = one.row_of if one.row_of == other.row_of else None
        dtype, index = join_dtypes(one.dtype, other.dtype), join_dtypes(one.index, other.index)
        return Series(dtype, one.sure and other.sure, source, index, row_of)
    if isinstance(one, Tuple) and isinstance(other, Tuple) and len(one.items) == len(other.items):
        return Tuple(tuple(map(join, one.items, other.items)))
    if isinstance(one, Items | Tuple) and isinstance(other, Items | Tuple):
        return Items(join(item_of(one), item_of(other)))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _join_mappings(one, other)
    if isinstance(one, Array) and isinstance(other, Array):
        sure, view = one.sure and other.sure, one.view and other.view
        origin = one.origin if one.origin == other.origin else None
        return Array(join_dtypes(one.dtype, other.dtype), sure=sure, view=view, origin=origin)
    return _join_scalars(one, other)


def _join_scalars(one: Kind, other: Kind) -> Kind:
    texts = dict.fromkeys((*texts_of(one), *texts_of(other)))
    if texts_of(one) and texts_of(other) and len(texts) <= _MOST_TEXTS:
        return Choice("str", tuple(texts))
    scalars = scalar_name(one), scalar_name(other)
    if None not in scalars:
        return Plain(scalars[0] or "") if scalars[0] == scalars[1] else Plain()
    return UNKNOWN


def join_all(kinds: list[Kind]) -> Kind:
    """What holds for all of them; `UNKNOWN` when there are none."""
    return reduce(join, kinds) if kinds else UNKNOWN


def _join_frames(one: Frame, other: Frame) -> Frame:
    names = one.columns.keys() | other.columns.keys()
    columns = {name: join_dtypes(one.column(name), other.column(name)) for name in names}
    rest = None if one.rest is None and other.rest is None else join_dtypes(one.rest or "", other.rest or "")
    source = one.source if one.source == other.source else None
    return Frame(
        columns,
        rest,
        one.sure and other.sure,
        source,
        join_dtypes(one.index, other.index),
        one.header if one.header == other.header else "",
        one.in_blocks and other.in_blocks,
    )


def _join_mappings(one: Mapping, other: Mapping) -> Mapping:
    items = {**one.items, **other.items}
    for name in one.items.keys() & other.items.keys():
        items[name] = join(one.items[name], other.items[name])
    if one.rest is None or other.rest is None:
        return Mapping(items, one.rest or other.rest)
    return Mapping(items, join(one.rest, other.rest))


def join_dtypes(one: Dtype, other: Dtype) -> Dtype:
    """The dtype that both share, or ""; "lost" if either is lost."""
    if one == other:
        return one
    if base(one) == base(other):
        return base(one)
    return "lost" if "lost" in (one, other) else ""


def item_of(kind: Kind) -> Kind:
    """The kind of the items of a collection, or of the values of a dict."""
    if isinstance(kind, Items):
        return kind.item
    if isinstance(kind, Tuple):
        return join_all(list(kind.items))
    if isinstance(kind, Mapping):
        return join_all(kind.parts())
    return UNKNOWN


def shown_items(kind: Kind | None) -> tuple[Kind, ...]:
    """The single items of a list or tuple that the code lists; empty for anything else."""
    return kind.shown if isinstance(kind, Items) else kind.items if isinstance(kind, Tuple) else ()


def one_or_several(kind: Kind) -> tuple[Kind, ...]:
    """The arguments where one or several are allowed: the items of a list or tuple, or the value itself."""
    return shown_items(kind) if isinstance(kind, Items | Tuple) else (kind,)


def shown_texts(kind: Kind | None) -> list[str]:
    """The strings in a list or tuple that the code lists."""
    return [text for text in map(text_of, shown_items(kind)) if text is not None]
