"""Turns one cell's tree into steps."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from checker.analysis.last_names import handled_names
from checker.analysis.scopes import (
    Comprehension,
    Function,
    bound_names,
    imported_name,
    parameters,
    type_parameters,
)
from checker.analysis.steps import Body, CellSteps, Kind, Step
from checker.analysis.trees import children, nodes_of

# When annotations are evaluated: now; never (`from __future__ import annotations` in the cell itself, or
# Python 3.14 with PEP 649); or perhaps not, if an earlier cell with that import has run.
Annotations = Literal["now", "never", "perhaps"]
_BY_DEFAULT: Annotations = "never" if sys.version_info >= (3, 14) else "now"
# Calls that may create any name, or that show that the code is prepared for a missing one.
_WILD_CALLS = {"exec", "globals", "locals", "vars"}
# Code that handles one of these reads names that may be missing on purpose.
_NAME_ERRORS = frozenset({"NameError", "UnboundLocalError"})


def cell_steps(tree: ast.Module, annotations: Annotations = _BY_DEFAULT) -> CellSteps:
    """The steps of a cell."""
    walker = _Walker("never" if has_future_annotations(tree) else annotations)
    walker.visit_all(tree.body)
    return walker.cell


class _Scope:
    """The names of a function, class or comprehension that is being visited."""

    def __init__(self, names: set[str], *, is_class: bool = False) -> None:
        self.names = names
        self.is_class = is_class


class _Walker:
    """Visits nodes in the order in which Python evaluates them."""

    def __init__(self, annotations: Annotations) -> None:
        self.cell = CellSteps()
        self._out = self.cell.steps
        self._annotations = annotations
        self._scopes: list[_Scope] = []
        self._methods: Body | None = None
        self._in_function = self._lazy = self._probing = False
        self._loops = self._nesting = 0
        self._read_by_value: set[str] = set()

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def visit(self, node: ast.AST) -> None:
        handler = _HANDLERS.get(type(node))
        if handler:
            handler(self, node)
        else:
            self.visit_all(children(node))

    @contextmanager
    def _inside(self, scope: _Scope) -> Iterator[None]:
        self._scopes.append(scope)
        yield
        self._scopes.pop()

    # Names

    def _is_local(self, name: str) -> bool:
        return any(name in scope.names for scope in self._scopes)

    def _step(self, kind: Kind, name: str, node: ast.AST, *, fresh: bool = True) -> None:
        if not self._is_local(name):
            self._out.append(Step(kind, name, node, fresh))

    def _load(self, name: str, node: ast.AST) -> None:
        self._step("probe" if self._probing else "lazy" if self._lazy else "load", name, node)

    def _bind(self, name: str, node: ast.AST) -> None:
        if not self._in_function:
            self._step("bind", name, node, fresh=not self._loops and name not in self._read_by_value)
        elif not self._is_local(name):
            # A function with `global`: once it has run, the name exists.
            self.cell.steps.append(Step("maybe", name, node, fresh=False))

    def name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bind(node.id, node)
            return
        self._load(node.id, node)
        if isinstance(node.ctx, ast.Del) and not self._nesting and not self._in_function:
            self._step("unbind", node.id, node)

    def imports(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.cell.steps.append(Step("wild", "*", node))
            else:
                self._bind(imported_name(alias), node)

    def named_pattern(self, node: ast.MatchAs | ast.MatchStar) -> None:
        self.visit_all(children(node))
        if node.name:
            self._bind(node.name, node)

    def mapping_pattern(self, node: ast.MatchMapping) -> None:
        self.visit_all(children(node))
        if node.rest:
            self._bind(node.rest, node)

    def call(self, node: ast.Call) -> None:
        self.visit_all(children(node))
        if not isinstance(node.func, ast.Name) or self._is_local(node.func.id):
            return
        name = node.func.id
        if name in _WILD_CALLS:
            self.cell.steps.append(Step("wild", name, node))
        elif not self._lazy:
            self._step("call", name, node)

    def constant(self, node: ast.Constant) -> None:
        """Constants make no step."""

    # Bindings

    def assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        self._read_by_value = {each.id for each in nodes_of(node.value, ast.Name)}
        self.visit_all(node.targets)
        self._read_by_value = set()

    def augmented_assign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._load(node.target.id, node.target)
            self.visit(node.value)
            self._read_by_value = {node.target.id}
            self._bind(node.target.id, node.target)
            self._read_by_value = set()
        else:
            self.visit_all((node.target, node.value))

    def annotated_assign(self, node: ast.AnnAssign) -> None:
        # Annotations of a function's variables are never evaluated.
        if not self._in_function:
            self._visit_annotations([node.annotation])
        if node.value is not None:
            self.visit_all((node.value, node.target))

    def _visit_annotations(self, nodes: Iterable[ast.AST | None]) -> None:
        if self._annotations == "never":
            return
        probing, self._probing = self._probing, self._probing or self._annotations == "perhaps"
        self.visit_all(nodes)
        self._probing = probing

    def named_expression(self, node: ast.NamedExpr) -> None:
        self.visit_all((node.value, node.target))

    def type_alias(self, node: Any) -> None:
        # Its value is evaluated lazily (PEP 695).
        self.visit(node.name)

    # Statements with bodies

    def loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        self.visit(node.test if isinstance(node, ast.While) else node.iter)
        if not self._in_function:
            # What one iteration binds, the next one may read.
            found = bound_names(node.body)
            for name in sorted(found.bound - found.augmented):
                self._step("maybe", name, node, fresh=False)
        self._loops += 1
        self._nesting += 1
        if not isinstance(node, ast.While):
            self.visit(node.target)
        self.visit_all(node.body)
        self._loops -= 1
        self.visit_all(node.orelse)
        self._nesting -= 1

    def branch(self, node: ast.stmt) -> None:
        self._nesting += 1
        self.visit_all(children(node))
        self._nesting -= 1

    def with_items(self, node: ast.withitem) -> None:
        self.visit_all((node.context_expr, node.optional_vars))

    def attempt(self, node: ast.Try) -> None:  # and `try … except*`, which has the same fields
        self._nesting += 1
        probing = self._probing
        self._probing = probing or not _NAME_ERRORS.isdisjoint(handled_names(node.handlers))
        self.visit_all(node.body)
        self._probing = probing
        self.visit_all((*node.handlers, *node.orelse, *node.finalbody))
        self._nesting -= 1

    def handler(self, node: ast.ExceptHandler) -> None:
        self.visit_all([node.type])
        if node.name and not self._in_function:
            self._step("catch", node.name, node)
        self.visit_all(node.body)
        if node.name and not self._in_function:
            self._step("uncatch", node.name, node)

    # Scopes

    def function(self, node: Function) -> None:
        arguments = node.args
        self.visit_all((*node.decorator_list, *arguments.defaults, *arguments.kw_defaults))
        generics = type_parameters(node)
        with self._inside(_Scope(generics)):
            self._visit_annotations((*(each.annotation for each in parameters(arguments)), node.returns))
        self._bind(node.name, node)
        found = bound_names(node.body)
        local = (found.bound | generics | {each.arg for each in parameters(arguments)}) - found.declared
        with self._inside_function(node, local, yields=found.yields):
            self.visit_all(node.body)

    @contextmanager
    def _inside_function(self, node: Function, local: set[str], *, yields: bool) -> Iterator[None]:
        before = self._out, self._scopes, self._in_function, self._lazy, self._probing
        self._scopes = [*(each for each in self._scopes if not each.is_class), _Scope(local)]
        if self._in_function or self._methods is not None:
            self._lazy = True
        if self._methods is not None and not self._in_function:
            self._out = self._methods.steps
        elif not self._in_function:
            called = isinstance(node, ast.FunctionDef) and not node.decorator_list and not yields
            body = self.cell.bodies[node] = Body(called)
            self._out = body.steps
        self._in_function, self._probing = True, False
        yield
        self._out, self._scopes, self._in_function, self._lazy, self._probing = before

    def lambda_(self, node: ast.Lambda) -> None:
        self.visit_all((*node.args.defaults, *node.args.kw_defaults))
        local = {each.arg for each in parameters(node.args)} | bound_names([node.body]).bound
        before = self._scopes, self._in_function, self._lazy
        self._scopes = [*(each for each in self._scopes if not each.is_class), _Scope(local)]
        self._in_function = self._lazy = True
        self.visit(node.body)
        self._scopes, self._in_function, self._lazy = before

    def class_(self, node: ast.ClassDef) -> None:
        generics = type_parameters(node)
        self.visit_all(node.decorator_list)
        with self._inside(_Scope(generics)):
            self.visit_all((*node.bases, *node.keywords))
        outer = self._methods
        if outer is None and not self._in_function:
            self._methods = self.cell.bodies[node] = Body(called=False)
        found = bound_names(node.body)
        with self._inside(_Scope((found.bound - found.declared) | generics, is_class=True)):
            self.visit_all(node.body)
        self._methods = outer
        self._bind(node.name, node)

    def comprehension(self, node: Comprehension) -> None:
        first, *others = node.generators
        self.visit(first.iter)
        targets = {name for each in node.generators for name in bound_names([each.target]).bound}
        with self._inside(_Scope(targets)):
            self.visit_all(first.ifs)
            for each in others:
                self.visit_all((each.iter, *each.ifs))
            if isinstance(node, ast.DictComp):
                self.visit_all((node.key, node.value))
            else:
                self.visit(node.elt)


def has_future_annotations(tree: ast.Module) -> bool:
    """Whether a cell has `from __future__ import annotations`, which also applies to later cells."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


