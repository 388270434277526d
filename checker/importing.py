"""Importing parts of a package without all the others.

To import one module of a package, Python first runs the package's own `__init__`, and many a one imports all
of the package: with PostgreSQL's grammar come the modules of its constants, with the block parser of Markdown
those for links and punctuation. That takes longer than checking a lesson.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # temporary folders and archives come with it
    from importlib.abc import Loader


def asleep(*names: str) -> None:
    """Import packages and modules, and run none of their code until it is needed.

    Modules of such a package can be imported at once. When the package or module is asked for something else,
    it wakes: its own code is run. What was imported before stays as it is, and what is not installed stays
    missing.
    """
    for name in names:
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None and spec.loader is not None:
            module = sys.modules[name] = _asleep(spec, spec.loader)
            package, _, last = name.rpartition(".")
            if package:
                vars(sys.modules[package])[last] = module


def _asleep(spec: ModuleSpec, loader: "Loader") -> ModuleType:
    module = module_from_spec(spec)

    def wake(name: str) -> Any:
        if name.startswith("__"):  # the import system looks for these
            raise AttributeError(name)
        del vars(module)["__getattr__"]
        loader.exec_module(module)
        return getattr(module, name)

    vars(module)["__getattr__"] = wake
    return module
