"""Evaluates expressions from their parts."""

import ast
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.attributes import attribute
from checker.analysis.frames.calls import Calls, Run
from checker.analysis.frames.containers import iterated, list_of
from checker.analysis.frames.handling import guarded
from checker.analysis.frames.holders import Items, Mapping, Tuple, join, join_all
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Class,
    Constant,
    Frame,
    Function,
    Indexer,
    Instance,
    Kind,
    Place,
    Plain,
    Series,
    text_of,
)
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.operators import compared, computed, negated
from checker.analysis.frames.selection import SLICE, subscript
from checker.analysis.frames.targets import Targets

_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Expressions:
    """Evaluates expressions on a machine; `run` calls what the lesson itself defines."""

    def __init__(self, machine: Machine, run: Run) -> None:
        self._machine = machine
        self._run = run
        self._targets = Targets(machine)
        self._calls = Calls(machine, run, self._targets.change)
        self.assign = self._targets.assign
        self._handlers: dict[type[ast.expr], Callable[..., Kind]] = {
            ast.Constant: lambda node: Constant(node.value),
            ast.Name: lambda node: machine.look_up(node.id),
            ast.Attribute: self._attribute,
            ast.Subscript: self._subscript,
            ast.Call: self._call,
            ast.BinOp: lambda node: computed(node.op, self.kind(node.left), self.kind(node.right)),
            ast.UnaryOp: lambda node: negated(node.op, self.kind(node.operand)),
            ast.Compare: lambda node: compared(node.ops, self.kinds([node.left, *node.comparators])),
            ast.BoolOp: self._boolean,
            ast.IfExp: self._conditional,
            ast.Dict: self._dict,
            ast.List: self._list,
            ast.Set: self._list,
            ast.Tuple: lambda node: Tuple(tuple(self.kinds(node.elts))),
            ast.ListComp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
            ast.DictComp: self._comprehension,
            ast.Lambda: self._lambda,
            ast.NamedExpr: self._walrus,
            ast.Starred: lambda node: self.kind(node.value),
            ast.Await: lambda node: self.kind(node.value),
            ast.Slice: self._slice,
            ast.JoinedStr: self._text,
            ast.FormattedValue: lambda node: self.kind(node.value),
            ast.Yield: self._yield,
            ast.YieldFrom: self._yield_from,
        }

    def kind(self, node: ast.expr) -> Kind:
        """The kind of an expression; its parts are evaluated first, in order."""
        machine = self._machine
        handler = self._handlers.get(type(node))
        machine.depth += 1
        kind = handler(node) if handler and machine.is_followed else UNKNOWN
        machine.depth -= 1
        machine.kinds[node] = kind
        machine.note(node)
        return kind

    def kinds(self, nodes: Sequence[ast.expr]) -> list[Kind]:
        """The kinds of several expressions."""
        return [self.kind(node) for node in nodes]

    def evaluate_target(self, target: ast.expr) -> None:
        """Evaluate what an assignment's target reads: the object and the key of `object[key] = …`."""
        if isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self.evaluate_target(element)
        elif not isinstance(target, ast.Name):
            self.kind(target)

    def _attribute(self, node: ast.Attribute) -> Kind:
        of = self.kind(node.value)
        if not isinstance(of, Instance | Class):
            return self._taken_here(attribute(of, node.attr, variable(node.value)), node)
        defined = of.of if isinstance(of, Instance) else of
        found = defined.attributes.names.get(node.attr) or defined.members.names.get(node.attr, UNKNOWN)
        if isinstance(found, Function) and found.decorated("property"):
            return self._run(found, Arguments())
        return found

    def _subscript(self, node: ast.Subscript) -> Kind:
        of, key = self.kind(node.value), self.kind(node.slice)
        data = of.of if isinstance(of, Indexer) else of
        if isinstance(key, Function) and isinstance(data, Frame | Series):
            key = self._run(key, Arguments((data,)))
        place = (
            node.value.value
            if isinstance(of, Indexer) and isinstance(node.value, ast.Attribute)
            else node.value
        )
        return subscript(of, key, variable(place))

    def _call(self, node: ast.Call) -> Kind:
        callee = self.kind(node.func)
        positional = tuple(self.kinds(node.args))
        is_open = any(isinstance(argument, ast.Starred) for argument in node.args)
        named: dict[str, Kind] = {}
        for word in node.keywords:
            kind = self.kind(word.value)
            if word.arg is not None:
                named[word.arg] = kind
            elif isinstance(kind, Mapping) and kind.rest is None:
                named |= kind.items
            else:
                is_open = True
        return self._taken_here(self._calls.result(node, callee, Arguments(positional, named, is_open)), node)

    def _taken_here(self, kind: Kind, node: ast.expr) -> Kind:
        """Record, for an array that is a view of pandas data, the expression that made it."""
        if isinstance(kind, Array) and kind.view and kind.origin is None:
            return replace(kind, origin=Place(node, self._machine.cell))
        return kind

    def _boolean(self, node: ast.BoolOp) -> Kind:
        machine = self._machine
        around = machine.alternatives
        if isinstance(node.op, ast.Or):
            machine.alternatives = (*around, *node.values)
        kinds = self.kinds(node.values)
        machine.alternatives = around
        return join_all(kinds)

    def _conditional(self, node: ast.IfExp) -> Kind:
        self.kind(node.test)
        ready, around = guarded(node.test), self._machine.handled
        self._machine.handled = (*around, *ready)
        kind = join(self.kind(node.body), self.kind(node.orelse))
        self._machine.handled = around
        return UNKNOWN if ready else kind  # either, depending on the version of pandas

    def _list(self, node: ast.List | ast.Set) -> Kind:
        kinds = self.kinds(node.elts)
        if not any(isinstance(element, ast.Starred) for element in node.elts):
            return list_of(kinds)
        spread = [
            iterated(kind) if isinstance(element, ast.Starred) else kind
            for element, kind in zip(node.elts, kinds, strict=True)
        ]
        return Items(join_all(spread))

    def _dict(self, node: ast.Dict) -> Kind:
        items: dict[str, Kind] = {}
        rest: list[Kind] = []
        for key, value in zip(node.keys, node.values, strict=True):
            name = self.kind(key) if key is not None else None
            kind = self.kind(value)
            if (text := text_of(name)) is not None:
                items[text] = kind
            elif name is None and isinstance(kind, Mapping):
                items |= kind.items
                rest += [kind.rest] if kind.rest is not None else []
            else:
                rest.append(UNKNOWN if name is None else kind)
        return Mapping(items, join_all(rest) if rest else None)

    def _comprehension(self, node: _Comprehension) -> Kind:
        with self._machine.inner_scope():
            for generator in node.generators:
                item = iterated(self.kind(generator.iter))
                self.evaluate_target(generator.target)
                self.assign(generator.target, item)
                self.kinds(generator.ifs)
            if isinstance(node, ast.DictComp):
                self.kind(node.key)
                return Mapping({}, self.kind(node.value))
            return Items(self.kind(node.elt))

    def _lambda(self, node: ast.Lambda) -> Kind:
        machine = self._machine
        function = Function(node, machine.statement, machine.cell, machine.scope)
        machine.uncalled[node] = function
        return function

    def _walrus(self, node: ast.NamedExpr) -> Kind:
        kind = self.kind(node.value)
        self.assign(node.target, kind)
        return kind

    def _slice(self, node: ast.Slice) -> Kind:
        self.kinds([each for each in (node.lower, node.upper, node.step) if each is not None])
        return SLICE

    def _text(self, node: ast.JoinedStr) -> Kind:
        self.kinds(node.values)
        return Plain("str")

    def _yield(self, node: ast.Yield) -> Kind:
        self._machine.yielded.append(self.kind(node.value) if node.value else NONE)
        return UNKNOWN

    def _yield_from(self, node: ast.YieldFrom) -> Kind:
        self._machine.yielded.append(iterated(self.kind(node.value)))
        return UNKNOWN


def variable(node: ast.expr) -> str | None:
    """The name, when an expression is just a name."""
    return node.id if isinstance(node, ast.Name) else None
