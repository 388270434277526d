"""What a rule is told about the node that it looks at."""

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
    """What is known at the node that the walk has reached; valid only during that call."""

    def __init__(self, lesson: Lesson, machine: Machine, reads: Reads) -> None:
        self.lesson = lesson
        self._machine = machine
        self._reads = reads

    @property
    def cell(self) -> Cell:
        """The cell of the node."""
        return self._machine.cell

    @property
    def statement(self) -> ast.stmt:
        """The statement that contains the node, or is it."""
        return self._machine.statement

    @property
    def function(self) -> ast.AST | None:
        """The function whose body the walk is in."""
        return self._machine.function

    def is_handed_over(self, function: ast.Lambda) -> bool:
        """Whether a lambda is an argument of `apply` or `map`, which pandas calls with each value."""
        return function in self._machine.handed_over

    def named(self, name: str) -> Kind:
        """The kind that a name is bound to."""
        return self._machine.look_up(name)

    @property
    def handled(self) -> tuple[str, ...]:
        """The exceptions and warnings that the surrounding code anticipates, by name."""
        return self._machine.handled

    @property
    def alternatives(self) -> tuple[ast.expr, ...]:
        """The operands of the `or` expressions around the node."""
        return self._machine.alternatives

    @property
    def text_is_object(self) -> bool:
        """Whether the lesson sets an option that decides the dtype of text."""
        return self._machine.hints.mention("infer_string")

    @property
    def has_other_frames(self) -> bool:
        """Whether the lesson uses another library's frames, so that `df` need not be a pandas frame."""
        return self._machine.hints.foreign

    @property
    def period_names(self) -> frozenset[str]:
        """Names that the session binds to periods, or to something made from them."""
        return self._machine.hints.period_names

    def only_literal(self, name: str) -> Span | None:
        """The span of the only text that a name is ever bound to."""
        found = self._machine.hints.literals.get(name, ())
        if len(found) != 1 or not self.is_assigned_only(name):
            return None
        cell, node = found[0]
        return cell.span(self.lesson, node) if isinstance(node, ast.Constant) else None

    def mentions(self, word: str) -> bool:
        """Whether a word occurs anywhere in the lesson's session."""
        return self._machine.hints.mention(word)

    def is_assigned_only(self, name: str) -> bool:
        """Whether a name is bound only by assignments: by no loop, parameter or `global`."""
        return name not in self._machine.hints.bound_otherwise

    def is_held_elsewhere(self, name: str) -> bool:
        """Whether another name of the scope is bound to the same object."""
        names = self._machine.scope.names
        return sum(each is names.get(name) for each in names.values()) > 1

    def of(self, node: ast.expr) -> Kind:
        """The kind of a part of the node; `UNKNOWN` for what has not been evaluated."""
        return self._machine.kinds.get(node, UNKNOWN)

    def is_scaled(self, target: ast.expr) -> bool:
        """Whether the session divides or multiplies the assigned value, or converts it to dates."""
        return ast.unparse(target) in self._machine.hints.scaled

    def is_temporary(self, node: ast.expr) -> bool:
        """Whether a frame or series is created by this expression, so that nothing else refers to it.

        A function of the lesson may return an object that it keeps; a method or function of pandas does not.
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
        """Whether a write through a view is later looked for in its source, and not in the view."""
        machine = self._machine
        return self._reads.relied_on(machine.function, machine.cell, machine.statement, view, source)

    def is_cast(self, node: ast.expr) -> bool:
        """Whether the statement casts this expression, or the session casts what is assigned here."""
        statement = self.statement
        if any(_ends_in(cast_by(each), node) for each in walk(statement)):
            return True
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        owners = [target.value for target in targets if isinstance(target, ast.Subscript | ast.Attribute)]
        return any(ast.unparse(target) in self._machine.hints.cast for target in (*targets, *owners))

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias, cell: Cell | None = None) -> Span:
        """The position of a node in the lesson; by default the node is in the current cell."""
        return (cell or self.cell).span(self.lesson, node)

    def from_dot(self, node: ast.Attribute, end: ast.expr | None = None, cell: Cell | None = None) -> Span:
        """The span from an attribute's dot to its own end, or to the end of what it is part of."""
        last = self.span(node, cell).end
        dot = self.lesson.text.rfind(".", 0, last - len(node.attr))
        return self.lesson.span(dot, self.span(end, cell).end if end else last)

    def at_bracket(self, node: ast.Subscript) -> Span:
        """The empty span before a subscript's opening bracket."""
        place = self.lesson.text.find("[", self.span(node.value).end)
        return self.lesson.span(place, place)

    def from_operator(self, node: ast.Compare) -> Span | None:
        """The span of a comparison after its left side; None where either side is in brackets."""
        left, right = self.span(node.left), self.span(node.comparators[0])
        between = self.lesson.text[left.end : right.start]
        simple = isinstance(node.left, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
        whole = len(node.ops) == 1 and simple and not set(between) & set("()#\n\\")
        return self.lesson.span(left.end, right.end) if whole else None

    def inside_end(self, node: ast.Call) -> Span:
        """The empty span before a call's closing bracket."""
        end = self.span(node).end - 1
        return self.lesson.span(end, end)

    def source(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """A node as the author wrote it, on one line."""
        # `ast.get_source_segment` does the same, but splits the whole source each time.
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        lines = [line.encode() for line in self.cell.lines[first : last + 1]]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return " ".join(b" ".join(lines).decode(errors="replace").split())

    def lines(self) -> range:
        """The code lines (from 1) of the statement; only the header of a compound statement."""
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
