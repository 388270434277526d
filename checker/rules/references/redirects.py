"""Addresses that a site's own configuration redirects.

Such configurations are often programs, and are not run: any address that is a text of its own in one may be a
redirect, so nothing is reported about it.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from os.path import join

from checker.patterns import regex

_FILES = (
    *(f"{name}.config.{end}" for name in ("astro", "docusaurus", "next") for end in ("mjs", "ts", "js")),
    *(f"redirects.{end}" for end in ("json", "js", "ts", "mjs")),
    *("docs.json", "mint.json", "vercel.json", "netlify.toml", "_redirects"),
)
_BYTES_MAX = 4 << 20
_ADDRESS = regex(r"""["'`](/[^\s"'`]*)["'`]|^(/\S*)""", re.MULTILINE)
# A redirected address: the key of a table, the source of an entry, the first word of a line.
_SENT = regex(
    r"""(?:\b(?:source|from)["']?\s*[:=]\s*["'`]|(?<=[{,\s])["'`](?=[^"'`\n]*["'`]\]?\s*:)|^)(/[^\s"'`]*)""",
    re.MULTILINE,
)
# The start of a wildcard in an address: `:slug*`, `*`, `[...slug]`, `(.*)`.
_ANYTHING = regex(r"[:*\[({]")


class Redirects:
    """The addresses in the configurations of some folders."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders

    def covers(self, route: str) -> bool:
        """Whether an address, or a prefix of it followed by a wildcard, is in a configuration."""
        fixed, beginnings = self._named
        return route in fixed or any(f"{route}/".startswith(f"{each}/") for each in beginnings)

    def mention(self, word: str) -> bool:
        """Whether the word is in one of the configurations."""
        return any(word in each for each in self._texts)

    @property
    def are_known(self) -> bool:
        """Whether there is such a configuration at all."""
        return any(self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(_read(join(folder, name)) for folder in self._folders for name in _FILES)

    @cached_property
    def _named(self) -> tuple[frozenset[str], tuple[str, ...]]:
        fixed, beginnings = set(), set()
        for text in self._texts:
            fixed |= {(quoted or first).rstrip("/") for quoted, first in _ADDRESS.findall(text)}
            for address in _SENT.findall(text):
                anything = _ANYTHING.search(address)
                if anything is not None and anything.start() > 1:
                    beginnings.add(address[: anything.start()].rstrip("/"))
        return frozenset(fixed), tuple(beginnings)


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(_BYTES_MAX).decode("utf-8", "replace")
    except OSError:
        return ""
