"""The kinds of values that the inference tells apart.

Every pandas kind is `sure` or not: sure when the lesson shows where the value comes from, not sure when
only its conventional name (`df`) or the way it is used speaks for it. What is not known at all is
`UNKNOWN`, and rules say nothing about it.
"""

import ast
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.frames.columns import NUMPY_DTYPES, Dtype, base, without_gaps
from checker.analysis.frames.scope import Scope

How = Literal["loc", "iloc", "at", "iat"]


class Kind(Struct, frozen=True):
    """What is known of a value."""


class Plain(Kind, frozen=True):
    """Known to be nothing of pandas; `what` is a type's name where one is known (`str`, `int`, `dict`)."""

    what: str = ""


class Written(Plain, frozen=True):
    """A text that holds data itself, as `to_json`, `to_html` and `json.dumps` give it."""

    what: str = "str"


class Value(Plain, frozen=True):
    """An object of another class of pandas, such as a Timestamp or a Styler, by the class's name."""

    of: str = ""


class Choice(Plain, frozen=True):
    """One of several texts that stand in the code: what a loop over a list of them goes through."""

    texts: tuple[str, ...] = ()


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


class Place(Struct, frozen=True):
    """An expression and the cell that it stands in."""

    node: ast.expr
    cell: Cell


class Frame(Kind, frozen=True):
    """A DataFrame.

    `columns` are the columns with a known dtype; `rest` is the dtype of all others, and None when there
    are no others. `source` is set for a slice of rows. `index` are the labels of the rows; `header` those of
    the columns, where `columns` does not tell. `in_blocks` says that columns of one dtype still lie side by
    side in memory, as they were made, so that `.values` may show them without copying. `gone` are the columns
    that a group is without, because it was grouped by them.
    """

    columns: dict[str, Dtype] = {}
    rest: Dtype | None = ""
    sure: bool = True
    source: Source | None = None
    index: Dtype = ""
    header: Dtype = ""
    in_blocks: bool = False
    gone: frozenset[str] = frozenset()

    @property
    def labels(self) -> Dtype:
        """The labels of the columns; a frame that only its name tells of is one that has names for them."""
        return "text" if self.columns else self.header or ("" if self.sure else "text-by-name")

    @property
    def shared(self) -> bool:
        """Whether all values lie in one block of memory, of which `.values` is a view."""
        dtypes = {base(each) for each in self.columns.values()}
        dtypes |= set() if self.rest is None else {base(self.rest)}
        return self.in_blocks and len(dtypes) == 1 and dtypes <= NUMPY_DTYPES

    def column(self, name: object) -> Dtype:
        """The dtype of one column; a column that was never seen is not known."""
        return self.columns.get(name, self.rest or "") if isinstance(name, str) else self.rest or ""

    def row_dtype(self) -> Dtype:
        """The dtype of one row: what its values have in common."""
        dtypes = {base(each) for each in self.columns.values()}
        if self.rest is not None or not dtypes or "" in dtypes:
            return "lost"  # nothing can be expected of it
        return dtypes.pop() if len(dtypes) == 1 else "float" if dtypes == {"int", "float"} else "object"

    def any_column(self) -> Dtype:
        """The dtype to expect of a column when it is not known which: text when there is text among them."""
        dtypes = {base(each) for each in self.columns.values()}
        dtypes |= set() if self.rest is None else {base(self.rest)}
        if "text" in dtypes or "" in dtypes or not dtypes:
            return "text" if "text" in dtypes else ""
        return dtypes.pop() if len(dtypes) == 1 else "other"

    def some_rows(self) -> "Frame":
        """Those that a condition picks: what is missing may not be among them."""
        columns = {name: without_gaps(dtype) for name, dtype in self.columns.items()}
        return replace(self, columns=columns, rest=self.rest and without_gaps(self.rest), source=None)

    def with_column(self, name: object, dtype: Dtype) -> "Frame":
        """The frame after a column was set; when it is not known which, any may have changed."""
        if not isinstance(name, str):
            return replace(self, columns={}, rest="lost" if dtype == "object" else "", in_blocks=False)
        return replace(self, columns={**self.columns, name: dtype}, in_blocks=False)


