"""Files that MkDocs generates: pages of plugins, and untranslated originals.

https://oprypin.github.io/mkdocs-gen-files/ and https://ultrabug.github.io/mkdocs-static-i18n/
"""

import re
from functools import cached_property
from os.path import dirname, join

from checker.patterns import regex
from checker.rules.references.project import Files

_BYTES_MAX = 1 << 20
_MAKES_PAGES = regex(r"gen-files|mkdocstrings|autoapi|api-autonav")
_TRANSLATES = regex(r"^[ \t]*-?[ \t]*i18n:", re.MULTILINE)
_LANGUAGE = regex(r"/(?P<language>[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?=/)")


class MkDocs:
    """Reads the configuration of a site's folder on first use."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def may_make(self, path: str) -> bool:
        """Whether a plugin may generate the file at this absolute path: in a folder that does not exist."""
        return not self._files.has_folder(dirname(path)) and _MAKES_PAGES.search(self._text) is not None

    def stands_in(self, path: str) -> str:
        """The original shown for a missing translation at this absolute path, "" when there is none."""
        if _TRANSLATES.search(self._text) is None:
            return ""
        for found in _LANGUAGE.finditer(path, len(self._files.folder)):
            for other in ("", "/en"):
                original = path[: found.start()] + other + path[found.end() :]
                if original != path and self._files.has(original):
                    return original
        return ""

    @cached_property
    def _text(self) -> str:
        for name in ("mkdocs.yml", "mkdocs.yaml"):
            if self._files.has(path := join(self._files.folder, name)):
                try:
                    with open(path, "rb") as file:
                        return file.read(_BYTES_MAX).decode("utf-8", "replace")
                except OSError:
                    return ""
        return ""
