"""What the cells of a lesson need that may not be available."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from checker.analysis.cell import Cell, Session
from checker.analysis.cells import setup_tree
from checker.analysis.last_names import last_name
from checker.analysis.needs.command_line import find_arguments
from checker.analysis.needs.files import Files
from checker.analysis.needs.meaning import Meanings
from checker.analysis.needs.packages import find_in_magic, find_packages
from checker.analysis.needs.reach import Definitions, Reached, reach
from checker.analysis.needs.services import Services
from checker.analysis.needs.spark import Spark
from checker.analysis.needs.waiting import endless, find_input
from checker.analysis.needs.want import Want
from checker.analysis.trees import nodes_of

# The nodes that reveal needs or the meaning of names; three of five nodes are of other types.
_TELLING = (
    ast.Call, ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Subscript, ast.Dict,
    ast.Compare, ast.BoolOp, ast.For, ast.While, ast.withitem, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.ClassDef,
)  # fmt: skip
_IMPORTS = (ast.Import, ast.ImportFrom)
_MAY_NOT_END = (ast.Call, ast.For, ast.While)
_SETS_START = frozenset({"get_context", "set_start_method"})
_STARTS_ANEW = frozenset({"spawn", "forkserver"})
# Used by scripts to find their own folder.
_OWN_FILE = frozenset({"__file__"})


class CellNeeds(Struct):
    """What one cell needs, in the order of its code, and why it does not end (empty: it does).

    `reads` maps files to the earlier blocks that write them. `script` says what it expects of its own file,
    which a notebook cell does not have; empty when nothing.
    """

    wants: list[Want] = []
    reads: dict[str, int] = {}
    endless: str = ""
    script: str = ""


class _Knowledge:
    """What is known about a session while its cells are read in order."""

    def __init__(self) -> None:
        self.definitions = Definitions()
        self.trees: list[ast.Module] = []
        self.meanings = Meanings()
        self.services = Services(self.meanings)
        self.spark = Spark(self.meanings)


def needs_of(cells: Iterable[Cell], sessions: Iterable[Session]) -> Mapping[int, CellNeeds]:
    """The needs of a lesson's cells by the index of their block."""
    knowledge: dict[int, _Knowledge] = {}
    for session in sessions:
        knowledge |= dict.fromkeys((cell.block.index for cell in session.cells), _Knowledge())
    files = Files()
    return {cell.block.index: _find(cell, knowledge[cell.block.index], files) for cell in cells}


def _find(cell: Cell, known: _Knowledge, files: Files) -> CellNeeds:
    needs = CellNeeds()
    for _, text in cell.magics:
        needs.wants += find_in_magic(text)
    for tree in (setup_tree(cell), cell.tree):
        if tree is not None:
            _find_in(tree, cell.block.index, known, files, needs)
    needs.wants = list(dict.fromkeys(needs.wants))
    return needs


def _find_in(tree: ast.Module, index: int, known: _Knowledge, files: Files, needs: CellNeeds) -> None:
    known.definitions.learn(tree)
    known.trees.append(tree)
    asks_for_file = False
    for reached in reach(tree, known.definitions, _TELLING, _OWN_FILE):
        node = reached.node
        if isinstance(node, ast.Name):
            asks_for_file |= not reached.handles("NameError")
            continue
        known.meanings.learn(node)
        needs.wants += _wants(reached, known, files)
        if isinstance(node, ast.Call):
            for want in files.find(node, reached, known.meanings, index):
                _take_file(want, index, files, needs)
        if not needs.endless and isinstance(node, _MAY_NOT_END):
            needs.endless = endless(reached, known.meanings, known.trees)
    if asks_for_file and not _probes_for_file(tree):
        needs.script = "a notebook has no `__file__`"
    elif _spawns_own_work(tree, known.trees):
        needs.script = "spawned processes import its functions from a file"


def _spawns_own_work(tree: ast.Module, trees: Iterable[ast.Module]) -> bool:
    """Whether the cell spawns processes, which do not know what a notebook has defined.

    https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
    """
    return any(
        isinstance(node.func, ast.Attribute | ast.Name)
        and last_name(node.func) in _SETS_START
        and any(isinstance(each, ast.Constant) and each.value in _STARTS_ANEW for each in node.args)
        for node in nodes_of(tree, ast.Call)
    ) and any(nodes_of(each, ast.FunctionDef) for each in trees)


def _wants(reached: Reached, known: _Knowledge, files: Files) -> Iterator[Want]:
    """What one node needs, except for files."""
    meanings, is_call = known.meanings, isinstance(reached.node, ast.Call)
    if is_call or isinstance(reached.node, _IMPORTS):
        for want in find_packages(reached, meanings):
            if files.writer(f"{want.need.name}.py") is None:
                yield want
    yield from known.services.find(reached)
    if is_call:
        yield from known.spark.find(reached)
        yield from find_input(reached, meanings)
    yield from find_arguments(reached, meanings, known.trees, known.definitions.functions)


def _take_file(want: Want, index: int, files: Files, needs: CellNeeds) -> None:
    writer = files.writer(want.need.name)
    if writer is None:
        needs.wants.append(want)
    elif writer != index:
        needs.reads[want.need.name] = writer


def _probes_for_file(tree: ast.Module) -> bool:
    """Code that tests `"__file__" in globals()` is prepared for a notebook, which has none."""
    return any(node.value == "__file__" for node in nodes_of(tree, ast.Constant))
