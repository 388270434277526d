"""Chooses the interpreter for snippets: the command line's, the configuration's, or the checker's own."""

import os
from pathlib import Path

from msgspec import Struct

from checker.cache import default_folder
from checker.errors import ConfigError
from checker.running.interpreter import Interpreter, find_interpreter, own_interpreter


class Named(Struct, frozen=True):
    """What a configuration names: an interpreter and a requirements file, relative to `folder`."""

    python: str | None
    requirements: str | None
    folder: str


def choose_interpreter(asked: str | None, named: Named | None, *, trusted: bool) -> Interpreter:
    """The interpreter `asked` for on the command line, else the one `named` by a configuration, else our own.

    A path is relative to where it was written; a bare name is looked up as a shell would. Interpreters and
    their packages start outside the sandbox. Raises ConfigError when the configuration names one and is not
    `trusted`.
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
        # Imported here because most courses name no requirements.
        from checker.running.installing import environment_for

        file = Path(named.folder, named.requirements)
        if not file.exists():
            raise ConfigError(
                f"run.requirements: there is no {named.requirements!r}", f"Paths count from {named.folder}."
            )
        chosen = find_interpreter(environment_for(file, chosen, default_folder()))
    return chosen


def _program(name: str, folder: str, key: str) -> str:
    if "\0" in name:
        raise ConfigError(f"{key}: {name!r} is no path")
    # Links are not resolved: the target of a virtual environment's interpreter is outside the environment.
    found = os.path.join(folder, name) if os.sep in name else _on_path(name)
    if found is None or not os.access(found, os.X_OK) or os.path.isdir(found):
        remedy = "Name a program such as .venv/bin/python."
        raise ConfigError(f"{key}: there is no interpreter {name!r}", remedy)
    return os.path.normpath(os.path.abspath(found))


def _on_path(name: str) -> str | None:
    import shutil

    return shutil.which(name)
