"""Evaluates assignments to a name, a column of a frame, a value in a dict, or an attribute."""

import ast
from collections.abc import Sequence

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.columns import Dtype
from checker.analysis.frames.containers import iterated
from checker.analysis.frames.dtypes import dtype_of, is_missing
from checker.analysis.frames.holders import Items, Mapping, Tuple, join
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Frame,
    Indexer,
    Instance,
    Kind,
    Series,
    text_of,
)
from checker.analysis.frames.machine import Machine


class Targets:
    """Assigns on a machine; the parts of a target have been evaluated before."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def assign(self, target: ast.expr, kind: Kind) -> None:
        """`target = <something of this kind>`."""
        match target:
            case ast.Name():
                self._machine.scope.bind(target.id, kind)
            case ast.Starred():
                self.assign(target.value, Items(kind))
            case ast.Tuple() | ast.List():
                self._unpack(target.elts, kind)
            case ast.Attribute():
                self._set_attribute(target, kind)
            case ast.Subscript():
                self._set_item(target, kind)

    def change(self, place: ast.expr, old: Kind, new: Kind) -> None:
        """Record that the object at a place has changed, for all its names and the dict that holds it."""
        self._machine.replace(old, new)
        if isinstance(place, ast.Attribute | ast.Subscript):
            holder = self._machine.kinds.get(place.value)
            if isinstance(holder, Mapping | Items | Instance):
                self.assign(place, new)

    def _unpack(self, targets: Sequence[ast.expr], kind: Kind) -> None:
        if isinstance(kind, Tuple) and len(kind.items) == len(targets):
            parts: Sequence[Kind] = kind.items
        elif isinstance(kind, Items) and len(kind.shown) == len(targets):
            parts = kind.shown
        else:
            parts = [iterated(kind)] * len(targets)
        for target, part in zip(targets, parts, strict=True):
            self.assign(target, part)

    def _set_attribute(self, target: ast.Attribute, kind: Kind) -> None:
        of = self._machine.kinds.get(target.value)
        match of:
            case Instance():
                attributes = of.of.attributes.names
                known = attributes.get(target.attr)
                attributes[target.attr] = kind if known is None else join(known, kind)
            case Frame() if target.attr not in api.FRAME:
                self.change(target.value, of, of.with_column(target.attr, dtype_of(kind)))
            case Frame() if target.attr == "columns":
                renamed = Frame(sure=of.sure, index=of.index, header=dtype_of(kind), in_blocks=of.in_blocks)
                self.change(target.value, of, renamed)
            case Frame() | Series() if target.attr == "index":
                self.change(target.value, of, replace(of, index=dtype_of(kind)))
        match target:  # `array.flags.writeable = True`
            case ast.Attribute(value=ast.Attribute(value=place, attr="flags"), attr="writeable"):
                array = self._machine.kinds.get(place)
                if isinstance(array, Array):
                    self.change(place, array, replace(array, view=False))

    def _set_item(self, target: ast.Subscript, kind: Kind) -> None:
        of, key = self._machine.kinds.get(target.value), self._machine.kinds.get(target.slice, UNKNOWN)
        match of:
            case Frame():
                self.change(target.value, of, _with_columns(of, key, dtype_of(kind)))
            case Mapping():
                self.change(target.value, of, of.with_value(text_of(key), kind))
            case Items():
                self.change(target.value, of, Items(join(of.item, kind)))
            case Series(dtype="text") if kind == NONE:
                self.change(target.value, of, replace(of, dtype="text-or-none"))
            case Series(dtype="float-or-nan") if not is_missing(kind):
                self.change(target.value, of, replace(of, dtype="float"))
            case Indexer(of=Series(dtype="float-or-nan") as series) if isinstance(
                target.value, ast.Attribute
            ):
                self.change(target.value.value, series, replace(series, dtype="float"))
            case Indexer(of=Frame() as frame) if isinstance(target.value, ast.Attribute):
                self.change(target.value.value, frame, _with_cells(frame, key, kind))


def _with_columns(frame: Frame, key: Kind, dtype: Dtype) -> Frame:
    if isinstance(key, Items) and key.shown:
        for column in key.shown:
            frame = frame.with_column(text_of(column), "")
        return frame
    return frame.with_column(text_of(key), dtype)


def _with_cells(frame: Frame, key: Kind, value: Kind) -> Frame:
    """`df.loc[rows, "column"] = …` keeps the dtype of a column, or creates a missing column."""
    name = text_of(key.items[1]) if isinstance(key, Tuple) and len(key.items) == 2 else None
    if name is None and not is_missing(value):
        # It may be any column whose gap is filled here.
        kept = {each: "float" if dtype == "float-or-nan" else dtype for each, dtype in frame.columns.items()}
        return frame if kept == frame.columns else replace(frame, columns=kept)
    if name is not None and value == NONE and frame.column(name) == "text":
        return replace(frame, columns={**frame.columns, name: "text-or-none"})
    if name is not None and frame.column(name) == "float-or-nan" and not is_missing(value):
        return replace(frame, columns={**frame.columns, name: "float"})
    if name is None or name in frame.columns or frame.rest is not None:
        return frame
    return frame.with_column(name, dtype_of(value))
