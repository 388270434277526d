"""Which pandas class or module a member belongs to, in the names of the tables."""

import ast
import re
from collections.abc import Sequence

from msgspec import Struct

from checker.analysis.frames import api
from checker.analysis.frames.columns import base
from checker.analysis.frames.conventions import ACCESSORS, MAKING_GROUPS
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Array,
    Frame,
    Groups,
    Index,
    Kind,
    Member,
    Method,
    Module,
    Series,
    Value,
)
from checker.analysis.frames.known import Types
from checker.patterns import regex

_GROUPS = {
    "groupby": "GroupBy",
    "resample": "Resampler",
    "rolling": "Rolling",
    "expanding": "Expanding",
    "ewm": "ExponentialMovingWindow",
}
_INDEXES = {
    "datetime": ("DatetimeIndex", "Index"),
    "timedelta": ("TimedeltaIndex", "Index"),
    "category": ("CategoricalIndex", "Index"),
    "object": ("MultiIndex", "Index"),
    "other": ("MultiIndex", "Index"),
    "pairs": ("MultiIndex", "Index"),
    "period": ("PeriodIndex", "Index"),
    # Members that only an index of dates has reveal what it is.
    "": ("DatetimeIndex", "MultiIndex", "Index"),
}
_INDEX_NAME = regex(r"(\w+_)?(idx|index|columns|cols)", re.IGNORECASE)
_LIBRARIES = ("pandas", "numpy")


class Asked(Struct, frozen=True):
    """A use of the member `name` of the classes or modules `owners`, the nearest first.

    Without owners, nothing is known about the object. `sure` is false when only its name or use suggests what
    it is.
    """

    owners: Sequence[str]
    name: str
    sure: bool

    @property
    def has_owner(self) -> bool:
        """Whether a class or module is known at all, if only by a conventional name such as `df`."""
        return bool(self.owners)


def owners_of(kind: Kind) -> tuple[Sequence[str], bool]:
    """The classes or modules that a kind's members are looked up in, and whether that is sure."""
    match kind:
        case Frame(sure=sure):
            return ("DataFrame",), sure
        case Series(sure=sure):
            return ("Series",), sure
        case Index(dtype=dtype, sure=sure):
            return _INDEXES.get(base(dtype), ("Index",)), sure
        case Array(dtype=dtype, extension=True, sure=sure) if base(dtype) == "category":
            return ("Categorical",), sure
        case Groups(of=of, by=by):
            return (_GROUPS[by],), of.sure
        case Accessor(of=of, name=name):
            return (f"Series.{name}",), of.sure
        case Value(of=name):
            return (name,), True
        case Module(name=dotted) | Member(name=dotted) if dotted.partition(".")[0] in _LIBRARIES:
            return (dotted, dotted.rpartition(".")[2]) if "." in dotted else (dotted,), True
    return (), False


def called(node: ast.Call, types: Types) -> str:
    """The last name of what is called, resolving aliases; empty when there is none."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    name = getattr(types.of(node.func), "name", "")
    return name.rpartition(".")[2] if isinstance(name, str) else ""


def asked_by_attribute(node: ast.Attribute, types: Types) -> Asked | None:
    """The member in `object.name`; None when the object is known not to be of pandas."""
    kind = types.of(node.value)
    owners, sure = owners_of(kind)
    if owners and not sure and isinstance(node.value, ast.Name) and _INDEX_NAME.fullmatch(node.value.id):
        owners = ("Index",)  # most members that suggest a frame exist for an index as well
    if kind == UNKNOWN and not types.has_other_frames:
        owners, sure = _owners_by_form(node.value), False
    return Asked(owners, node.attr, sure) if owners or kind == UNKNOWN else None


def _owners_by_form(node: ast.expr) -> Sequence[str]:
    """Possible classes of an unknown object, by its code: `….dt`, `….groupby(…)`, `….resample(…)[…]`."""
    if isinstance(node, ast.Attribute):
        return (f"Series.{node.attr}",) if node.attr in ACCESSORS else ()
    if isinstance(node, ast.Subscript):
        node = node.value
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in MAKING_GROUPS
    ):
        return (_GROUPS[node.func.attr],)
    return ()


def asked_by_call(node: ast.Call, types: Types) -> Asked | None:
    """The member that a call uses, resolving aliases; None when it is known not to be of pandas."""
    if isinstance(node.func, ast.Attribute):
        return asked_by_attribute(node.func, types)
    match types.of(node.func):
        case Member(name=dotted) if dotted.startswith("pandas."):
            module, _, name = dotted.rpartition(".")
            return Asked((module, module.rpartition(".")[2]), name, sure=True)
        case Method(of=of, name=name):
            owners, sure = owners_of(of)
            return Asked(owners, name, sure) if owners else None
    return None


def may_be_column(node: ast.Attribute, types: Types) -> bool:
    """Whether an attribute may be a column of a frame rather than one of its members."""
    kind = types.of(node.value)
    frame = kind.of if isinstance(kind, Groups) else kind
    if not isinstance(frame, Frame):
        return False
    members = api.GROUPS if isinstance(kind, Groups) else api.FRAME
    return node.attr in frame.columns or node.attr not in members
