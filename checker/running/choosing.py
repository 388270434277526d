"""Which interpreter snippets run in: the command line's, else the configuration's, else the checker's own."""

import os
from pathlib import Path

from msgspec import Struct

from checker.cache import default_folder
from checker.errors import ConfigError
from checker.running.interpreter import Interpreter, find_interpreter, own_interpreter


class Named(Struct, frozen=True):
    """What a configuration says: a program, and a file of requirements; paths count from `folder`."""

    python: str | None
    requirements: str | None
    folder: str


def choose_interpreter(asked: str | None, named: Named | None, *, trusted: bool) -> Interpreter:
    """The interpreter `asked` for on the command line, else what a configuration has `named`, else our own.

    A path counts from where it was written; a bare name is looked for as a shell would. Interpreters and
    their packages start outside the sandbox, so `trusted` says whether the configuration may choose: if not,
    ConfigError.
    """
    if asked is not None:
        return find_interpreter(_program(asked, os.getcwd(), "--python"))
    if named is None:
        return own_interpreter()
    for key, value in (("python", named.python), ("requirements", named.requirements)):
        if value is not None and not trusted:
            raise ConfigError(
                f"run.{key}: {value!r} would run outside the sandbox, and with CI set the configuration may"
                " be a stranger's",
                "Say --trust-config where it cannot come from a fork, or name an interpreter with --python.",
            )
    chosen = own_interpreter()
    if named.python is not None:
        chosen = find_interpreter(_program(named.python, named.folder, "run.python"))
    if named.requirements is not None:
        # Most courses name no requirements, and need not pay for what installs them.
        from checker.running.installing import environment_for

        file = Path(named.folder, named.requirements)
        chosen = find_interpreter(environment_for(file, chosen, default_folder()))
    return chosen


def _program(name: str, folder: str, key: str) -> str:
    if "\0" in name:
        raise ConfigError(f"{key}: {name!r} is no path")
    # The path as it is, links and all: what a virtual environment's interpreter links to is not in it.
    found = os.path.join(folder, name) if os.sep in name else _on_path(name)
    if found is None or not os.access(found, os.X_OK) or os.path.isdir(found):
        remedy = "Name a program such as .venv/bin/python."
        raise ConfigError(f"{key}: there is no interpreter {name!r}", remedy)
    return os.path.normpath(os.path.abspath(found))


def _on_path(name: str) -> str | None:
    import shutil

    return shutil.which(name)
