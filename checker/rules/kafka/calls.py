"""What a lesson does with a client: which methods it calls, and whether it hands the client on."""

import ast
from dataclasses import dataclass

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import children, walk
from checker.rules.kafka.clients import Client

_READS = frozenset({"poll", "consume"})
# Calls that keep no client.
_LOOK = frozenset({"print", "repr", "type", "id", "isinstance"})


@dataclass(frozen=True)
class Calls:
    """`of_client` are the methods called on its name, `all_names` all methods called in the lesson.

    It `escapes` where it is handed on, returned or kept. `commits_given_offsets`: `commit(message)`.
    `reads_for_ever`: messages are taken in a loop that has no end.
    """

    of_client: frozenset[str]
    all_names: frozenset[str]
    escapes: bool
    commits_given_offsets: bool
    reads_for_ever: bool

    @property
    def reads(self) -> bool:
        """Whether messages are taken from it."""
        return bool(self.of_client & _READS)

    def anywhere(self, names: set[str]) -> bool:
        """Whether the lesson calls one of these methods on whatever it may be."""
        return bool(self.all_names & names)


def calls_of(analysis: LessonAnalysis, client: Client) -> Calls:
    """The calls in the session of a client; one without a name escapes."""
    session = next(each for each in analysis.sessions if client.cell in each.cells)
    found = _Search(client.variable)
    for cell in session.cells:
        if cell.tree is not None:
            found.read(cell.tree)
    return Calls(
        frozenset(found.of_client),
        frozenset(found.all_names),
        found.escapes or not client.variable,
        found.commits_given_offsets,
        found.reads_for_ever,
    )


class _Search:
    def __init__(self, variable: str) -> None:
        self._variable = variable
        self.of_client: set[str] = set()
        self.all_names: set[str] = set()
        self.escapes = False
        self.commits_given_offsets = False
        self.reads_for_ever = False

    def read(self, tree: ast.AST) -> None:
        todo: list[tuple[ast.AST, ast.AST | None]] = [(tree, None)]
        while todo:
            node, parent = todo.pop()
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self._call(node, node.func)
            if isinstance(node, ast.While) and self._reads_in(node):
                self.reads_for_ever = True
            if self._is_client(node) and self._goes_on(node, parent):
                self.escapes = True
            todo += [(each, node) for each in children(node)]

    def _reads_in(self, loop: ast.While) -> bool:
        has_end = not (isinstance(loop.test, ast.Constant) and loop.test.value)
        inside = list(walk(loop))
        return (
            not has_end
            and not any(isinstance(each, ast.Break | ast.Return) for each in inside)
            and any(
                isinstance(each, ast.Attribute) and each.attr in _READS and self._is_client(each.value)
                for each in inside
            )
        )

    def _call(self, call: ast.Call, func: ast.Attribute) -> None:
        self.all_names.add(func.attr)
        if func.attr == "commit" and any(
            not (isinstance(each, ast.Constant)) for each in [*call.args, *(k.value for k in call.keywords)]
        ):
            self.commits_given_offsets = True
        if self._is_client(func.value):
            self.of_client.add(func.attr)

    def _is_client(self, node: ast.AST) -> bool:
        match node:
            case ast.Name(id=name):
                return name == self._variable
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                return f"{name}.{attr}" == self._variable
        return False

    def _goes_on(self, node: ast.AST, parent: ast.AST | None) -> bool:
        """Whether the client itself is used here, and not one of its members."""
        if not isinstance(getattr(node, "ctx", None), ast.Load) or isinstance(parent, ast.Attribute | ast.If):
            return False
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name):
            return parent.func.id not in _LOOK
        return True
