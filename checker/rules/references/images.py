"""Finds the files of images, and explains missing ones."""

from os.path import dirname, join, normpath, relpath

from checker.patterns import regex
from checker.reading.links.references import Link
from checker.rules.references.mkdocs import MkDocs
from checker.rules.references.searches import Searches, Wrong
from checker.rules.references.site import Site, path_of
from checker.spelling import did_you_mean

# Bundlers define such path prefixes in many ways.
_ALIAS = regex(r"[~@#$]")


def places_of(site: Site, path: str, link: Link) -> list[str]:
    """The absolute paths where the image of a link in this lesson may be."""
    name = path_of(link.url)
    inside = name.removeprefix(site.base).lstrip("/")
    served = [join(folder, inside) for folder in site.public]
    return served if name.startswith("/") else [normpath(join(dirname(path), name)), *served]


def _without_first(name: str) -> str:
    """An address without its first part, which may be an unknown base path."""
    return "/" + name.lstrip("/").partition("/")[2]


class Images:
    """Finds images where the site would."""

    def __init__(self, site: Site, searches: Searches) -> None:
        self._site = site
        self._files = site.files
        self._searches = searches

    def find(self, path: str, link: Link) -> Wrong | None:
        """What is wrong with an image in the lesson with this absolute path."""
        name = path_of(link.url)
        if not name or _ALIAS.match(name):
            return None
        if name.startswith("/"):
            return self._served(link.url, name)
        beside = normpath(join(dirname(path), name))
        if self._files.has(beside) or self._is_served(path, name):
            return None
        if link.element and not (self._site.told and self._site.public):
            return None
        if not self._site.lacks(beside) or MkDocs(self._files).stands_in(beside):
            return None
        near = self._searches.file(beside, name)
        return Wrong("broken-image", f"there is no file '{name}'{did_you_mean(near)}", "error")

    def _served(self, url: str, name: str) -> Wrong | None:
        """What is wrong with an image whose address begins with a slash."""
        site, base = self._site, self._site.base
        inside = f"{name}/".startswith(f"{base}/")
        below = name[len(base) :] if inside else name
        if site.has_file(below) or site.has_page(below):
            if inside:
                return None
            message = f"'{url}' lacks the site's base path: write {base}{url}"
            return Wrong("link-misses-base", message, "error")
        if not site.public or (not site.told and site.has_file(_without_first(name))):
            return None
        folder = site.public[0]
        near = self._searches.file(join(folder, below.lstrip("/")), name)
        shown = relpath(folder, self._files.folder)
        return Wrong("broken-image", f"there is no '{below}' in {shown}{did_you_mean(near)}", "error")

    def _is_served(self, path: str, name: str) -> bool:
        routes = self._site.routes
        return any(
            self._site.has_file(normpath(join(start, name)))
            for route in (routes.of(path) if routes else [])
            for start in (f"{route}/", f"{route.rpartition('/')[0]}/")
        )
