"""The addresses of a site: those of its lessons, of its other pages and of its files."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from os.path import join

from msgspec import Struct

from checker.patterns import regex
from checker.reading.links.slugs import slugify
from checker.rules.references.naming import without_number
from checker.rules.references.project import files_below
from checker.spelling import nearest

PAGE_ENDINGS = (".mdx", ".md", ".mdoc", ".markdoc", ".html", ".ipynb", ".rst")
_SITE_PAGES = (".astro", ".mdx", ".md", ".html", ".tsx", ".jsx", ".js", ".ts", ".vue", ".svelte", ".mdoc")
# `feed.xml.ts` answers to `/feed.xml`.
_SCRIPT = regex(r"\.(?:js|ts)$")
_ENDING = regex(r"\.[A-Za-z]+$")
_PARAMETER = regex(r"\[(?P<rest>\.\.\.)?[^\]/]+\]")
_LANGUAGE = regex(r"(?P<language>/[a-z]{2,3}(?:-[A-Za-z]{2,4})?)/")
_INDEX = frozenset({"index", "readme", "_index"})
# Frontmatter keys that give a page another address; the line must contain nothing else.
_OWN_ADDRESS = regex(
    r"""^(?:slug|permalink|url|id|path)[ \t]*[:=][ \t]*["']?([^\s"'#]+)["']?[ \t]*$""", re.MULTILINE
)
_HEAD = regex(r"(?:\ufeff)?(?:---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n(?:---|\+\+\+)[ \t]*(?:\r?\n|\Z)")
_HEAD_BYTES = 16_384
_COMPARED_MAX = 2_000


class Mount(Struct, frozen=True):
    """A folder of lessons (absolute) and the path that their addresses begin with: "" or "/course"."""

    content: str
    prefix: str
    # Whether the site removes the numbers at the beginning of names, as Docusaurus does.
    unnumbered: bool = False


class Routes:
    """The addresses of a folder of lessons, each with its file.

    `gone` are absolute paths of deleted files that count as present.
    """

    def __init__(self, mount: Mount, gone: Iterable[str] = ()) -> None:
        self.mount = mount
        self._files: dict[str, str] = {}
        self._of_file: dict[str, list[str]] = {}
        below = f"{mount.content}/"
        self._listed = [
            *files_below(mount.content, PAGE_ENDINGS),
            *(path.removeprefix(below) for path in gone if path.startswith(below)),
        ]
        for name in self._listed:
            path = join(mount.content, name)
            for route in route_names(name, unnumbered=mount.unnumbered):
                self._add(_below(mount.prefix, route), path)
        self.folders = frozenset(route.rpartition("/")[0] for route in self._files)
        self._own: dict[str, str] | None = None
        self._languages: dict[str, Routes] = {}

    def _add(self, route: str, path: str) -> None:
        self._files.setdefault(route, path)
        self._of_file.setdefault(path, []).append(route)

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses that follow from file names."""
        return frozenset(self._files)

    def file_of(self, route: str) -> str | None:
        """The lesson with this address; None when there is none."""
        found = self._files.get(route)
        if found is None and route.startswith(self.mount.prefix):
            found = self._own_addresses().get(route)
        return found

    def file_in_other_language(self, route: str) -> str | None:
        """The lesson in the site's first language that is shown for a missing translation."""
        prefix = self.mount.prefix
        found = _LANGUAGE.match(route, len(prefix)) if route.startswith(prefix) else None
        if found is None or not any(f"{each}/".startswith(f"{prefix}{found[0]}") for each in self.folders):
            return None
        rest = route[found.end("language") :]
        return self.file_of(prefix + rest) or self.file_of(f"{prefix}/en{rest}")

    def file_beside(self, route: str) -> str | None:
        """The lesson in the language of its address, where each language has a folder: `/course/ru/tables`.

        The folder of lessons is then one of several siblings, `chapters/en` and `chapters/ru`.
        """
        parent, _, own = self.mount.content.rpartition("/")
        prefix = self.mount.prefix
        found = _LANGUAGE.match(f"{route}/", len(prefix)) if route.startswith(prefix) else None
        if found is None or not _LANGUAGE.fullmatch(f"/{own}/"):
            return None
        language = found["language"]
        if language not in self._languages:
            self._languages[language] = Routes(Mount(parent + language, prefix + language))
        return self._languages[language].file_of(route)

    def of(self, path: str) -> list[str]:
        """The addresses that a lesson may have, none when it is not below the folder."""
        return self._of_file.get(path, [])

    def covers(self, route: str) -> bool:
        """Whether an address can only be a lesson's."""
        return bool(self.mount.prefix) and f"{route}/".startswith(f"{self.mount.prefix}/")

    def _own_addresses(self) -> dict[str, str]:
        """The addresses in lessons' frontmatter; searched only when a link leads nowhere else."""
        if self._own is None:
            self._own = {}
            for name in self._listed:
                path = join(self.mount.content, name)
                folder = name.rpartition("/")[0]
                for address in _addresses_in(path):
                    bare = address.strip("/")
                    for route in (bare, f"{folder}/{bare}".strip("/")):
                        self._own.setdefault(_below(self.mount.prefix, route), path)
                        self._own.setdefault(f"/{route}", path)
        return self._own

    def nearest(self, route: str) -> str:
        """The address that was probably meant, "" when none is near."""
        folder, _, last = route.rpartition("/")
        bare = without_number(last)
        same = [each for each in self._files if each.rpartition("/")[2] == last]
        same = same or [each for each in self._files if without_number(each.rpartition("/")[2]) == bare]
        if same:
            by_folder = {each.rpartition("/")[0]: each for each in same[:_COMPARED_MAX]}
            return by_folder[nearest(folder, by_folder, alike=0.0)]
        wanted = _unnumbered(folder)
        beside = [each for each in self._files if _unnumbered(each.rpartition("/")[0]) == wanted]
        names = {without_number(each.rpartition("/")[2]): each for each in beside[:_COMPARED_MAX]}
        if near := nearest(bare, names):
            return names[near]
        return nearest(route, list(self._files)[:_COMPARED_MAX], alike=0.85)


