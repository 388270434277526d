"""The kinds of values that the inference tells apart, and what two of them have in common.

Every pandas kind is `sure` or not: sure when the lesson shows where the value comes from, not sure when
only its conventional name (`df`) or the way it is used speaks for it. What is not known at all is
`UNKNOWN`, and rules say nothing about it.
"""

import ast
from functools import reduce
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.frames.scope import Scope

# The dtype of a column, as far as rules care. "" is not known; "text" is the `str` dtype that pandas 3
# infers, "string" the nullable one that authors have to ask for; "other" is known and none of the rest;
# "lost" may have been made `object` by the lesson itself, so that nothing can be expected of it.
Dtype = Literal[
    "",
    "text",
    "object",
    "string",
    "int",
    "float",
    "bool",
    "datetime",
    "timedelta",
    "category",
    "other",
    "lost",
]
How = Literal["loc", "iloc", "at", "iat"]


class Kind(Struct, frozen=True):
    """What is known of a value."""


class Plain(Kind, frozen=True):
    """Known to be nothing of pandas; `what` is a type's name where one is known (`str`, `int`, `dict`)."""

    what: str = ""


class Constant(Kind, frozen=True):
    """A literal."""

    value: object


class Foreign(Kind, frozen=True):
    """Whatever belongs to another library that has frames, such as polars or pyspark."""

    library: str


class Module(Kind, frozen=True):
    """An imported module, by its own name."""

    name: str


class Member(Kind, frozen=True):
    """A function or class of a module or of the builtins, by its dotted name (`pandas.read_csv`)."""

    name: str


class Source(Struct, frozen=True):
    """Which name's data a view shows, and which column of it (None: rows, or a column that is not known)."""

    name: str
    column: str | None


class Frame(Kind, frozen=True):
    """A DataFrame.

    `columns` are the columns with a known dtype; `rest` is the dtype of all others, and None when there
    are no others. `source` is set for a slice of rows.
    """

    columns: dict[str, Dtype] = {}
    rest: Dtype | None = ""
    sure: bool = True
    source: Source | None = None

    def column(self, name: object) -> Dtype:
        """The dtype of one column; a column that was never seen is not known."""
        return self.columns.get(name, self.rest or "") if isinstance(name, str) else self.rest or ""

    def any_column(self) -> Dtype:
        """The dtype to expect of a column when it is not known which: text when there is text among them."""
        dtypes = {*self.columns.values(), *(() if self.rest is None else (self.rest,))}
        if "text" in dtypes or "" in dtypes or not dtypes:
            return "text" if "text" in dtypes else ""
        return dtypes.pop() if len(dtypes) == 1 else "other"

    def with_column(self, name: object, dtype: Dtype) -> "Frame":
        """The frame after a column was set; when it is not known which, any may have changed."""
        if not isinstance(name, str):
            return replace(self, columns={}, rest="lost" if dtype == "object" else "")
        return replace(self, columns={**self.columns, name: dtype})


class Series(Kind, frozen=True):
    """A Series; `source` is set for a column or a row of a frame that has a name."""

    dtype: Dtype = ""
    sure: bool = True
    source: Source | None = None


class Index(Kind, frozen=True):
    """An Index of any class."""

    dtype: Dtype = ""
    sure: bool = True


class Groups(Kind, frozen=True):
    """A GroupBy, Resampler or Rolling over `of`."""

    of: Frame | Series


class Indexer(Kind, frozen=True):
    """What `.loc`, `.iloc`, `.at` and `.iat` give."""

    of: Frame | Series
    how: How


class Accessor(Kind, frozen=True):
    """What `.str`, `.dt` and `.cat` give."""

    of: Series | Index
    name: str


class Dtypes(Kind, frozen=True):
    """`df.dtypes`: a Series of dtypes, or of their names."""

    of: Frame


class DtypeValue(Kind, frozen=True):
    """The dtype of something of pandas, its name (`str(s.dtype)`), or its scalar type (`s.dtype.type`)."""

    dtype: Dtype
    sure: bool


class DtypeName(Kind, frozen=True):
    """A dtype that the code spells out as an object: `np.dtype("O")`, `pd.StringDtype()`."""

    dtype: Dtype


class Array(Kind, frozen=True):
    """A NumPy array, or (`extension`) what `.values` and `.unique()` of a column give."""

    dtype: Dtype = ""
    extension: bool = False
    sure: bool = True


class Mapping(Kind, frozen=True):
    """A dict: the values under known keys, and what the others have in common (None: there are no others)."""

    items: dict[str, Kind] = {}
    rest: Kind | None = None

    def value(self, key: object) -> Kind:
        """What stands under a key, or under any when it is not known which."""
        if isinstance(key, str) and key in self.items:
            return self.items[key]
        return self.rest or UNKNOWN if isinstance(key, str) else item_of(self)

    def with_value(self, key: object, value: Kind) -> "Mapping":
        """The dict after an assignment."""
        if isinstance(key, str):
            return Mapping({**self.items, key: value}, self.rest)
        rest = value if self.rest is None else join(self.rest, value)
        return Mapping({name: join(kind, value) for name, kind in self.items.items()}, rest)


