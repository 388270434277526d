"""Recognises scripts that need command-line arguments, which a notebook does not have."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from checker.analysis.needs.meaning import Meanings, argument
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.want import Want
from checker.analysis.trees import nodes_of
from checker.model import Need

_COMMANDS = {"setuptools.setup", "distutils.core.setup", "typer.run", "typer.Typer()"}
_OPTIONAL = ("?", "*")
Functions = Mapping[str, ast.FunctionDef | ast.AsyncFunctionDef]


def find_arguments(
    reached: Reached, meanings: Meanings, trees: Sequence[ast.Module], functions: Functions
) -> Iterator[Want]:
    """Whether a node fails without arguments; the other parameters are what its session has so far."""
    match reached.node:
        case ast.Subscript(value=value, slice=ast.Constant(value=int(place))) if place > 0:
            wants = _is_argv(value, meanings) and not _counts(trees[-1], meanings)
            wants = wants and not reached.handles("IndexError", "LookupError")
        case ast.Assign(targets=[ast.Tuple(elts=[_, _, *_])], value=value):
            wants = _is_argv(value, meanings) and not reached.handles("ValueError")
        case ast.Call(func=func, args=args, keywords=keywords):
            wants = not reached.handles("SystemExit", "BaseException") and (
                meanings.dotted(func) in _COMMANDS
                or (not args and not keywords and _wants_some(func, trees, functions, meanings))
            )
        case _:
            return
    if wants:
        yield Want(Need("input", "sys.argv"), "arguments on its command line")


def _is_argv(node: ast.expr, meanings: Meanings) -> bool:
    return meanings.dotted(node) == "sys.argv"


def _counts(tree: ast.Module, meanings: Meanings) -> bool:
    """Whether the cell checks how many arguments there are."""
    return any(
        isinstance(node.func, ast.Name)
        and node.func.id == "len"
        and any(_is_argv(each, meanings) for each in node.args)
        for node in nodes_of(tree, ast.Call)
    )


def _wants_some(
    func: ast.expr, trees: Sequence[ast.Module], functions: Functions, meanings: Meanings
) -> bool:
    match func:
        case ast.Attribute(attr="parse_args"):
            return meanings.dotted(func.value) == "argparse.ArgumentParser()" and any(map(_declares, trees))
        case ast.Name(id=name) if name in functions:
            return any(_asks(each, meanings) for each in functions[name].decorator_list)
    return False


def _declares(tree: ast.Module) -> bool:
    """Whether a required argument is declared."""
    return any(
        isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument" and _is_wanted(node)
        for node in nodes_of(tree, ast.Call)
    )


def _is_wanted(call: ast.Call) -> bool:
    match argument(call, 0):
        case ast.Constant(value=str(name)) if not name.startswith("-"):
            number = argument(call, len(call.args), "nargs")
            return not (isinstance(number, ast.Constant) and number.value in _OPTIONAL)
    return _is_required(call)


def _is_required(call: ast.Call) -> bool:
    required = argument(call, len(call.args), "required")
    return isinstance(required, ast.Constant) and required.value is True


def _asks(decorator: ast.expr, meanings: Meanings) -> bool:
    """Whether one of Click's decorators makes a command that requires arguments."""
    if not isinstance(decorator, ast.Call):
        return meanings.dotted(decorator) == "click.group"
    match meanings.dotted(decorator.func):
        case "click.argument":
            return not _is_optional(decorator)
        case "click.option":
            return _is_required(decorator)
        case name:
            return name == "click.group"


def _is_optional(call: ast.Call) -> bool:
    required, default = (argument(call, len(call.args), each) for each in ("required", "default"))
    return default is not None or (isinstance(required, ast.Constant) and required.value is False)
