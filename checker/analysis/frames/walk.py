"""Walks a session: every cell in order, in one namespace, with what is known at each step."""

import ast
from collections.abc import Callable, Iterable, Sequence

from checker.analysis.cell import Cell, Session
from checker.analysis.cells import setup_tree
from checker.analysis.frames.expressions import Expressions
from checker.analysis.frames.functions import Functions
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.known import Types
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.reads import Reads
from checker.analysis.frames.statements import Statements
from checker.model import Lesson


class SessionWalk:
    """One walk through the cells of a session that parse; `types` is what is known at the current node."""

    def __init__(self, lesson: Lesson, session: Session) -> None:
        self._session = session
        self._machine = Machine(session)
        self.types = Types(lesson, self._machine, Reads(lesson, session))
        self._functions = Functions(self._machine, self._evaluate, self._execute)
        self._expressions = Expressions(self._machine, self._functions.run)
        self._statements = Statements(self._machine, self._expressions)

    def watch(self, nodes: Iterable[type], look: Callable[[ast.AST], None]) -> None:
        """Call `look` with each node of these types whenever the walk passes it: in a loop, twice."""
        for node in nodes:
            self._machine.watchers.setdefault(node, []).append(look)

    def run(self) -> None:
        """Walk all cells, then the functions that nothing called."""
        for cell in self._session.cells:
            self._run_hidden(cell)
            if cell.tree is not None:
                self._machine.cell, self._machine.scope.ended = cell, False
                self._execute(cell.tree.body)
        self._functions.run_uncalled()

    def _run_hidden(self, cell: Cell) -> None:
        tree = setup_tree(cell)
        if tree is not None:
            self._machine.hidden.update(ast.walk(tree))
            self._machine.cell, self._machine.scope.ended = cell, False
            self._execute(tree.body)

    def _evaluate(self, node: ast.expr) -> Kind:
        return self._expressions.kind(node)

    def _execute(self, body: Sequence[ast.stmt]) -> None:
        self._statements.execute(body)