class Items(Kind, frozen=True):
    """Something to iterate over: a list, a set, a generator; `item` is what its items have in common.

    `shown` are the single items, where they stand in the code. The item of an empty list is None.
    """

    item: Kind
    shown: tuple[Kind, ...] = ()


class Tuple(Kind, frozen=True):
    """A tuple of known length."""

    items: tuple[Kind, ...]


class Method(Kind, frozen=True):
    """A bound method of a kind that is known."""

    of: Kind
    name: str


class Function(Kind, frozen=True):
    """A function or lambda that the lesson defines; `owner` is the class of a method."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    cell: Cell
    scope: Scope["Kind"]
    owner: "Class | None" = None

    def decorated(self, word: str) -> bool:
        """Whether one of its decorators is a plain name, such as `property`."""
        found = [] if isinstance(self.node, ast.Lambda) else self.node.decorator_list
        return any(isinstance(each, ast.Name) and each.id == word for each in found)


class Class(Kind, frozen=True):
    """A class that the lesson defines; `attributes` are those of its instances, all of them together."""

    node: ast.ClassDef
    members: Scope["Kind"]
    attributes: Scope["Kind"]


class Instance(Kind, frozen=True):
    """An object of a class that the lesson defines."""

    of: Class


UNKNOWN = Kind()
NONE = Constant(None)
Pandas = Frame | Series | Index | Groups | Indexer | Accessor | Dtypes
PANDAS = (Frame, Series, Index, Groups, Indexer, Accessor, Dtypes)


def join(one: Kind, other: Kind) -> Kind:
    """What holds for both. None joins with anything: where it stands, the code after it would not run."""
    if one is other or other in (one, NONE):
        return one
    if one == NONE:
        return other
    if isinstance(one, Frame) and isinstance(other, Frame):
        return _join_frames(one, other)
    if isinstance(one, Series) and isinstance(other, Series):
        source = one.source if one.source == other.source else None
        return Series(join_dtypes(one.dtype, other.dtype), one.sure and other.sure, source)
    if isinstance(one, Tuple) and isinstance(other, Tuple) and len(one.items) == len(other.items):
        return Tuple(tuple(map(join, one.items, other.items)))
    if isinstance(one, Items | Tuple) and isinstance(other, Items | Tuple):
        return Items(join(item_of(one), item_of(other)))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _join_mappings(one, other)
    if isinstance(one, Array) and isinstance(other, Array):
        return Array(join_dtypes(one.dtype, other.dtype))
    scalars = scalar_name(one), scalar_name(other)
    if None not in scalars:
        return Plain(scalars[0] or "") if scalars[0] == scalars[1] else Plain()
    return UNKNOWN


def join_all(kinds: list[Kind]) -> Kind:
    """What holds for all of them; nothing is known of none."""
    return reduce(join, kinds) if kinds else UNKNOWN


def _join_frames(one: Frame, other: Frame) -> Frame:
    names = one.columns.keys() | other.columns.keys()
    columns = {name: join_dtypes(one.column(name), other.column(name)) for name in names}
    rest = None if one.rest is None and other.rest is None else join_dtypes(one.rest or "", other.rest or "")
    source = one.source if one.source == other.source else None
    return Frame(columns, rest, one.sure and other.sure, source)


def _join_mappings(one: Mapping, other: Mapping) -> Mapping:
    items = {**one.items, **other.items}
    for name in one.items.keys() & other.items.keys():
        items[name] = join(one.items[name], other.items[name])
    if one.rest is None or other.rest is None:
        return Mapping(items, one.rest or other.rest)
    return Mapping(items, join(one.rest, other.rest))


def join_dtypes(one: Dtype, other: Dtype) -> Dtype:
    """The dtype that both are, or not known; what one of them lost is lost."""
    if one == other:
        return one
    return "lost" if "lost" in (one, other) else ""


def scalar_name(kind: Kind) -> str | None:
    """The type's name of a kind that is not of pandas; None for everything else."""
    if isinstance(kind, Constant):
        return type(kind.value).__name__
    return kind.what if isinstance(kind, Plain) else None


def text_of(kind: Kind | None) -> str | None:
    """The string that a literal is; None for everything else."""
    return kind.value if isinstance(kind, Constant) and isinstance(kind.value, str) else None


def item_of(kind: Kind) -> Kind:
    """What iterating over a collection, or taking a value of a dict, gives."""
    if isinstance(kind, Items):
        return kind.item
    if isinstance(kind, Tuple):
        return join_all(list(kind.items))
    if isinstance(kind, Mapping):
        return join_all([*kind.items.values(), *(() if kind.rest is None else (kind.rest,))])
    return UNKNOWN
