"""Decides whether a cell is whole, broken, a fragment, or not code at all, and why."""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.cells import compile_cell, parse
from checker.analysis.included import is_included
from checker.analysis.modules import KNOWN_MODULES
from checker.analysis.names import CellNames, Missing
from checker.analysis.not_code import is_labelled_output, is_literals_only, not_code_tree, says_output
from checker.analysis.placeholders import find_placeholder, is_stub
from checker.analysis.scopes import own_nodes
from checker.analysis.trees import nodes_of
from checker.analysis.words import quoted
from checker.model import Lesson
from checker.patterns import regex

_PSEUDOCODE = regex(r"#[^\n'\"]{0,80}\b(?:pseudo-?code|псевдокод)", re.IGNORECASE)


class Verdict(Struct, frozen=True):
    """What a cell is, and why; `missing` are the names that a fragment or a broken cell lacks.

    `reason` is empty for a whole cell. For text that is not code it says what it is; for a cell that Python
    refuses it is the end of "it …"; otherwise it is a sentence of its own.
    """

    kind: Literal["whole", "broken", "fragment", "not-code", "newer"]
    reason: str = ""
    missing: tuple[Missing, ...] = ()


def judge_cell(lesson: Lesson, cell: Cell, names: CellNames, *, shown: bool) -> Verdict:
    """Judge one cell. `shown` is true for a block that shows a right or a wrong way.

    Such a block is an illustration: a name that the lesson makes only later proves nothing about it.
    """
    if is_included(cell.block.code):
        return Verdict("fragment", "the site includes a file in it")
    if cell.newer:
        return Verdict("newer", cell.newer)
    if cell.tree is None:
        return _judge_text(lesson, cell)
    if what := _not_code(lesson, cell, cell.tree, names):
        return Verdict("not-code", what)
    if reason := _excerpt_reason(cell, cell.tree, names):
        return Verdict("fragment", reason, names.missing)
    if cell.error:
        return Verdict("broken", _message(cell.error))
    return _judge_missing(lesson, cell, cell.tree, names, shown=shown)


def leans_on_excerpt(cell: Cell, verdict: Verdict, verdicts: Mapping[int, Verdict]) -> bool:
    """Whether a cell lacks only a name that a later excerpt makes.

    That excerpt does not run either, so this is not a step in the wrong place.
    """
    if verdict.kind != "broken" or len(verdict.missing) != 1 or cell.tree is None or _imports(cell.tree):
        return False
    (missing,) = verdict.missing
    if missing.cause != "later" or missing.made is None or missing.made.block == cell.block.index:
        return False
    return verdicts[missing.made.block].kind == "fragment"


