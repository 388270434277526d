"""Whether a session may hold anything of pandas: asked of its words, since most sessions hold nothing.

To follow values through a session costs a hundred times as much. Every way by which the walk comes to an
object of pandas is asked about here, so a no is certain; behind a yes there may be nothing.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from checker.analysis.cell import Cell, Session
from checker.analysis.cells import setup_tree
from checker.analysis.frames.api import (
    SERIES_METHODS,
    SERIES_OF_DATES,
    TELLING_METHODS,
    TELLING_OF_COLUMNS,
    TELLING_PROPERTIES,
)
from checker.analysis.frames.conventions import (
    CLASSES,
    CONVENTIONAL,
    FOREIGN,
    GIVE_FRAMES,
    GIVE_FRAMES_ONLY,
    TO_PANDAS,
    names_frame,
    names_series,
)
from checker.analysis.frames.hints import Hints, is_masked
from checker.analysis.trees import nodes_of
from checker.patterns import regex

# Modules with frames or arrays, the names that lessons give to them, and what hands data over to pandas: `df`
# is such a method as well, and far more often a variable.
_SOURCES = frozenset({
    "pandas",
    "numpy",
    *(function.partition(".")[0] for function in (*GIVE_FRAMES, *GIVE_FRAMES_ONLY)),
    *(name for name, module in CONVENTIONAL.items() if module not in FOREIGN),
    *(TO_PANDAS - {"df"}),
})  # fmt: skip
_TELLING = TELLING_METHODS | TELLING_OF_COLUMNS | TELLING_PROPERTIES
_TELLING_OF_SERIES = SERIES_OF_DATES | SERIES_METHODS | {"iloc", "loc", "index"}
_WORD = regex(r"\w+")
# One of these is in every name of a frame.
_IN_FRAME_NAMES = ("df", "frame")

# What is asked of objects, each member with the names of arguments of which one has to be there as well; none
# where the member is enough.
Forms = Mapping[str, frozenset[str]]


def may_hold_pandas(session: Session, forms: Forms) -> bool:
    """Whether anything in a session may be of pandas; `forms` speak for it where nothing else is known."""
    code = [each for cell in session.cells for each in _code(cell)]
    text = "\n".join(source for source, _ in code)
    # Python takes letters that only look otherwise for one another.
    words = frozenset(_WORD.findall(text if text.isascii() else normalize("NFKC", text)))
    if not words.isdisjoint(_SOURCES):
        return True
    nodes = [node for _, tree in code for node in nodes_of(tree, ast.Attribute, ast.Subscript)]
    if "df" in words and ("getattr" in words or any(_members(nodes, frozenset({"df"})))):
        return True
    return _is_told(words, nodes, forms) and not Hints(session).foreign


def _code(cell: Cell) -> Iterator[tuple[str, ast.Module]]:
    """What is walked of a cell, as text and as a tree: itself, and the hidden code that runs before it."""
    hidden = cell.block.directive("setup")
    if hidden and (tree := setup_tree(cell)) is not None:
        yield hidden.value or "", tree
    if cell.tree is not None:
        yield cell.source, cell.tree


def _is_told(words: frozenset[str], nodes: Sequence[ast.AST], forms: Forms) -> bool:
    """Whether a name or a use speaks for pandas, where no other library has frames."""
    if not words.isdisjoint(CLASSES) or _names_frame(words):
        return True
    known = words.intersection(forms)
    telling = frozenset(name for name in known if not forms[name] or not forms[name].isdisjoint(words))
    if any(_members(nodes, telling | (words & _TELLING))):
        return True
    of_names = (node.value for node in _members(nodes, words & _TELLING_OF_SERIES))
    return any(isinstance(owner, ast.Name) and names_series(owner.id) for owner in of_names) or any(
        isinstance(node, ast.Subscript) and is_masked(node) for node in nodes
    )


def _names_frame(words: frozenset[str]) -> bool:
    # In most sessions no word has these letters.
    all_words = " ".join(words).lower()
    return any(each in all_words for each in _IN_FRAME_NAMES) and any(map(names_frame, words))


def _members(nodes: Iterable[ast.AST], names: frozenset[str]) -> Iterable[ast.Attribute]:
    """Where a member with one of these names is asked for; no name, no question."""
    return (node for node in nodes if isinstance(node, ast.Attribute) and node.attr in names) if names else ()
