"""What a rule is told about the node in front of it."""

import ast

from checker.analysis.cell import Cell
from checker.analysis.frames import api
from checker.analysis.frames.hints import cast_by
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Frame,
    Groups,
    Index,
    Indexer,
    Kind,
    Member,
    Method,
    Series,
    Source,
)
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.reads import Reads
from checker.analysis.trees import walk
from checker.model import Lesson, Span


class Types:
    """What is known at the node that the walk has come to; good for that moment only."""

    def __init__(self, lesson: Lesson, machine: Machine, reads: Reads) -> None:
        self.lesson = lesson
        self._machine = machine
        self._reads = reads

    @property
    def cell(self) -> Cell:
        """The cell that the node stands in."""
        return self._machine.cell

    @property
    def statement(self) -> ast.stmt:
        """The statement that the node stands in, or is."""
        return self._machine.statement

    @property
    def function(self) -> ast.AST | None:
        """The function whose body the walk is in."""
        return self._machine.function

    def is_handed_over(self, function: ast.Lambda) -> bool:
        """Whether a lambda is an argument of `apply` or `map`, which pandas calls with each value."""
        return function in self._machine.handed_over

    def named(self, name: str) -> Kind:
        """What a name is bound to."""
        return self._machine.look_up(name)

    @property
    def handled(self) -> tuple[str, ...]:
        """The names of the exceptions and warnings that the code around the node is ready for."""
        return self._machine.handled

    @property
    def alternatives(self) -> tuple[ast.expr, ...]:
        """The operands of the `or` expressions around the node."""
        return self._machine.alternatives

    @property
    def text_is_object(self) -> bool:
        """Whether the lesson decides itself, by an option, which dtype text gets."""
        return self._machine.hints.mention("infer_string")

    @property
    def has_other_frames(self) -> bool:
        """Whether the lesson works with another library's frames, so that `df` need not be of pandas."""
        return self._machine.hints.foreign

    @property
    def period_names(self) -> frozenset[str]:
        """Names that the session binds to periods, or to what is made of them."""
        return self._machine.hints.period_names

    def only_literal(self, name: str) -> Span | None:
        """Where the one text stands that a name is ever bound to."""
        found = self._machine.hints.literals.get(name, ())
        if len(found) != 1 or not self.is_assigned_only(name):
            return None
        cell, node = found[0]
        return cell.span(self.lesson, node) if isinstance(node, ast.Constant) else None

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the lesson's session."""
        return self._machine.hints.mention(word)

    def is_assigned_only(self, name: str) -> bool:
        """Whether a name is bound by assignments and by nothing else: no loop, no parameter, no `global`."""
        return name not in self._machine.hints.bound_otherwise

    def is_held_elsewhere(self, name: str) -> bool:
        """Whether another name of the scope is bound to the very object that this one is bound to."""
        names = self._machine.scope.names
        return sum(each is names.get(name) for each in names.values()) > 1

    def of(self, node: ast.expr) -> Kind:
        """What a part of the node is; `UNKNOWN` for what has not been evaluated."""
        return self._machine.kinds.get(node, UNKNOWN)

    def is_scaled(self, target: ast.expr) -> bool:
        """Whether the session divides or multiplies what is assigned here, or makes dates of it."""
        return ast.unparse(target) in self._machine.hints.scaled

    def is_temporary(self, node: ast.expr) -> bool:
        """Whether a frame or series is made by this expression, so that nothing else holds it.

        A function of the lesson may hand out what it keeps; a method or function of pandas does not.
        """
        if not isinstance(self.of(node), Frame | Series):
            return False
        match node:
            case ast.Subscript():
                return isinstance(self.of(node.value), Frame | Series | Indexer)
            case ast.Attribute():
                return isinstance(self.of(node.value), Frame) and (
                    node.attr == "T" or node.attr not in api.FRAME
                )
            case ast.Call():
                return _makes_anew(self.of(node.func))
        return False

    def relied_on(self, view: str, source: Source) -> bool:
        """Whether what is written here through a view is looked for in its source, and not in the view."""
        machine = self._machine
        return self._reads.relied_on(machine.function, machine.cell, machine.statement, view, source)

    def is_cast(self, node: ast.expr) -> bool:
        """Whether the statement gives this expression another dtype, or the session what is assigned here."""
        statement = self.statement
        if any(_ends_in(cast_by(each), node) for each in walk(statement)):
            return True
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        owners = [target.value for target in targets if isinstance(target, ast.Subscript | ast.Attribute)]
        return any(ast.unparse(target) in self._machine.hints.cast for target in (*targets, *owners))

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias, cell: Cell | None = None) -> Span:
        """Where a node stands in the lesson; its cell is the one at hand unless another is named."""
        return (cell or self.cell).span(self.lesson, node)

    def from_dot(self, node: ast.Attribute, end: ast.expr | None = None, cell: Cell | None = None) -> Span:
        """The span from an attribute's dot on, to its own end or to that of what it is part of."""
        last = self.span(node, cell).end
        dot = self.lesson.text.rfind(".", 0, last - len(node.attr))
        return self.lesson.span(dot, self.span(end, cell).end if end else last)

    def at_bracket(self, node: ast.Subscript) -> Span:
        """The empty span in front of a subscript's opening bracket."""
        place = self.lesson.text.find("[", self.span(node.value).end)
        return self.lesson.span(place, place)

    def from_operator(self, node: ast.Compare) -> Span | None:
        """The span of a comparison behind its left side; None where brackets stand around a side."""
        left, right = self.span(node.left), self.span(node.comparators[0])
        between = self.lesson.text[left.end : right.start]
        simple = isinstance(node.left, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
        whole = len(node.ops) == 1 and simple and not set(between) & set("()#\n\\")
        return self.lesson.span(left.end, right.end) if whole else None

    def inside_end(self, node: ast.Call) -> Span:
        """The empty span in front of a call's closing bracket."""
        end = self.span(node).end - 1
        return self.lesson.span(end, end)

    def source(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """A node as the author wrote it, on one line."""
        # `ast.get_source_segment` does the same, and splits the whole source each time.
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        lines = [line.encode() for line in self.cell.lines[first : last + 1]]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return " ".join(b" ".join(lines).decode(errors="replace").split())

    def lines(self) -> range:
        """The code lines (from 1) of the statement; of a compound one, those of its head."""
        node = self._machine.statement
        body = getattr(node, "body", None)
        last = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno or node.lineno
        return range(node.lineno, last + 1)


def _ends_in(chain: ast.expr | None, node: ast.expr) -> bool:
    """Whether a chain of methods and selections begins with a node: `x.fillna(0)["a"]` with `x`."""
    while chain is not node:
        match chain:
            case ast.Call(func=ast.Attribute(value=below)) | ast.Subscript(value=below):
                chain = below
            case _:
                return False
    return True


def _makes_anew(function: Kind) -> bool:
    if function == Member("builtins.getattr"):
        return True
    if isinstance(function, Method):
        return isinstance(function.of, Frame | Series | Index | Groups | Accessor) and function.name != "pipe"
    return isinstance(function, Member) and function.name.startswith("pandas.")
