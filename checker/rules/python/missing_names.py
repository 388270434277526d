"""Messages about missing names, and whether a lesson may leave them to its readers."""

import ast
import builtins
from functools import lru_cache
from itertools import takewhile

from checker.analysis.cell import Cell
from checker.analysis.excerpts import is_known_module
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.modules import KNOWN_IMPORTS, KNOWN_MODULES
from checker.analysis.names import Missing
from checker.analysis.namespace import Place
from checker.analysis.uncalled import only_uncalled_calls
from checker.patterns import regex
from checker.spelling import nearest

_LOOKS_RIGHT = 0.8
_LETTERS_OF_A_SLIP = 2
_READERS_OWN = regex(r"(?:my|your|some)_[a-z]|(?:My|Your)[A-Z]|(?:MY|YOUR)_[A-Z]")
# Names that PySpark's shell and Databricks notebooks define:
# https://spark.apache.org/docs/latest/quick-start.html
_GIVEN_BY_SHELLS = frozenset({"spark", "sc", "sqlContext", "dbutils"})
# No lesson has more names; comparing all with each other would take minutes for a hostile one.
_MOST_COMPARED = 1000


def message(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    """What is missing, where it is defined, if anywhere, and what to do."""
    name = missing.name
    made = f"line {_line(analysis, missing.made)}" if missing.made else ""
    called = f"line {_line(analysis, missing.called)}" if missing.called else ""
    match missing.cause:
        case "call":
            return (
                f"`{name}` is not defined yet when {called} needs it: {made} defines it; move the call below"
            )
        case "later" if missing.made and isinstance(missing.made.node, ast.Import | ast.ImportFrom):
            return f"`{name}` is not defined yet: only {made} imports it; import it before this line"
        case "later":
            return f"`{name}` is not defined yet: only {made} defines it; move that up, or this down"
        case "deleted":
            return f"`{name}` is deleted by {made}; keep its value under another name"
        case "elsewhere":
            return f"`{name}` is not defined here, only in {missing.elsewhere}; define it in this session too"
    return f"`{name}` is not defined; {_remedy(analysis, cell, missing)}"


def doubt(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    """What would make the finding certain, for a name that a lesson may leave to its readers; else empty.

    That is a name which says so itself, and one that is used only in a function that nothing calls: an
    example of a function may leave out other code, and the block does not fail.
    """
    if missing.cause != "nowhere" or missing.name in KNOWN_IMPORTS or _meant(analysis, cell, missing.name):
        return ""
    if _READERS_OWN.match(missing.name):
        return " (its name suggests that the reader provides it)"
    if missing.name in _GIVEN_BY_SHELLS:
        return " (certain unless a PySpark shell or notebook provides it)"
    session = next(each for each in analysis.sessions if cell in each.cells)
    trees = [each.tree for each in session.cells if each.tree is not None]
    uncalled = only_uncalled_calls(missing.name, cell.tree, trees) if cell.tree else ""
    return f" (certain once something calls `{uncalled}`, which needs it)" if uncalled else ""


def _line(analysis: LessonAnalysis, place: Place) -> int:
    return analysis.lesson.blocks[place.block].span.line + int(getattr(place.node, "lineno", 1))


def _remedy(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    name = missing.name
    if cell.tree and is_known_module(missing, cell.tree):
        return f"add `{KNOWN_MODULES[name].statement}`"
    if name in KNOWN_IMPORTS:
        return f"add `{KNOWN_IMPORTS[name]}`"
    if meant := _meant(analysis, cell, name):
        return f"did you mean `{meant}`?"
    return "define or import it before this line"


def _meant(analysis: LessonAnalysis, cell: Cell, name: str) -> str:
    """The name of the session, or the builtin, that this one is a misspelling of; "" for none."""
    names = analysis.session_names[cell.block.index]
    return "" if len(names) > _MOST_COMPARED else _meant_of(name, names)


# Both the advice and the test for certainty need it.
@lru_cache(maxsize=64)
def _meant_of(name: str, names: frozenset[str]) -> str:
    near = nearest(name, sorted((names | set(dir(builtins))) - {name}), alike=_LOOKS_RIGHT)
    return near if near and _is_slip(name, near) else ""


def slip(analysis: LessonAnalysis, cell: Cell, name: str) -> str:
    """The same without plurals and the like: `row` beside `rows` is a name of its own."""
    near = _meant(analysis, cell, name)
    return "" if near.startswith(name) or (near and name.startswith(near)) else near


def _is_slip(name: str, near: str) -> bool:
    """Whether a name differs from another one by a letter or two in one place."""
    longer = max(len(name), len(near))
    if name.startswith(near) or near.startswith(name):
        return longer - min(len(name), len(near)) == 1
    return _alike(name, near) + _alike(name[::-1], near[::-1]) >= longer - _LETTERS_OF_A_SLIP


def _alike(one: str, other: str) -> int:
    """The length of the common beginning of two names."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
