"""What a lesson does with a client: the methods it calls, and whether the client is passed on."""

import ast

from msgspec import Struct, field

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import children
from checker.rules.kafka.clients import Client, clients_of, dotted_name

_READS = frozenset({"poll", "consume"})
# Calls that do not keep the client.
_LOOK = frozenset({"print", "repr", "type", "id", "isinstance"})


class Calls(Struct, frozen=True):
    """The calls in a client's session.

    `of_client` are the methods called on its name, `all_names` all methods called in the session. It
    `escapes` when it is passed on, returned or stored. `commits_given_offsets`: `commit(message)` is called
    on it, or on an object that is no other client of the lesson. `reads_for_ever`: messages are read in an
    endless loop.
    """

    of_client: frozenset[str]
    all_names: frozenset[str]
    escapes: bool
    commits_given_offsets: bool
    reads_for_ever: bool

    @property
    def reads(self) -> bool:
        """Whether messages are read from it."""
        return bool(self.of_client & _READS)

    def anywhere(self, names: set[str]) -> bool:
        """Whether the lesson calls one of these methods on any object."""
        return bool(self.all_names & names)


def calls_of(analysis: LessonAnalysis, client: Client) -> Calls:
    """The calls in the session of a client; a client without a name escapes."""
    session = analysis.once(_sessions)[client.cell.block.index]
    name = client.variable
    others = {each.variable for each in clients_of(analysis)} - {name}
    return Calls(
        frozenset(session.methods.get(name, ())),
        frozenset(session.all_names),
        name in session.handed_on or not name,
        not session.commits_given_offsets <= others,
        name in session.read_for_ever,
    )


def _sessions(analysis: LessonAnalysis) -> dict[int, "_Session"]:
    """The calls in the session of each block."""
    found: dict[int, _Session] = {}
    for session in analysis.sessions:
        read = _Session()
        for cell in session.cells:
            found[cell.block.index] = read
            if cell.tree is not None:
                read.read(cell.tree)
    return found


class _Session(Struct):
    """By the names that methods are called on: the methods, and the names that are passed on."""

    methods: dict[str, set[str]] = field(default_factory=dict)
    all_names: set[str] = field(default_factory=set)
    handed_on: set[str] = field(default_factory=set)
    read_for_ever: set[str] = field(default_factory=set)
    commits_given_offsets: set[str] = field(default_factory=set)

    def read(self, tree: ast.AST) -> None:
        """Process one block; each node is visited with its parent and the endless loop that contains it."""
        todo: list[tuple[ast.AST, ast.AST | None, bool]] = [(tree, None, False)]
        while todo:
            node, parent, for_ever = todo.pop()
            if isinstance(node, ast.While):
                for_ever = _has_no_end(node)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self._call(node, node.func, for_ever=for_ever)
            if isinstance(node, ast.Name | ast.Attribute) and _goes_on(node, parent):
                self.handed_on.add(dotted_name(node))
            todo += [(each, node, for_ever) for each in children(node)]

    def _call(self, call: ast.Call, func: ast.Attribute, *, for_ever: bool) -> None:
        holder = dotted_name(func.value)
        self.all_names.add(func.attr)
        self.methods.setdefault(holder, set()).add(func.attr)
        given = [*call.args, *(each.value for each in call.keywords)]
        if func.attr == "commit" and any(not isinstance(each, ast.Constant) for each in given):
            self.commits_given_offsets.add(holder)
        if for_ever and func.attr in _READS:
            self.read_for_ever.add(holder)


def _goes_on(node: ast.Name | ast.Attribute, parent: ast.AST | None) -> bool:
    """Whether an object itself is used here, and not one of its members."""
    if not isinstance(node.ctx, ast.Load) or isinstance(parent, ast.Attribute | ast.If):
        return False
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name):
        return parent.func.id not in _LOOK
    return not (isinstance(parent, ast.Call) and node is parent.func)


def _has_no_end(loop: ast.While) -> bool:
    """`while True` without a `break` or `return` of its own."""
    if not (isinstance(loop.test, ast.Constant) and loop.test.value):
        return False
    todo: list[ast.AST] = list(loop.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Break | ast.Return):
            return False
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            todo += children(node)
    return True
