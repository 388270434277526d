"""The steps that a cell takes with the names of its namespace, in the order of execution.

This is the first half of name resolution and looks at one cell alone; `names` plays the steps of a session's
cells in order. Only names of the module's scope make steps: names local to a function, a class or a
comprehension are resolved here.
"""

import ast
import builtins
from typing import Literal

from msgspec import Struct

# load: is read now. lazy: is read when a lambda, a method or a nested function runs, if ever. probe: may be
# missing, the code is prepared for it. call: the function of that name runs now. bind: is bound. maybe: will
# be bound further on in this loop. unbind: is deleted. catch, uncatch: `except … as name` begins and ends.
# wild: from here on any name may exist (`import *`, `exec`).
Kind = Literal["load", "lazy", "probe", "call", "bind", "maybe", "unbind", "catch", "uncatch", "wild"]

# Names that a notebook adds, and that every module and every class has. `__file__` is included: code that
# reads it is a script, not missing an import. That a notebook has none is handled by the plan.
_NOTEBOOK_NAMES = {"display", "get_ipython", "_", "In", "Out", "exit", "quit"}
# Gaps to write in are no names that somebody forgot.
_GAPS = {"_" * length for length in range(2, 21)}
_MODULE_NAMES = {
    "__annotations__", "__builtins__", "__class__", "__doc__", "__file__", "__loader__", "__module__",
    "__name__", "__package__", "__qualname__", "__spec__",
}  # fmt: skip
BUILTIN_NAMES = frozenset({*dir(builtins), *_NOTEBOOK_NAMES, *_MODULE_NAMES, *_GAPS})


class Step(Struct, frozen=True):
    """One thing that happens to a name.

    `fresh` is false for a binding that does not reveal where the name comes from: one inside a loop, or one
    that uses the name's former value.
    """

    kind: Kind
    name: str
    node: ast.AST
    fresh: bool = True


class Body(Struct):
    """Code that runs later: a function's body, or the methods of a class.

    `called` says whether calling the name runs it at once. Generators, coroutines, classes and decorated
    functions run when somebody else decides.
    """

    called: bool
    steps: list[Step] = []


class CellSteps(Struct):
    """The steps of a cell, and the bodies of its `bind` steps by node."""

    steps: list[Step] = []
    bodies: dict[ast.AST, Body] = {}
