"""Evaluates `import`, `def`, `class` and `global`."""

import ast
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from checker.analysis.frames.expressions import Expressions
from checker.analysis.frames.kinds import Class, Frame, Function, Kind, Module
from checker.analysis.frames.libraries import is_known, member, module
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.scope import Scope

Execute = Callable[[Sequence[ast.stmt]], None]


class Definitions:
    """Executes statements that define names on a machine."""

    def __init__(self, machine: Machine, expressions: Expressions, execute: Execute) -> None:
        self._machine = machine
        self._expressions = expressions
        self._execute = execute
        self.handlers: dict[type[ast.stmt], Callable[..., None]] = {
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
            ast.ClassDef: self._class,
            ast.Global: self._global,
            ast.Nonlocal: self._nonlocal,
        }

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            self._machine.scope.bind(alias.asname or name, module(name))
        self._machine.note(node)

    def _import_from(self, node: ast.ImportFrom) -> None:
        of = module(node.module or "") if not node.level else Module("")
        for alias in node.names:
            name = alias.asname or alias.name
            self._machine.scope.bind(name, self._imported(of, alias.name, name))
        self._machine.note(node)

    def _imported(self, of: Kind, name: str, bound_as: str) -> Kind:
        if not isinstance(of, Module):
            return of
        # A frame from the course's own module: only its name tells.
        if not is_known(of.name) and self._machine.hints.looks_like_frame(bound_as):
            return Frame(sure=False)
        return member(of, name)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        machine = self._machine
        for each in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self._expressions.kind(each)
        function = Function(node, node, machine.cell, machine.scope)
        machine.uncalled[node] = function
        machine.scope.bind(node.name, function)

    def _class(self, node: ast.ClassDef) -> None:
        machine = self._machine
        for each in (*node.decorator_list, *node.bases):
            self._expressions.kind(each)
        with machine.inner_scope() as members:
            self._execute(node.body)
        defined = Class(node, members, Scope())
        for name, kind in members.names.items():
            if isinstance(kind, Function):
                # A method does not see the names of its class.
                method = replace(kind, scope=machine.scope).bound(defined)
                members.names[name] = method
                if method.node in machine.uncalled:
                    machine.uncalled[method.node] = method
        machine.scope.bind(node.name, defined)

    def _global(self, node: ast.Global) -> None:
        scope = self._machine.scope
        scope.elsewhere |= dict.fromkeys(node.names, scope.module())

    def _nonlocal(self, node: ast.Nonlocal) -> None:
        scope = self._machine.scope
        for name in node.names:
            scope.elsewhere[name] = (scope.outer and scope.outer.holder(name)) or scope
