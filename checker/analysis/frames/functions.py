"""Runs what the lesson defines: walks a function's body with what is known about its arguments."""

import ast
from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames.annotations import annotated
from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.holders import Items, Mapping, join_all
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Kind,
    Plain,
    Series,
)
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.scope import Scope

# The maximum number of walks through one body. After that, only arguments seen before have a known result:
# the work grows with the length of the lesson, not with its number of execution paths.
_MOST_WALKS = 6


class Functions:
    """Runs functions, classes and methods on a machine, with the walk's evaluation and execution."""

    def __init__(
        self,
        machine: Machine,
        evaluate: Callable[[ast.expr], Kind],
        execute: Callable[[list[ast.stmt]], None],
    ) -> None:
        self._machine = machine
        self._evaluate = evaluate
        self._execute = execute
        self._running: set[ast.AST] = set()
        # The arguments and results of the walks through a body.
        self._walks: dict[ast.AST, list[tuple[tuple[Kind, ...], Kind]]] = {}

    def run(self, callee: Kind, arguments: Arguments) -> Kind:
        """The result of a call; effects on its arguments are recorded on the machine."""
        match callee:
            case Function():
                return self._call(callee, arguments)
            case Class():
                return self._create(callee, arguments)
        return UNKNOWN

    def run_uncalled(self) -> None:
        """Walk the functions that nothing called; their parameters are inferred from names and uses."""
        uncalled = self._machine.uncalled
        while uncalled:
            function = uncalled.pop(next(iter(uncalled)))
            self._call(function, Arguments())

    def _create(self, of: Class, arguments: Arguments) -> Instance:
        init = of.members.names.get("__init__")
        if isinstance(init, Function):
            self._call(init, arguments)
        else:  # the fields of a dataclass
            of.attributes.names.update({k: v for k, v in arguments.named.items() if v != UNKNOWN})
        return Instance(of)

    def _call(self, function: Function, arguments: Arguments) -> Kind:
        node = function.node
        self._machine.uncalled.pop(node, None)
        if function.first is not None:
            arguments = replace(arguments, positional=(function.first, *arguments.positional))
        if node in self._running:  # a recursive call adds nothing to the results of the others
            self._machine.forget(arguments.all())
            return NONE
        given = tuple(map(_in_general, arguments.all()))
        walks = self._walks.setdefault(node, [])
        if len(walks) >= _MOST_WALKS:
            self._machine.forget(arguments.all())
            return next((result for earlier, result in walks if earlier == given), UNKNOWN)
        self._running.add(node)
        self._machine.depth += 1
        result = self._walk(function, arguments) if self._machine.is_followed else UNKNOWN
        self._machine.depth -= 1
        self._running.discard(node)
        walks.append((given, result))
        return result

    def _walk(self, function: Function, arguments: Arguments) -> Kind:
        machine, node = self._machine, function.node
        with machine.body_of(function) as scope:
            self._bind(function, arguments, scope)
            if isinstance(node, ast.Lambda):
                return _from_nowhere(self._evaluate(node.body))
            self._execute(node.body)
            if machine.yielded:
                return Items(join_all(machine.yielded))
            return _from_nowhere(join_all(machine.returned) if machine.returned else NONE)

    def _bind(self, function: Function, arguments: Arguments, scope: Scope[Kind]) -> None:
        parameters = function.node.args
        ordered = [*parameters.posonlyargs, *parameters.args]
        defaults = dict(zip(reversed(ordered), reversed(parameters.defaults), strict=False))
        defaults |= {
            each: default
            for each, default in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
            if default
        }
        for position, parameter in enumerate(ordered):
            given = arguments.get(parameter.arg, None if arguments.open else position)
            scope.bind(parameter.arg, self._parameter(parameter, given, defaults.get(parameter)))
        for parameter in parameters.kwonlyargs:
            given = arguments.get(parameter.arg)
            scope.bind(parameter.arg, self._parameter(parameter, given, defaults.get(parameter)))
        if parameters.vararg:
            scope.bind(parameters.vararg.arg, Items(join_all(list(arguments.positional[len(ordered) :]))))
        if parameters.kwarg:
            scope.bind(parameters.kwarg.arg, Mapping({}, UNKNOWN))

    def _parameter(self, parameter: ast.arg, given: Kind | None, default: ast.expr | None) -> Kind:
        """A parameter's kind from its argument, annotation, default or name, in this order."""
        if given is not None and given not in (UNKNOWN, NONE):
            return _from_nowhere(given)
        kind = annotated(parameter.annotation, self._evaluate)
        if kind == UNKNOWN and given is None and default is not None:
            kind = self._evaluate(default)
        if kind in (UNKNOWN, NONE) and not parameter.annotation:
            if self._machine.hints.looks_like_frame(parameter.arg):
                return Frame(sure=False)
            return UNKNOWN
        return kind


def _in_general(kind: Kind) -> Kind:
    """Any value of a literal's type: two paths are alike."""
    return Plain(type(kind.value).__name__) if isinstance(kind, Constant) else kind


def _from_nowhere(kind: Kind) -> Kind:
    """A view without its source: names around a call mean something else inside it."""
    if isinstance(kind, Frame | Series) and kind.source:
        return replace(kind, source=None)
    return kind