class Series(Kind, frozen=True):
    """A Series; `index` are its labels, `name` is that of the column that it is.

    `source` is set for a column or a row of a frame that has a name, `row_of` for a row of any frame.
    """

    dtype: Dtype = ""
    sure: bool = True
    source: Source | None = None
    index: Dtype = ""
    row_of: Frame | None = None
    name: str | None = None


class Index(Kind, frozen=True):
    """An Index of any class."""

    dtype: Dtype = ""
    sure: bool = True


class Groups(Kind, frozen=True):
    """A GroupBy, Resampler, Rolling or the like over `of`; `by` is the method that made it.

    `keys` are the labels of what it is reduced to. `columns` are those that were grouped by, as long as
    nothing was selected. `by_list` is true for groups by a list of one column:
    their keys are tuples. `flat` is true with `as_index=False`: what they are reduced to is a frame, the keys
    among its columns.
    """

    of: Frame | Series
    by: str = "groupby"
    keys: Dtype = ""
    columns: frozenset[str] = frozenset()
    by_list: bool = False
    flat: bool = False


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
    """A dtype that the code spells out as an object: `np.dtype("O")`, named "O", or `pd.StringDtype()`."""

    dtype: Dtype
    name: str = ""


class Element(Kind, frozen=True):
    """One value out of a column, of which more is known or supposed than its type; `column` is its name."""

    dtype: Dtype
    sure: bool = True
    column: str | None = None


class Row(Kind, frozen=True):
    """What `itertuples` gives: a named tuple with the values of one row."""

    of: Frame


class Array(Kind, frozen=True):
    """A NumPy array, or (`extension`) what `.values` and `.unique()` of a column give.

    `view` says that it may show the values of a frame, series or index without copying them: pandas 3 makes
    such arrays read-only. `origin` is the expression that took it from there.
    """

    dtype: Dtype = ""
    extension: bool = False
    sure: bool = True
    view: bool = False
    origin: Place | None = None


class Method(Kind, frozen=True):
    """A bound method of a kind that is known."""

    of: Kind
    name: str


class Function(Kind, frozen=True):
    """A function or lambda that the lesson defines, in a statement of a cell.

    `first` is what a method is called with in front of its arguments.
    """

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    statement: ast.stmt
    cell: Cell
    scope: Scope["Kind"]
    first: Kind | None = None

    def decorated(self, word: str) -> bool:
        """Whether one of its decorators is a plain name, such as `property`."""
        found = [] if isinstance(self.node, ast.Lambda) else self.node.decorator_list
        return any(isinstance(each, ast.Name) and each.id == word for each in found)

    def bound(self, to: "Class") -> "Function":
        """The function as a method of a class: it is called with an object, the class, or neither."""
        if self.decorated("staticmethod"):
            return self
        return replace(self, first=to if self.decorated("classmethod") else Instance(to))


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


def scalar_name(kind: Kind) -> str | None:
    """The type's name of a kind that is not of pandas; None for everything else."""
    if isinstance(kind, Constant):
        return type(kind.value).__name__
    if isinstance(kind, Element):
        return {"text-or-none": "str", "epoch": "int"}.get(kind.dtype)
    return kind.what if isinstance(kind, Plain) else None


def texts_of(kind: Kind) -> tuple[str, ...]:
    """The strings that a literal, or one of several, may be; none for everything else."""
    if isinstance(kind, Choice):
        return kind.texts
    text = text_of(kind)
    return () if text is None else (text,)


def text_of(kind: Kind | None) -> str | None:
    """The string that a literal is; None for everything else."""
    return kind.value if isinstance(kind, Constant) and isinstance(kind.value, str) else None
