"""The state of the abstract interpretation: the current position and the bindings of names."""

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from checker.analysis.cell import Cell, Session
from checker.analysis.frames.hints import Hints
from checker.analysis.frames.kinds import UNKNOWN, Frame, Function, Kind, Member, Series
from checker.analysis.frames.libraries import conventional
from checker.analysis.frames.scope import Scope

# Deeper code is generated, not taught, and must not exhaust Python's own stack.
_DEEPEST = 80


class Machine:
    """What is known at one moment of the walk through a session."""

    def __init__(self, session: Session) -> None:
        # The current nesting depth.
        self.depth = 0
        self.watchers: dict[type, list[Callable[[ast.AST], None]]] = {}
        # Code that readers do not see: it has effects, but rules do not look at it.
        self.hidden: set[ast.AST] = set()
        self.hints = Hints(session)
        self.cell: Cell = session.cells[0]
        self.scope: Scope[Kind] = Scope()
        # The scopes of the calls in progress: what a function does to its argument is visible to its callers.
        self.callers: list[Scope[Kind]] = []
        # The statement that is being walked.
        self.statement: ast.stmt = ast.Pass()
        # The function whose body is being walked.
        self.function: ast.AST | None = None
        # Functions that nothing has called yet; at the end they are walked by themselves.
        self.uncalled: dict[ast.AST, Function] = {}
        # The lambdas that a method of a series calls with each of its values.
        self.handed_over: set[ast.AST] = set()
        self.returned: list[Kind] = []
        self.yielded: list[Kind] = []
        # Exceptions and warnings that the surrounding statements anticipate, by name.
        self.handled: tuple[str, ...] = ()
        # The operands of the `or` around this expression.
        self.alternatives: tuple[ast.expr, ...] = ()
        self.kinds: dict[ast.AST, Kind] = {}

    def note(self, node: ast.AST) -> None:
        """Show an evaluated node to those who watch its type."""
        if node not in self.hidden:
            for look in self.watchers.get(type(node), ()):
                look(node)

    @property
    def is_followed(self) -> bool:
        """Whether the code is not too deep to be followed."""
        return self.depth <= _DEEPEST

    @contextmanager
    def inner_scope(self) -> Iterator[Scope[Kind]]:
        """A scope inside the current one: of a comprehension or a class."""
        outer = self.scope
        self.scope = Scope(outer)
        try:
            yield self.scope
        finally:
            self.scope = outer

    @contextmanager
    def body_of(self, function: Function) -> Iterator[Scope[Kind]]:
        """The context of a call: the function's own scope, cell, statement and results."""
        place = self.scope, self.cell, self.statement, self.function
        around = self.returned, self.yielded, self.handled
        self.callers.append(self.scope)
        self.scope, self.cell = Scope(function.scope), function.cell
        self.statement, self.function = function.statement, function.node
        self.returned, self.yielded = [], []
        try:
            yield self.scope
        finally:
            self.scope, self.cell, self.statement, self.function = place
            self.returned, self.yielded, self.handled = around
            self.callers.pop()

    def look_up(self, name: str) -> Kind:
        """The kind of a name: by its binding, by convention, or by its use."""
        bound = self.scope.find(name)
        if bound is None:
            return self._unbound(name)
        if bound != UNKNOWN:
            return bound
        return Frame(sure=False) if self.hints.may_be_frame(name) else self._by_use(name)

    def _unbound(self, name: str) -> Kind:
        if hasattr(builtins, name):
            return Member(f"builtins.{name}")
        if name in ("DataFrame", "Series") and not self.hints.foreign:
            return Member(f"pandas.{name}")
        if self.hints.looks_like_frame(name):
            # It is bound from now on, so that what is learned about its columns is kept.
            frame = Frame(sure=False)
            self.scope.module().bind(name, frame)
            return frame
        return conventional(name) or self._by_use(name)

    def _by_use(self, name: str) -> Kind:
        index = self.hints.series_by_use(name)
        if index is not None:
            return Series("", sure=False, index=index)
        return Frame(sure=False) if self.hints.used_as_frame(name, self.function) else UNKNOWN

    def forget(self, kinds: Iterable[Kind]) -> None:
        """Forget the columns of the frames among these, which unknown code may have changed."""
        for kind in kinds:
            if isinstance(kind, Frame):
                self.replace(kind, Frame(sure=kind.sure))

    def replace(self, old: Kind, new: Kind) -> None:
        """Bind every name of the object `old` to `new`, because the object has changed."""
        for scope in (*self.callers, self.scope):
            scope.replace(old, new)
