"""Which interpreter snippets run in: the command line's, else the configuration's, else the checker's own."""

import os
import shutil

from checker.errors import ConfigError
from checker.running.interpreter import Interpreter, find_interpreter, own_interpreter


def choose_interpreter(asked: str | None, named: str | None, folder: str, *, trusted: bool) -> Interpreter:
    """The interpreter `asked` for on the command line, or the one `named` by a configuration in `folder`.

    A path counts from where it was written; a bare name is looked for as a shell would. The interpreter
    starts outside the sandbox, so `trusted` says whether the configuration may choose: if not, ConfigError.
    """
    if asked is not None:
        return find_interpreter(_program(asked, os.getcwd(), "--python"))
    if named is None:
        return own_interpreter()
    if not trusted:
        raise ConfigError(
            f"run.python: {named!r} would run outside the sandbox, and with CI set the configuration may be"
            " a stranger's",
            "Say --trust-config where it cannot come from a fork, or name the interpreter with --python.",
        )
    return find_interpreter(_program(named, folder, "run.python"))


def _program(name: str, folder: str, key: str) -> str:
    if "\0" in name:
        raise ConfigError(f"{key}: {name!r} is no path")
    # The path as it is, links and all: what a virtual environment's interpreter links to is not in it.
    found = os.path.join(folder, name) if os.sep in name else shutil.which(name)
    if found is None or not os.access(found, os.X_OK) or os.path.isdir(found):
        remedy = "Name a program such as .venv/bin/python."
        raise ConfigError(f"{key}: there is no interpreter {name!r}", remedy)
    return os.path.normpath(os.path.abspath(found))
