"""The kinds of values that the inference distinguishes.

Every pandas kind is `sure` or not: sure when the lesson shows where the value comes from, not sure when only
its conventional name (`df`) or its use suggests it. What is not known at all is `UNKNOWN`, and rules report
nothing about it.
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
    """What is known about a value."""


class Plain(Kind, frozen=True):
    """Known not to be of pandas; `what` is the type's name where it is known (`str`, `int`, `dict`)."""

    what: str = ""


class Written(Plain, frozen=True):
    """A text of serialised data, as `to_json`, `to_html` and `json.dumps` return it."""

    what: str = "str"


class Value(Plain, frozen=True):
    """An object of another pandas class, such as a Timestamp or a Styler, by the class's name."""

    of: str = ""


class Choice(Plain, frozen=True):
    """One of several texts in the code, such as the items of a list that a loop goes through."""

    texts: tuple[str, ...] = ()


class Constant(Kind, frozen=True):
    """A literal."""

    value: object


class Foreign(Kind, frozen=True):
    """An object of another library with frames, such as polars or pyspark."""

    library: str


class Module(Kind, frozen=True):
    """An imported module, by its own name."""

    name: str


class Member(Kind, frozen=True):
    """A function or class of a module or of the builtins, by its dotted name (`pandas.read_csv`)."""

    name: str


class Source(Struct, frozen=True):
    """The name whose data a view shows, and the column of it (None: rows, or an unknown column)."""

    name: str
    column: str | None


class Place(Struct, frozen=True):
    """An expression and its cell."""

    node: ast.expr
    cell: Cell


class Frame(Kind, frozen=True):
    """A DataFrame.

    `columns` are the columns with a known dtype; `rest` is the dtype of all others, or None when there are no
    others. `source` is set for a slice of rows. `index` is the dtype of the row labels; `header` that of the
    column labels, unless `columns` tells it. `in_blocks` says that columns of one dtype are still stored
    together in memory, as created, so that `.values` may show them without copying. `gone` are columns that a
    group lacks because it was grouped by them.
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
        """The dtype of the column labels; text for a frame that only its name reveals."""
        return "text" if self.columns else self.header or ("" if self.sure else "text-by-name")

    @property
    def shared(self) -> bool:
        """Whether all values are in one block of memory, of which `.values` is a view."""
        dtypes = {base(each) for each in self.columns.values()}
        dtypes |= set() if self.rest is None else {base(self.rest)}
        return self.in_blocks and len(dtypes) == 1 and dtypes <= NUMPY_DTYPES

    def column(self, name: object) -> Dtype:
        """The dtype of one column; "" for a column that was never seen."""
        return self.columns.get(name, self.rest or "") if isinstance(name, str) else self.rest or ""

    def row_dtype(self) -> Dtype:
        """The dtype of one row: the join of its values."""
        dtypes = {base(each) for each in self.columns.values()}
        if self.rest is not None or not dtypes or "" in dtypes:
            return "lost"  # nothing can be expected of it
        return dtypes.pop() if len(dtypes) == 1 else "float" if dtypes == {"int", "float"} else "object"

    def any_column(self) -> Dtype:
        """The dtype of an unknown column: text when any column is text."""
        dtypes = {base(each) for each in self.columns.values()}
        dtypes |= set() if self.rest is None else {base(self.rest)}
        if "text" in dtypes or "" in dtypes or not dtypes:
            return "text" if "text" in dtypes else ""
        return dtypes.pop() if len(dtypes) == 1 else "other"

    def some_rows(self) -> "Frame":
        """The rows that a condition selects, which may leave out the missing values."""
        columns = {name: without_gaps(dtype) for name, dtype in self.columns.items()}
        return replace(self, columns=columns, rest=self.rest and without_gaps(self.rest), source=None)

    def with_column(self, name: object, dtype: Dtype) -> "Frame":
        """The frame after a column was set; when it is not known which, any may have changed."""
        if not isinstance(name, str):
            return replace(self, columns={}, rest="lost" if dtype == "object" else "", in_blocks=False)
        return replace(self, columns={**self.columns, name: dtype}, in_blocks=False)


class Series(Kind, frozen=True):
    """A Series; `index` is the dtype of its labels, `name` the name of its column.

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

    `keys` is the dtype of the labels after a reduction. `columns` are those that were grouped by, as long as
    nothing was selected. `by_list` is true for groups by a list of one column, whose keys are tuples. `flat`
    is true with `as_index=False`: a reduction returns a frame with the keys among its columns.
    """

    of: Frame | Series
    by: str = "groupby"
    keys: Dtype = ""
    columns: frozenset[str] = frozenset()
    by_list: bool = False
    flat: bool = False


class Indexer(Kind, frozen=True):
    """The result of `.loc`, `.iloc`, `.at` and `.iat`."""

    of: Frame | Series
    how: How


class Accessor(Kind, frozen=True):
    """The result of `.str`, `.dt` and `.cat`."""

    of: Series | Index
    name: str


class Dtypes(Kind, frozen=True):
    """`df.dtypes`: a Series of dtypes, or of their names."""

    of: Frame


class DtypeValue(Kind, frozen=True):
    """The dtype of a pandas object, its name (`str(s.dtype)`), or its scalar type (`s.dtype.type`)."""

    dtype: Dtype
    sure: bool


class DtypeName(Kind, frozen=True):
    """A dtype that the code creates: `np.dtype("O")`, named "O", or `pd.StringDtype()`."""

    dtype: Dtype
    name: str = ""


class Element(Kind, frozen=True):
    """One value of a column, about which more is known or guessed than its type; `column` is its name."""

    dtype: Dtype
    sure: bool = True
    column: str | None = None


class Row(Kind, frozen=True):
    """An item of `itertuples`: a named tuple with the values of one row."""

    of: Frame


class Array(Kind, frozen=True):
    """A NumPy array, or (`extension`) the result of `.values` and `.unique()` of a column.

    `view` says that it may show the values of a frame, series or index without copying them: pandas 3 makes
    such arrays read-only. `origin` is the expression that made it.
    """

    dtype: Dtype = ""
    extension: bool = False
    sure: bool = True
    view: bool = False
    origin: Place | None = None


class Method(Kind, frozen=True):
    """A bound method of a known kind."""

    of: Kind
    name: str


class Function(Kind, frozen=True):
    """A function or lambda that the lesson defines, in a statement of a cell.

    A method is called with `first` in front of its arguments.
    """

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    statement: ast.stmt
    cell: Cell
    scope: Scope["Kind"]
    first: Kind | None = None

    def decorated(self, word: str) -> bool:
        """Whether one of its decorators is this plain name, such as `property`."""
        found = [] if isinstance(self.node, ast.Lambda) else self.node.decorator_list
        return any(isinstance(each, ast.Name) and each.id == word for each in found)

    def bound(self, to: "Class") -> "Function":
        """The function as a method: bound to an object, the class, or neither."""
        if self.decorated("staticmethod"):
            return self
        return replace(self, first=to if self.decorated("classmethod") else Instance(to))


class Class(Kind, frozen=True):
    """A class that the lesson defines; `attributes` are those of all its instances together."""

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