_HANDLERS: dict[type, Callable[[_Walker, Any], None]] = {
    ast.Name: _Walker.name,
    ast.Constant: _Walker.constant,
    ast.Import: _Walker.imports,
    ast.ImportFrom: _Walker.imports,
    ast.MatchAs: _Walker.named_pattern,
    ast.MatchStar: _Walker.named_pattern,
    ast.MatchMapping: _Walker.mapping_pattern,
    ast.Call: _Walker.call,
    ast.Assign: _Walker.assign,
    ast.AugAssign: _Walker.augmented_assign,
    ast.AnnAssign: _Walker.annotated_assign,
    ast.NamedExpr: _Walker.named_expression,
    ast.For: _Walker.loop,
    ast.AsyncFor: _Walker.loop,
    ast.While: _Walker.loop,
    ast.If: _Walker.branch,
    ast.With: _Walker.branch,
    ast.AsyncWith: _Walker.branch,
    ast.Match: _Walker.branch,
    ast.withitem: _Walker.with_items,
    ast.Try: _Walker.attempt,
    ast.TryStar: _Walker.attempt,
    ast.ExceptHandler: _Walker.handler,
    ast.FunctionDef: _Walker.function,
    ast.AsyncFunctionDef: _Walker.function,
    ast.Lambda: _Walker.lambda_,
    ast.ClassDef: _Walker.class_,
    ast.ListComp: _Walker.comprehension,
    ast.SetComp: _Walker.comprehension,
    ast.DictComp: _Walker.comprehension,
    ast.GeneratorExp: _Walker.comprehension,
}
if sys.version_info >= (3, 12):
    _HANDLERS[ast.TypeAlias] = _Walker.type_alias
