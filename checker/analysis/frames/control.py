"""Control flow: conditions, loops, `try`, `with`, `match`."""

import ast
from collections.abc import Callable, Sequence
from functools import partial

from checker.analysis.frames.branches import come_together, run_apart, run_each
from checker.analysis.frames.containers import iterated
from checker.analysis.frames.expressions import Expressions
from checker.analysis.frames.handling import caught, expected, guarded
from checker.analysis.frames.machine import Machine
from checker.analysis.frames.narrowing import Narrowing, narrowings

Execute = Callable[[Sequence[ast.stmt]], None]

# A loop's body is walked again when the first pass changed what is known, except in loops nested deeper than
# this: each level would double the work.
_LOOPS_WALKED_AGAIN = 3


class Control:
    """Executes compound statements on a machine."""

    def __init__(self, machine: Machine, expressions: Expressions, execute: Execute) -> None:
        self._machine = machine
        self._expressions = expressions
        self._execute = execute
        self._loops = 0
        self.handlers: dict[type[ast.stmt], Callable[..., None]] = {
            ast.If: self._if,
            ast.For: self._for,
            ast.AsyncFor: self._for,
            ast.While: self._while,
            ast.With: self._with,
            ast.AsyncWith: self._with,
            ast.Try: self._try,
            ast.TryStar: self._try,
            ast.Match: self._match,
            ast.Assert: self._assert,
        }

    def _if(self, node: ast.If) -> None:
        # `elif` is an `if` in an `else`; this is a loop because there may be hundreds.
        ways: list[Callable[[], None]] = []
        passed: list[Narrowing] = []
        ready: tuple[str, ...] = ()
        following: Sequence[ast.stmt] = [node]
        while len(following) == 1 and isinstance(following[0], ast.If):
            branch = following[0]
            self._expressions.kind(branch.test)
            found = narrowings(branch.test, self._expressions.kind)
            ready = (*ready, *guarded(branch.test))
            holding = [*passed, *(each for each in found if not each.negated)]
            ways.append(partial(self._narrowed, holding, branch.body, ready))
            passed = [*passed, *(each for each in found if each.negated)]
            following = branch.orelse
        ways.append(partial(self._narrowed, passed, following, ready))
        run_each(self._machine.scope, ways)

    def _narrowed(
        self, known: Sequence[Narrowing], body: Sequence[ast.stmt], ready: tuple[str, ...] = ()
    ) -> None:
        for narrowing in known:
            self._machine.scope.bind(narrowing.name, narrowing.kind)
        self._ready(ready, body)

    def _assert(self, node: ast.Assert) -> None:
        self._expressions.kind(node.test)
        self._narrowed(
            [each for each in narrowings(node.test, self._expressions.kind) if not each.negated], []
        )

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        item = iterated(self._expressions.kind(node.iter))
        self._expressions.evaluate_target(node.target)
        self._machine.note(node)

        def once() -> None:
            self._expressions.assign(node.target, item)
            self._execute(node.body)

        self._loop(once)
        self._execute(node.orelse)

    def _while(self, node: ast.While) -> None:
        def once() -> None:
            self._expressions.kind(node.test)
            self._execute(node.body)

        self._loop(once)
        self._execute(node.orelse)

    def _loop(self, once: Callable[[], None]) -> None:
        """Walk a body; when it changes what is known at its beginning, walk it again."""
        scope = self._machine.scope
        self._loops += 1
        changed = come_together(scope, [{}, run_apart(scope, once)])
        if changed and self._loops <= _LOOPS_WALKED_AGAIN:
            come_together(scope, [{}, run_apart(scope, once)])
        scope.ended = False
        self._loops -= 1

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            kind = self._expressions.kind(item.context_expr)
            if item.optional_vars is not None:
                self._expressions.evaluate_target(item.optional_vars)
                self._expressions.assign(item.optional_vars, kind)
        self._ready(expected(node), node.body)

    def _ready(self, names: tuple[str, ...], body: Sequence[ast.stmt]) -> None:
        before = self._machine.handled
        self._machine.handled = (*before, *names)
        self._execute(body)
        self._machine.handled = before

    def _try(self, node: ast.Try | ast.TryStar) -> None:
        scope = self._machine.scope
        tried = run_apart(scope, lambda: self._ready(caught(node), node.body))
        ended = scope.ended

        def succeed() -> None:
            come_together(scope, [tried])
            scope.ended = ended
            self._execute(node.orelse)

        def fail(handler: ast.ExceptHandler) -> None:
            # The body may have failed before or after any of its statements.
            come_together(scope, [{}, tried])
            self._execute(handler.body)

        run_each(scope, [succeed, *(partial(fail, handler) for handler in node.handlers)])
        self._execute(node.finalbody)

    def _match(self, node: ast.Match) -> None:
        self._expressions.kind(node.subject)
        bodies = [partial(self._case, case) for case in node.cases]
        run_each(self._machine.scope, [*bodies, partial(self._execute, [])])

    def _case(self, case: ast.match_case) -> None:
        if case.guard is not None:
            self._expressions.kind(case.guard)
        self._execute(case.body)
