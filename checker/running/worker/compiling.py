"""Compiles a block to code objects as a notebook does: the last expression is displayed."""

import __future__

import ast
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import CodeType
from typing import Literal, NamedTuple

from checker.running.worker.watching import Watcher, may_hide

# Which top-level expressions are echoed.
Echoes = Literal["last", "all", "none"]

Instrument = Callable[[ast.Module], ast.Module]

_FEATURES = 0
for _name in __future__.all_feature_names:
    _FEATURES |= getattr(__future__, _name).compiler_flag


class Compiled(NamedTuple):
    """A cell's code objects in order, and its syntax tree with the lesson's line numbers."""

    codes: tuple[CodeType, ...]
    tree: ast.Module


class Compiler:
    """Compiles the cells of a session as parts of the file `path`, with the hooks that `watcher` adds."""

    def __init__(self, path: str, watcher: Watcher) -> None:
        self._path = path
        self._watcher = watcher
        self._flags = 0

    def compile(
        self,
        source: str,
        first_line: int,
        echoes: Echoes,
        instrument: Instrument | None = None,
        *,
        singly: bool = False,
    ) -> Compiled:
        """Compile the next cell. A last expression before a `;` is not echoed.

        `instrument` may change what is compiled, but not the statements at the top level. `singly` gives one
        code object for each of these.
        """
        # Blank lines in front give the tree and the code the lesson's line numbers.
        source = "\n" * (first_line - 1) + source
        tree = self._parse(source)
        codes = []
        parts = self._watched(source, echoes, instrument) or _parts(tree, source, echoes)
        for part in _split(parts) if singly else parts:
            mode = "single" if isinstance(part, ast.Interactive) else "exec"
            flags = self._flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            code = compile(part, self._path, mode, flags, True)
            # `from __future__` applies from here on, also to the cells that follow.
            self._flags |= code.co_flags & _FEATURES
            codes.append(code)
        return Compiled(tuple(codes), tree)

    def _parse(self, source: str) -> ast.Module:
        flags = self._flags | ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        tree: ast.Module = compile(source, self._path, "exec", flags, True)
        return tree

    def compile_rest(self, statements: Iterable[ast.stmt]) -> Iterator[CodeType]:
        """The statements of a cell one by one, without those that await."""
        for statement in statements:
            with suppress(SyntaxError):
                yield compile(ast.Module([statement], []), self._path, "exec", self._flags, True)

    def _watched(
        self, source: str, echoes: Echoes, instrument: Instrument | None
    ) -> list[ast.Module | ast.Interactive]:
        """The cell with hooks, or nothing when it needs none.

        Other analyses of the cell use the plain tree.
        """
        if instrument is None and not may_hide(source):
            return []
        tree = self._parse(source)
        try:
            parts = _parts(instrument(tree) if instrument else tree, source, echoes)
            for part in parts if may_hide(source) else ():
                self._watcher.visit(part)
        except RecursionError:  # nested too deeply for us, though not for Python: it runs without hooks
            return []
        return parts


def _split(parts: Iterable[ast.Module | ast.Interactive]) -> Iterator[ast.Module | ast.Interactive]:
    for part in parts:
        if isinstance(part, ast.Interactive):
            yield part
        else:
            yield from (ast.Module([statement], []) for statement in part.body)


def _parts(tree: ast.Module, source: str, echoes: Echoes) -> list[ast.Module | ast.Interactive]:
    if echoes == "all":
        return [ast.Interactive([statement]) for statement in tree.body]
    last = tree.body[-1] if tree.body else None
    if echoes == "none" or not isinstance(last, ast.Expr) or _is_silenced(last, source):
        return [tree]
    return [ast.Module(tree.body[:-1], []), ast.Interactive([last])]


def _is_silenced(last: ast.Expr, source: str) -> bool:
    """Whether a `;` follows the last expression; only brackets and comments can be in between."""
    end_line, end_column = last.end_lineno or 0, last.end_col_offset or 0
    lines = source.split("\n")[end_line - 1 :]
    lines[0] = lines[0].encode()[end_column:].decode()
    return any(";" in line.partition("#")[0] for line in lines)
