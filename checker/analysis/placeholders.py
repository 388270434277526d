"""Placeholders for code that the lesson leaves to its reader: `...`, `<placeholder>`, `{{ name }}`, `___`."""

import ast
import re
from collections.abc import Iterator

from checker.analysis.last_names import last_name
from checker.analysis.trees import children, nodes_of
from checker.patterns import regex

# Functions for which `...` is a value: "required" for parameters, a subject for a lesson about Ellipsis.
_TAKE_ELLIPSIS = {
    "Argument", "Body", "Cookie", "Depends", "Field", "File", "Form", "Header", "Option", "Path", "Query",
    "Security", "field", "id", "isinstance", "print", "repr", "type",
}  # fmt: skip
_RUNS_SQL = regex(r"sql|execute|query", re.IGNORECASE)
_ELIDED_SQL = regex(r"\(\s*(?:\.\.\.|…)\s*\)")

# The source of every placeholder in a tree contains one of these; most code does not, and is not searched.
# Each alternative begins with a sign of its own, so that the text in between is skipped in C.
_MAY_HOLD_ANY = regex(r"\.\.\.|…|\{\s*\{|__(?<!\w__)_*(?!\w)")
# A gap to write in. One alone is what a notebook showed last, or something that nobody needs.
_BLANK = "__"

# In text that does not parse. `= # from the previous section` leaves the value out as well.
_IN_TEXT = regex(
    r"<[^\W\d_][\w .:/-]*(?<! )>"
    r"|\$\{\w+\}"
    r"|\{\{[^{}\n]*\}\}"
    r"|\.\.\.|…"
    r"|\?{3,}"
    r"|(?<==)(?=[ \t]*\#)"
    r"|\{\w+\}|\{[^\W\d]\w*(?: \w+){1,5}\}(?=[\w{/:-])"
)


def fill_placeholders(source: str) -> tuple[str, str]:
    """The source with a name in the place of each placeholder, and the first placeholder, if any."""
    first = _IN_TEXT.search(source)
    if not first:
        return source, ""
    # `???'a+'` is a gap for the prefix of a string.
    filled = _IN_TEXT.sub(lambda found: "" if found[0][:1] == "?" and _is_before_text(found) else "_", source)
    return filled, first[0] or "a comment"


def _is_before_text(found: re.Match[str]) -> bool:
    return found.string[found.end() : found.end() + 1] in ("'", '"')


def find_placeholder(source: str, tree: ast.Module) -> tuple[ast.AST, str] | None:
    """The first node that stands for something left out, and how it is written."""
    if not _MAY_HOLD_ANY.search(source):
        return None
    found = list(_blanks(tree)) if _BLANK in source else []
    if _holds_any(tree):
        found += _placeholders(tree)
    return min(found, key=lambda each: getattr(each[0], "lineno", 0), default=None)


def is_stub(node: ast.stmt) -> bool:
    """Whether a function is only a signature: its body is `...`, perhaps with a docstring."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_ellipsis_body(node.body)


def _holds_any(tree: ast.Module) -> bool:
    """Whether there is a possible placeholder; mostly `...` is at the end of a text."""
    return (
        any(map(_is_ellipsis, nodes_of(tree, ast.Constant)))
        or any(map(_runs_elided_sql, nodes_of(tree, ast.Call)))
        or bool(nodes_of(tree, ast.Set))
    )


def _blanks(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every `___` in the place of a name, unless the code itself gives that name a value."""
    names = nodes_of(tree, ast.Name)
    bound = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    for name in names:
        if _is_blank(name.id) and name.id not in bound:
            yield name, name.id
    for attribute in nodes_of(tree, ast.Attribute):
        if _is_blank(attribute.attr):
            yield attribute, attribute.attr
    for call in nodes_of(tree, ast.Call):
        for keyword in call.keywords:
            if keyword.arg and _is_blank(keyword.arg):
                yield keyword, keyword.arg


def _is_blank(name: str) -> bool:
    return name.startswith(_BLANK) and not name.strip("_")


def _placeholders(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        for left_out in _left_out(node):
            yield left_out, "..."
        match node:
            case ast.Set(elts=[ast.Set(elts=[ast.Name(id=name)])]):
                yield node, f"{{{{ {name} }}}}"
            case ast.Call() if _runs_elided_sql(node):
                yield node, "(...)"
        todo += _searched(node)


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    """The `...` among a node's direct values."""
    if isinstance(node, ast.Name | ast.Constant | ast.Attribute | ast.Expr | ast.keyword):
        return  # most nodes are of these types
    match node:
        case ast.Call() if last_name(node.func) not in _TAKE_ELLIPSIS:
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
        case ast.List() | ast.Tuple() | ast.Set():
            values = node.elts
        case ast.Dict():
            values = [each for each in (*node.keys, *node.values) if each is not None]
        case ast.BinOp():
            values = [node.left, node.right]
        case ast.Assert(test=ast.Compare(ops=[ast.Eq()], comparators=values)):
            pass
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Return() | ast.NamedExpr() if node.value:
            values = [node.value]
        case ast.Module() | ast.If() | ast.For() | ast.While() | ast.With() | ast.Try():
            values = [each.value for each in children(node) if isinstance(each, ast.Expr)]
        case _:
            return
    yield from (value for value in values if _is_ellipsis(value))


def _searched(node: ast.AST) -> Iterator[ast.AST]:
    for child in children(node):
        if isinstance(node, ast.Subscript) and child is node.slice:
            continue  # a[..., 0], Callable[..., int]
        if isinstance(node, ast.ClassDef) and isinstance(child, ast.AnnAssign):
            continue  # a stub, or a required field
        if not isinstance(child, ast.arguments):  # stubs are written like this: `def f(x=...)`
            yield child


def _is_ellipsis(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _is_ellipsis_body(body: list[ast.stmt]) -> bool:
    *before, last = body
    documented = all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in before)
    return documented and isinstance(last, ast.Expr) and _is_ellipsis(last.value)


def _runs_elided_sql(node: ast.Call) -> bool:
    return _RUNS_SQL.search(last_name(node.func)) is not None and any(
        isinstance(each, ast.Constant) and isinstance(each.value, str) and _ELIDED_SQL.search(each.value)
        for each in node.args
    )
