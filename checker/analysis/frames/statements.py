"""Walks statements: what each of them reads and binds."""

import ast
from collections.abc import Callable, Sequence

from checker.analysis.frames.annotations import annotated
from checker.analysis.frames.control import Control
from checker.analysis.frames.definitions import Definitions
from checker.analysis.frames.expressions import Expressions
from checker.analysis.frames.kinds import NONE, UNKNOWN
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.operators import computed


class Statements:
    """Executes statements on a machine."""

    def __init__(self, machine: Machine, expressions: Expressions) -> None:
        self._machine = machine
        self._expressions = expressions
        control = Control(machine, expressions, self.execute)
        definitions = Definitions(machine, expressions, self.execute)
        self._handlers: dict[type[ast.stmt], Callable[..., None]] = {
            **control.handlers,
            **definitions.handlers,
            ast.Expr: self._expression,
            ast.Return: self._return,
            ast.Raise: self._raise,
            ast.Break: self._jump,
            ast.Continue: self._jump,
            ast.Assign: self._assign,
            ast.AnnAssign: self._assign_annotated,
            ast.AugAssign: self._assign_augmented,
            ast.Delete: self._delete,
        }

    def execute(self, body: Sequence[ast.stmt]) -> None:
        """Walk statements in order."""
        machine, around = self._machine, self._machine.statement
        for node in body:
            machine.statement = node
            handler = self._handlers.get(type(node))
            machine.depth += 1
            if handler and machine.is_followed:
                handler(node)
            machine.depth -= 1
        machine.statement = around

    def _expression(self, node: ast.Expr) -> None:
        self._expressions.kind(node.value)
        self._machine.note(node)

    def _return(self, node: ast.Return) -> None:
        self._machine.returned.append(self._expressions.kind(node.value) if node.value else NONE)
        self._machine.scope.ended = True

    def _raise(self, node: ast.Raise) -> None:
        if node.exc is not None:
            self._expressions.kind(node.exc)
        self._machine.scope.ended = True

    def _jump(self, _: ast.Break | ast.Continue) -> None:
        self._machine.scope.ended = True

    def _assign(self, node: ast.Assign) -> None:
        kind = self._expressions.kind(node.value)
        for target in node.targets:
            self._expressions.evaluate_target(target)
        self._machine.note(node)
        for target in node.targets:
            self._expressions.assign(target, kind)

    def _assign_annotated(self, node: ast.AnnAssign) -> None:
        kind = self._expressions.kind(node.value) if node.value else UNKNOWN
        self._expressions.evaluate_target(node.target)
        self._machine.note(node)
        if kind in (UNKNOWN, NONE):
            kind = annotated(node.annotation, self._expressions.kind)
        if node.value or kind != UNKNOWN:
            self._expressions.assign(node.target, kind)

    def _assign_augmented(self, node: ast.AugAssign) -> None:
        before = self._expressions.kind(node.target)
        kind = computed(node.op, before, self._expressions.kind(node.value))
        self._machine.note(node)
        self._expressions.assign(node.target, kind)

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._expressions.evaluate_target(target)
        self._machine.note(node)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._machine.scope.set(target.id, None)