def route_names(name: str, *, unnumbered: bool) -> Iterator[str]:
    """The possible addresses, relative to its folder's, of the file with this name: `a/b` for `A/b.mdx`."""
    *folders, last = _ENDING.sub("", name).split("/")
    parts = folders if last.lower() in _INDEX else [*folders, last]
    slugs = [slugify(each) for each in parts]
    found = dict.fromkeys(["/".join(parts), "/".join(slugs), "/".join(map(str.lower, parts))])
    if unnumbered:
        found["/".join(map(without_number, parts))] = None
        if len(parts) > 1 and parts[-1] == parts[-2]:
            found["/".join(map(without_number, parts[:-1]))] = None
    yield from found


def page_routes(folder: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The addresses of the pages in a folder such as Astro's `src/pages`.

    Those with parameters are returned as patterns.
    """
    fixed, patterns = set(), []
    for name in files_below(folder, _SITE_PAGES):
        if any(part.startswith("_") for part in name.split("/")):
            continue
        stem = _ENDING.sub("", name)
        if _SCRIPT.search(name) and "." in os.path.basename(stem):
            route = f"/{stem}"
        else:
            parts = stem.split("/")
            route = "/" + "/".join(parts[:-1] if parts[-1] == "index" else parts)
        if "[" in route:
            patterns.append(_pattern(route))
        fixed.add(route.rstrip("/") or "/")
    return frozenset(fixed), tuple(patterns)


def _pattern(route: str) -> re.Pattern[str]:
    pieces: list[str] = []
    at = 0
    for found in _PARAMETER.finditer(route):
        before = re.escape(route[at : found.start()])
        pieces.append(f"{before.removesuffix('/')}(?:/.*)?" if found["rest"] else f"{before}[^/]+")
        at = found.end()
    return re.compile("".join([*pieces, re.escape(route[at:])]))


def _below(prefix: str, route: str) -> str:
    return f"{prefix}/{route}".rstrip("/") or "/"


@cache
def _unnumbered(folder: str) -> tuple[str, ...]:
    """The same for folders that differ by their numbers, or by case."""
    return tuple(without_number(each).casefold() for each in folder.split("/"))


def _addresses_in(path: str) -> Iterable[str]:
    try:
        with open(path, "rb") as file:
            start = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    head = _HEAD.match(start)
    return _OWN_ADDRESS.findall(head[0]) if head else []
