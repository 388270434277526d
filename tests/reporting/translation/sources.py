"""What the source can say to an author: the texts of its strings and f-strings, between their holes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "checker"
# The rooms whose strings become messages and reasons, and the report's own words.
ROOMS = (
    "rules",
    "reading",
    "languages",
    "schema/wording.py",
    "analysis/cells.py",
    "analysis/excerpts.py",
    "analysis/needs",
    "analysis/not_code.py",
    "analysis/plain_text.py",
    "analysis/quotations.py",
    "analysis/unparsed.py",
    "judging",
    "running/plan.py",
    "running/offer.py",
    "running/lacking.py",
    "running/verdicts.py",
    "fixing",
    "reporting/words.py",
    "reporting/paragraphs.py",
    "reporting/markdown.py",
    "cli/status.py",
    "cli/sharding.py",
    "cli/keeping.py",
    "cli/fixes.py",
    "cli/watch.py",
)
# What ends a run is English: it goes to whoever set the checker up, and to search engines.
_NO_MESSAGES = {"CheckerError", "ConfigError", "UsageError", "BadParameter", "option", "compile"}
_HOLE = "\0"
_QUOTED = re.compile(r"`[^`]*`|'[^' ]*'|\"[^\"]*\"|\{[a-z]\w*[*#!&]?\}|\[services[^]]*\]|\d[\d.:TZ-]*")
_BETWEEN = re.compile(r"[\0.;:?!(),…=]+")
_WORDS = re.compile(r"[A-Za-z][\w'’/-]*(?: [A-Za-z][\w'’/-]*)+")
# A regular expression, or code.
_NO_MESSAGE = re.compile(r"\\[bdswWSDAZn]|\(\?|\]\*|^\^|import |\(\): |_:\n")


def clauses(text: str) -> Iterator[str]:
    """The parts of a text that are words of ours: without what is quoted, numbers, holes and marks."""
    for part in _BETWEEN.split(_QUOTED.sub(_HOLE, text).replace("(s)", "s")):
        if words := _WORDS.fullmatch(part.strip(" '\"`")):
            yield words[0]


def texts() -> Iterator[tuple[str, str]]:
    """Module and clause, for each clause of at least two words that may stand in a message."""
    for room in ROOMS:
        path = PACKAGE / room
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for text in _in_node(ast.parse(file.read_text(encoding="utf-8"))):
                if not _NO_MESSAGE.search(text):
                    for clause in clauses(text):
                        yield file.relative_to(PACKAGE).as_posix(), clause


def _in_node(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Assert():
                continue  # a docstring; what is raised is told by its own room
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="split")):
                continue  # a list of words
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _NO_MESSAGES:
                continue
            case ast.Constant(value=str(text)):
                yield text
            case ast.JoinedStr(values=values):
                yield "".join(str(each.value) if isinstance(each, ast.Constant) else _HOLE for each in values)
                for each in values:
                    if isinstance(each, ast.FormattedValue):
                        yield from _in_node(each)
            case _:
                yield from _in_node(child)
