"""Resolves module names such as `@/components/Note` by `tsconfig.json`."""

from collections.abc import Iterator
from os.path import dirname, join, normpath
from typing import Any

from checker.patterns import regex
from checker.rules.references.project import Files

_NAMES = ("tsconfig.json", "jsconfig.json")
_BYTES_MAX = 1 << 20
_EXTENDS_MAX = 8
# Comments and trailing commas, which these files may contain and JSON may not.
_NOT_JSON = regex(r'("[^"\\\n]*(?:\\.[^"\\\n]*)*")|//[^\n]*|/\*(?s:.*?)\*/|,(?=\s*[}\]])')


class Aliases:
    """The `paths` of the nearest `tsconfig.json` or `jsconfig.json` above a lesson, inside the site."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._of_folder: dict[str, dict[str, list[str]]] = {}

    def targets(self, source: str, folder: str) -> list[str]:
        """The absolute paths that a module's name may mean in a folder; none when it is no alias."""
        found: list[str] = []
        for alias, paths in self._in(folder).items():
            before, star, after = alias.partition("*")
            if source == alias:
                found += paths
            elif star and source.startswith(before) and source.endswith(after) and source != before:
                middle = source[len(before) : len(source) - len(after)]
                found += [each.replace("*", middle, 1) for each in paths]
        return [normpath(each) for each in found]

    def _in(self, folder: str) -> dict[str, list[str]]:
        if folder not in self._of_folder:
            name = next((each for each in _NAMES if self._files.has(join(folder, each))), None)
            if name is not None:
                found = dict(self._read(join(folder, name)))
            else:
                above = dirname(folder)
                found = self._in(above) if self._files.holds(above) and above != folder else {}
            self._of_folder[folder] = found
        return self._of_folder[folder]

    def _read(self, path: str, depth: int = 0) -> Iterator[tuple[str, list[str]]]:
        config = _load(path) if self._files.has(path) else {}
        extends = config.get("extends")
        for each in extends if isinstance(extends, list) else [extends]:
            if isinstance(each, str) and each.startswith(".") and depth < _EXTENDS_MAX:
                wanted = normpath(join(dirname(path), each))
                yield from self._read(wanted if wanted.endswith(".json") else f"{wanted}.json", depth + 1)
        options = config.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        base = options.get("baseUrl")
        folder = join(dirname(path), base) if isinstance(base, str) else dirname(path)
        paths = options.get("paths")
        for alias, targets in paths.items() if isinstance(paths, dict) else ():
            # `*` applies to names without a package, and also looks in the packages themselves.
            if isinstance(targets, list) and alias != "*":
                yield alias, [join(folder, each) for each in targets if isinstance(each, str)]


def _load(path: str) -> dict[str, Any]:
    import json  # imported here: most courses have no such file

    try:
        with open(path, "rb") as file:
            text = file.read(_BYTES_MAX).decode("utf-8-sig", "replace")
        found = json.loads(_NOT_JSON.sub(lambda each: each[1] or "", text))
    except (OSError, ValueError, RecursionError):  # left for the compiler to report
        return {}
    return found if isinstance(found, dict) else {}
