"""Finds the interpreters with the pandas versions that a course is compared under."""

from collections.abc import Mapping, Sequence

from checker.errors import ConfigError
from checker.running.choosing import Named, choose_interpreter
from checker.running.environment import describe
from checker.running.interpreter import Interpreter

_REMEDY = 'Name one in the configuration: `[run.pandas]`, `"{}" = "path/to/python"`.'


def interpreters(
    wanted: Sequence[str], named: Mapping[str, str], folder: str, usual: Interpreter, *, trusted: bool
) -> dict[str, Interpreter]:
    """An interpreter for each version, by the version as it was asked for.

    `named` are the interpreters of the configuration, with paths relative to `folder`; `usual` is the one
    that snippets run in anyway. Raises ConfigError for a version that none of them has.
    """
    if len(set(wanted)) < 2:
        raise ConfigError("--pandas compares versions: name two, such as --pandas 2.3,3.1")
    found = {}
    for version in wanted:
        python = named.get(version)
        if python is not None:
            interpreter = choose_interpreter(None, Named(python, None, folder), trusted=trusted)
        elif _has(usual, version):
            interpreter = usual
        else:
            raise ConfigError(f"no interpreter with pandas {version} is known", _REMEDY.format(version))
        if not _has(interpreter, version):
            here = describe(interpreter, None).packages.get("pandas", "none")
            raise ConfigError(f"run.pandas: {python!r} has pandas {here}, not {version}")
        found[version] = interpreter
    return found


def _has(interpreter: Interpreter, version: str) -> bool:
    installed = describe(interpreter, None).packages.get("pandas", "")
    return f"{installed}.".startswith(f"{version}.")
