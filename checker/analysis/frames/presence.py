"""Decides from its words whether a session may use pandas at all, since most sessions do not.

Inference costs a hundred times as much. Every way in which the walk can reach a pandas object is covered
here, so a no is certain; a yes may be a false alarm.
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

# Modules with frames or arrays, their usual names, and methods that convert to pandas. `df` is such a method
# as well, but far more often a variable.
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
# Every conventional name of a frame contains one of these.
_IN_FRAME_NAMES = ("df", "frame")

# Members of objects that suggest pandas, each with argument names of which one must be present; none where
# the member alone is enough.
Forms = Mapping[str, frozenset[str]]


def may_hold_pandas(session: Session, forms: Forms) -> bool:
    """Whether anything in a session may be of pandas; `forms` suggest it where nothing else is known."""
    code = [each for cell in session.cells for each in _code(cell)]
    text = "\n".join(source for source, _ in code)
    # Python normalises identifiers: letters that look different can be the same.
    words = frozenset(_WORD.findall(text if text.isascii() else normalize("NFKC", text)))
    if not words.isdisjoint(_SOURCES):
        return True
    nodes = [node for _, tree in code for node in nodes_of(tree, ast.Attribute, ast.Subscript)]
    if "df" in words and ("getattr" in words or any(_members(nodes, frozenset({"df"})))):
        return True
    return _is_told(words, nodes, forms) and not Hints(session).foreign


def _code(cell: Cell) -> Iterator[tuple[str, ast.Module]]:
    """The code of a cell as text and as a tree: itself, and the hidden code that runs before it."""
    hidden = cell.block.directive("setup")
    if hidden and (tree := setup_tree(cell)) is not None:
        yield hidden.value or "", tree
    if cell.tree is not None:
        yield cell.source, cell.tree


def _is_told(words: frozenset[str], nodes: Sequence[ast.AST], forms: Forms) -> bool:
    """Whether a name or a use suggests pandas, where no other library with frames is used."""
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
    # Most sessions do not contain these letters.
    all_words = " ".join(words).lower()
    return any(each in all_words for each in _IN_FRAME_NAMES) and any(map(names_frame, words))


def _members(nodes: Iterable[ast.AST], names: frozenset[str]) -> Iterable[ast.Attribute]:
    """Attribute accesses with one of these names; the tree is not walked when there are no names."""
    return (node for node in nodes if isinstance(node, ast.Attribute) and node.attr in names) if names else ()