def is_known_module(missing: Missing, tree: ast.Module) -> bool:
    """Whether a missing name is a module, and is used as one wherever the cell reads it."""
    known = KNOWN_MODULES.get(missing.name)
    if known is None:
        return False
    reads = [node for node in nodes_of(tree, ast.Name) if node.id == missing.name]
    attributes = [
        node.attr
        for node in nodes_of(tree, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == missing.name
    ]
    return len(reads) == len(attributes) and (not known.attributes or known.attributes.issuperset(attributes))


def _judge_text(lesson: Lesson, cell: Cell) -> Verdict:
    # Imported here: few lessons have text that does not parse, and these are long tables of patterns.
    from checker.analysis.bare_output import is_bare_output
    from checker.analysis.gaps import gap_filled_later
    from checker.analysis.plain_text import kind_of_text
    from checker.analysis.python_2 import is_python_2
    from checker.analysis.unparsed import excerpt_of

    if says_output(cell.block):
        return Verdict("not-code", "output")
    if what := kind_of_text(cell.source):
        return Verdict("not-code", what)
    if reason := excerpt_of(cell.source):
        return Verdict("fragment", reason)
    filled, gap = gap_filled_later(cell.source, lesson.blocks[cell.block.index + 1 :])
    if gap and parse(filled)[0] is not None:
        return Verdict("fragment", f"a later block gives {quoted([gap])} its value")
    if is_labelled_output(lesson, cell.block) or is_bare_output(lesson, cell.block):
        return Verdict("not-code", "output")
    if is_python_2(lesson, cell.block, cell.source):
        return Verdict("not-code", "code for Python 2")
    assert cell.error is not None
    return Verdict("broken", _message(cell.error))


def _not_code(lesson: Lesson, cell: Cell, tree: ast.Module, names: CellNames) -> str:
    if says_output(cell.block) or (is_literals_only(tree) and is_labelled_output(lesson, cell.block)):
        return "output"
    return not_code_tree(tree, frozenset(each.name for each in names.missing))


def _excerpt_reason(cell: Cell, tree: ast.Module, names: CellNames) -> str:
    if not tree.body:
        return "it has only comments" if cell.source.strip() else "it is empty"
    if placeholder := find_placeholder(cell.source, tree):
        node, text = placeholder
        return f"`{text}` at line {cell.lesson_line(node)} stands for omitted code"
    if all(is_stub(statement) for statement in tree.body):
        return "it is only a signature"
    if cell.error and _compiles_inside(tree):
        return _outside(cell.error)
    if any(each.name in ("self", "cls") for each in names.missing):
        return "it is the body of a class"
    return ""


def _outside(error: SyntaxError) -> str:
    # Python's messages: "'continue' not properly in loop", "'return' outside function".
    _, _, rest = error.msg.partition("'")
    word = rest.partition("'")[0]
    return f"`{word}` is outside {'a loop' if 'loop' in error.msg else 'a function'}"


def _compiles_inside(tree: ast.Module) -> bool:
    """Whether the statements would compile as the body of a loop in a function."""
    for header in ("def _(): pass", "async def _(): pass"):
        inside = ast.parse(header)
        function = inside.body[0]
        assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        function.body = [ast.While(test=ast.Constant(value=True), body=tree.body, orelse=[])]
        with suppress(SyntaxError):
            compile_cell(ast.fix_missing_locations(inside))
            return True
    return False


def _judge_missing(lesson: Lesson, cell: Cell, tree: ast.Module, names: CellNames, *, shown: bool) -> Verdict:
    missing = names.missing
    if not missing:
        return Verdict("whole")
    if _PSEUDOCODE.search(cell.source):
        return Verdict("fragment", "it says that it is pseudocode", missing)
    reason = "; ".join(_described(lesson, missing))
    if _imports(tree) or _is_certain(tree, cell, missing, shown=shown):
        return Verdict("broken", reason, missing)
    return Verdict("fragment", reason, missing)


def _described(lesson: Lesson, missing: tuple[Missing, ...]) -> Iterator[str]:
    """Describes the missing names, grouping those with nothing else to say about them."""
    plain = [each.name for each in missing if not each.made and not each.elsewhere]
    if plain:
        yield f"{quoted(plain)} {'is' if len(plain) == 1 else 'are'} not defined in an earlier block"
    for each in missing:
        if each.elsewhere:
            yield f"`{each.name}` is defined only in {each.elsewhere}"
        elif each.made:
            line = lesson.blocks[each.made.block].span.line + getattr(each.made.node, "lineno", 1)
            what = "deleted at" if each.cause == "deleted" else "defined only later, at"
            yield f"`{each.name}` is {what} line {line}"


def _imports(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module != "__future__")
        for node in own_nodes(tree.body)
    )


def _is_certain(tree: ast.Module, cell: Cell, missing: tuple[Missing, ...], *, shown: bool) -> bool:
    """Whether a cell without imports of its own is certainly broken rather than an excerpt."""
    if len(missing) == 1 and missing[0].cause in ("later", "elsewhere") and not shown:
        return True
    return all(_is_certainly_missing(each, tree, cell) for each in missing)


def _is_certainly_missing(missing: Missing, tree: ast.Module, cell: Cell) -> bool:
    if missing.cause in ("call", "deleted"):
        return True
    if missing.made and missing.made.block == cell.block.index:
        return True
    return is_known_module(missing, tree)


def _message(error: SyntaxError) -> str:
    return f"does not parse: {error.msg}"
