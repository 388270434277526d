"""Evaluates calls and their side effects, depending on what is called."""

import ast
from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.attributes import attribute
from checker.analysis.frames.builtin_calls import built_in
from checker.analysis.frames.callbacks import by_row, called_with, made_of
from checker.analysis.frames.containers import iterated, method_of_container
from checker.analysis.frames.conventions import TO_PANDAS
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Mapping
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Accessor,
    Array,
    Class,
    Constant,
    Dtypes,
    Element,
    Foreign,
    Frame,
    Function,
    Groups,
    Index,
    Kind,
    Member,
    Method,
    Plain,
    Series,
    Source,
    Value,
    Written,
    text_of,
)
from checker.analysis.frames.libraries import call_outside, gives_frame, leaves_arguments
from checker.analysis.frames.machine import Machine

# Runs what the lesson defines: a function, a class, a method of one of its objects.
Run = Callable[[Kind, Arguments], Kind]
# Records that the object at a place has changed from one kind to another.
Change = Callable[[ast.expr, Kind, Kind], None]


class Calls:
    """Evaluates calls on a machine."""

    def __init__(self, machine: Machine, run: Run, change: Change) -> None:
        self._machine = machine
        self._run = run
        self._change = change

    def result(self, node: ast.Call, callee: Kind, arguments: Arguments) -> Kind:
        """The result of a call, given its function and arguments."""
        match callee:
            case Method(of=Mapping() | Items()):
                return self._method_of_container(node, callee, arguments)
            case Method(of=Frame() | Series()):
                return self._method_of_data(node, callee, arguments)
            case Method(of=Index() | Groups() | Accessor() | Dtypes() | Array() | Value()):
                return self._method_of_part(node, callee, arguments)
            case Method(name=name) if name in TO_PANDAS:
                return Frame()
            case Function() | Class():
                return self._run(callee, arguments)
            case Method(of=Plain() | Constant() | Element()):
                return Items(Plain("str")) if callee.name in ("split", "splitlines") else Plain("str")
            case Member():
                return _sharing(node, callee, arguments, self._member(callee.name, arguments))
            case Foreign() | Plain():
                return callee
        if not (isinstance(node.func, ast.Name) and node.func.id == "display"):
            self._machine.forget(arguments.all())
        return UNKNOWN

    def _member(self, dotted: str, arguments: Arguments) -> Kind:
        library, _, function = dotted.partition(".")
        match library:
            case "builtins":
                return self._built_in(function, arguments)
            # Imported only for lessons that call pandas and NumPy.
            case "pandas":
                from checker.analysis.frames.making import made

                return made(function, arguments)
            case "numpy":
                from checker.analysis.frames.numpy_calls import numpy_call

                return numpy_call(function.rpartition(".")[2], arguments)
        if gives_frame(dotted):
            return Frame()
        if dotted in ("copy.copy", "copy.deepcopy"):
            return arguments.known("x", 0)
        if dotted == "json.dumps":
            return Written()
        if dotted == "collections.defaultdict":
            return self._default_dict(arguments)
        if not leaves_arguments(library):
            self._machine.forget(arguments.all())
        return call_outside(dotted)

    def _built_in(self, function: str, arguments: Arguments) -> Kind:
        member = text_of(arguments.get("", 1))
        if function == "getattr" and member is not None:
            return attribute(arguments.positional[0], member, None)
        if function == "map" and len(arguments.positional) > 1:
            each = Arguments(tuple(map(iterated, arguments.positional[1:])))
            return Items(self._call_back(arguments.positional[0], each))
        return built_in(function, arguments)

    def _default_dict(self, arguments: Arguments) -> Kind:
        factory = arguments.known("", 0)
        return Mapping({}, UNKNOWN if factory == UNKNOWN else self._call_back(factory, Arguments()))

    def _method_of_container(self, node: ast.Call, method: Method, arguments: Arguments) -> Kind:
        result, after = method_of_container(method.of, method.name, arguments)
        self._changed_by(node, method, after)
        return result

    def _method_of_part(self, node: ast.Call, method: Method, arguments: Arguments) -> Kind:
        if isinstance(method.of, Array) and method.name == "setflags" and arguments.says("write", True):
            self._changed_by(node, method, replace(method.of, view=False))
            return NONE
        return self._with_callback(method, arguments) or _returned(method, arguments, None)

    def _method_of_data(self, node: ast.Call, method: Method, arguments: Arguments) -> Kind:
        if method.name == "assign":
            called = {name: self._called_with(kind, method.of) for name, kind in arguments.named.items()}
            arguments = replace(arguments, named=called)
        called_back = self._with_callback(method, arguments)
        if called_back is not None:
            return called_back
        result = _returned(method, arguments, receiver_name(node))
        if arguments.says("inplace", True):
            self._changed_by(node, method, result)
            return NONE
        if method.name == "insert" and isinstance(method.of, Frame):
            dtype = dtype_of(arguments.known("value", 2))
            column = text_of(arguments.get("column", 1))
            self._changed_by(node, method, method.of.with_column(column, dtype))
        return result

    def _changed_by(self, node: ast.Call, method: Method, after: Kind) -> None:
        if after is not method.of and isinstance(node.func, ast.Attribute):
            self._change(node.func.value, method.of, after)

    def _with_callback(self, method: Method, arguments: Arguments) -> Kind | None:
        """The result of a method that calls a function for each part of the data; None for other methods."""
        function = arguments.get("func", 0) or arguments.get("arg")
        parameter = called_with(method, arguments)
        if parameter is None or not isinstance(function, Function | Class | Member | Method):
            return None
        if isinstance(method.of, Series) and isinstance(function, Function):
            self._machine.handed_over.add(function.node)
        return made_of(method, self._call_back(function, Arguments((parameter,))), rows=by_row(arguments))

    def _called_with(self, value: Kind, argument: Kind) -> Kind:
        return self._run(value, Arguments((argument,))) if isinstance(value, Function) else value

    def _call_back(self, function: Kind, arguments: Arguments) -> Kind:
        if isinstance(function, Member):
            return self._member(function.name, arguments)
        return self._run(function, arguments)


def _returned(method: Method, arguments: Arguments, name: str | None) -> Kind:
    from checker.analysis.frames.methods import returned

    return returned(method, arguments, name)


def _sharing(node: ast.Call, callee: Member, arguments: Arguments, made: Kind) -> Kind:
    """`pd.DataFrame(frame)` shares the data of the other frame until one of them is written to."""
    match node:
        case ast.Call(args=[ast.Name(id=name)], keywords=[]) if callee.name == "pandas.DataFrame":
            shares = isinstance(made, Frame) and isinstance(arguments.positional[0], Frame)
            return replace(made, source=Source(name, None)) if shares else made
    return made


def receiver_name(node: ast.Call) -> str | None:
    """The variable that a method is called on."""
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.value.id
    return None
