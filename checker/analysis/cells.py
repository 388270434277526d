"""Turns blocks into cells: selects the Python blocks and parses each as far as possible."""

import ast
import re
import warnings
from typing import TYPE_CHECKING

from checker.analysis.cell import Cell
from checker.analysis.myst import is_kernel_cell, is_python_directive, without_options
from checker.analysis.notebook import Plain, has_prompts, without_magics, without_prompts
from checker.analysis.trees import levels
from checker.model import Block, Lesson
from checker.patterns import regex

if TYPE_CHECKING:
    from checker.analysis.newer_python import Newer

# `python`, `Python`, `{python}`, `python{1,3}`, `python,ignore`; not `python-repl`, nor Sphinx's `{py:data}`.
_PYTHON = regex(r"(?!\{py:)\{?\.?(?:python3?|py|ipython|pycon)(?![\w.+#-])", re.IGNORECASE)

# Code that reads trees is recursive, and Python's recursion limit is about a thousand calls.
_MOST_LEVELS = 200


def is_python(block: Block) -> bool:
    """Whether a fence's language is one that is run as Python."""
    if block.lang is None:
        return False
    return _PYTHON.match(block.lang) is not None or is_python_directive(block)


def cells_of(lesson: Lesson) -> tuple[Cell, ...]:
    """The Python blocks of a lesson as cells, in order."""
    return tuple(
        to_cell(block) for block in lesson.blocks if is_python(block) or is_kernel_cell(lesson, block)
    )


def to_cell(block: Block) -> Cell:
    """Prepare a Python block; the cell's `tree` and `error` tell whether it parses."""
    code = block.code.replace("\r\n", "\n").replace("\r", "\n")
    if (block.lang or "").startswith("{"):
        code = without_options(code)
    plain = Plain(code, (0,) * (code.count("\n") + 1))
    tree, error = parse(code)
    # In code that parses as written, `>>>` and `%` lines occur only inside strings.
    console = tree is None and has_prompts(code)
    if console:
        plain = without_prompts(code)
        tree, error = parse(plain.source)
    if tree is None:
        plain = without_magics(plain)
        tree, error = parse(plain.source) if plain.magics else (tree, error)
    if tree is None and (newer := _for_newer_python(plain.source)):
        tree, _ = parse(newer.source)
        words = f"Python {newer.version} ({newer.what})"
        return Cell(block, plain.source, plain.shifts, plain.magics, console, tree, error, words)
    return Cell(block, plain.source, plain.shifts, plain.magics, console, tree, error)


def _for_newer_python(source: str) -> "Newer | None":
    # Imported here: few lessons have text that does not parse.
    from checker.analysis.newer_python import newer_python

    return newer_python(source, lambda text: parse(text)[0] is not None)


def parse(source: str) -> tuple[ast.Module | None, SyntaxError | None]:
    """The tree of a source and the reason why it cannot be compiled; either, neither or both may be None."""
    tree = None
    try:
        with warnings.catch_warnings():
            # Lessons are full of invalid escapes such as "\d"; warnings are reported by a run.
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            if levels(tree) > _MOST_LEVELS:
                return None, SyntaxError(f"it is nested more than {_MOST_LEVELS} levels deep")
            compile_cell(tree)
    except SyntaxError as error:
        return tree, error
    except ValueError as error:  # NUL characters, lone surrogates
        return None, SyntaxError(f"Python cannot read it: {error}")
    except (MemoryError, RecursionError):
        return None, SyntaxError("it is nested too deeply for Python")
    return tree, None


def compile_cell(tree: ast.Module) -> None:
    """Compile a tree as a notebook does. Raises SyntaxError when that is not possible."""
    compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def setup_tree(cell: Cell) -> ast.Module | None:
    """The hidden code that runs before a cell, or None when there is none that parses."""
    setup = cell.block.directive("setup")
    return parse(setup.value or "")[0] if setup else None
