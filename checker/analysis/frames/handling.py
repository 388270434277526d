"""What the surrounding code anticipates: expected errors, and other versions of pandas."""

import ast

from checker.analysis.frames.tables import words
from checker.analysis.last_names import last_name, last_names
from checker.analysis.trees import walk

# Context managers that expect the exceptions they are given, by their last name.
_EXPECTING = words("raises warns assertRaises assertWarns assert_produces_warning deprecated_call suppress")
# What code anticipates that runs only under another version of pandas, or where an attribute exists.
_OF_OTHER_VERSIONS = (
    "AttributeError",
    "ImportError",
    "KeyError",
    "TypeError",
    "ValueError",
    "Pandas4Warning",
)


def caught(node: ast.Try | ast.TryStar) -> tuple[str, ...]:
    """The exceptions that a `try` handles by name, unless the handler only raises again."""
    names: list[str] = []
    for handler in node.handlers:
        if not isinstance(handler.body[-1], ast.Raise):
            names.extend(last_names(handler.type))
    return tuple(names)


def expected(node: ast.With | ast.AsyncWith) -> tuple[str, ...]:
    """What a `with` expects: `pytest.raises(KeyError)`, `warnings.catch_warnings(record=True)`."""
    names: list[str] = []
    for item in node.items:
        call = item.context_expr
        if not isinstance(call, ast.Call):
            continue
        function = last_name(call.func)
        if function == "catch_warnings" and any(_is_record(word) for word in call.keywords):
            names.append("Warning")
        elif function in _EXPECTING:
            names.extend(name for argument in call.args for name in last_names(argument))
    return tuple(names)


def guarded(test: ast.expr) -> tuple[str, ...]:
    """What the branches of an `if` anticipate that tests a version or an attribute."""
    return _OF_OTHER_VERSIONS if any(_asks_for_version(node) for node in walk(test)) else ()


def _asks_for_version(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="__version__"):
            return True
        case ast.Call(func=ast.Name(id="hasattr"), args=[_, ast.Constant()]):
            return True
    return False


def _is_record(word: ast.keyword) -> bool:
    return word.arg == "record" and isinstance(word.value, ast.Constant) and word.value.value is True
