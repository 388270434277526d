"""Follows the links of a course, and explains those that lead nowhere."""

import re
from os.path import dirname, join, normpath, splitext

from msgspec import Struct

from checker.model import Lesson
from checker.patterns import regex
from checker.reading.links.references import Link
from checker.rules.references.docusaurus import files_meant
from checker.rules.references.mkdocs import MkDocs
from checker.rules.references.naming import without_number
from checker.rules.references.searches import Searches, Wrong
from checker.rules.references.site import Site, path_of
from checker.spelling import did_you_mean

_PAGE_FILE = regex(r"\.mdx?$", re.IGNORECASE)
_ROUTE_END = regex(r"(?:/index)?(?:\.html)?/*$")
_FOR_CERTAIN = "; add a [site] table to coursecheck.toml to make this certain"
_UNCERTAIN = {
    True: ", unless it is generated in another way or is a redirect",
    False: _FOR_CERTAIN,
}
_UNLESS_FOLDERS = ", unless folders of lessons have addresses, as other links suggest"


class Target(Struct, frozen=True):
    """A link with a fragment, and the absolute path of the lesson's file that it leads to."""

    lesson: Lesson
    link: Link
    path: str


class Links:
    """Follows links.

    `reached` are the lesson files that links lead to, each with the linking lesson; `fragments` are links
    with a fragment.
    """

    def __init__(self, site: Site, searches: Searches) -> None:
        self.reached: list[tuple[Lesson, str]] = []
        self.fragments: list[Target] = []
        self._site = site
        self._files = site.files
        self._searches = searches
        self._mkdocs = MkDocs(site.files)

    def follow(self, lesson: Lesson, path: str, link: Link) -> Wrong | None:
        """What is wrong with a link in the lesson with this absolute path."""
        name = path_of(link.url)
        if not name:
            return self._reached(lesson, link, path)
        if _PAGE_FILE.search(name):
            return self._page_file(lesson, path, link, name)
        if name.startswith("/"):
            return self._absolute(lesson, link, name)
        return self._relative(lesson, path, link, name)

    def _reached(self, lesson: Lesson, link: Link, path: str) -> Wrong | None:
        """Record that the link leads to the lesson in this file; its fragment is checked later."""
        if path:
            self.reached.append((lesson, path))
        if path and "#" in link.url:
            self.fragments.append(Target(lesson, link, path))
        return None

    def _page_file(self, lesson: Lesson, path: str, link: Link, name: str) -> Wrong | None:
        """A link to a lesson's file: sites that support this replace it by the lesson's address."""
        paths = self._files_meant(path, name)
        for each in paths:
            if self._files.has(each):
                return self._reached(lesson, link, each)
        if self._site.has_file(name) or not self._site.lacks(paths[0]) or self._mkdocs.may_make(paths[0]):
            return None
        if self._is_below_another_root(path, name):
            return None
        if original := self._mkdocs.stands_in(paths[0]):
            return self._reached(lesson, link, original)
        near = self._searches.file(paths[0], name)
        return Wrong("broken-link", f"there is no file '{name}'{did_you_mean(near)}", "error")

    def _files_meant(self, path: str, name: str) -> list[str]:
        """The absolute paths that may be meant, the likeliest first."""
        site, folder = self._site, self._files.folder
        if site.is_docusaurus:
            # When nothing is configured, finding the mount would require reading all lessons: assume `docs`,
            # as Docusaurus does.
            content = site.routes.mount.content if site.told and site.routes else join(folder, "docs")
            return list(files_meant(name, path, folder, content))
        roots = [dirname(path)]
        if name.startswith("/"):
            roots = [folder, *([site.routes.mount.content] if site.routes else [])]
        return [normpath(join(root, name.lstrip("/"))) for root in roots]

    def _is_below_another_root(self, path: str, name: str) -> bool:
        """Whether the path is relative to a folder around the lesson, perhaps after the site's base path.

        Without a description of the site, any of these may be its root: Sphinx uses the folder of `conf.py`.
        """
        if self._site.told or not name.startswith("/"):
            return False
        behind_base = name.lstrip("/").partition("/")[2]
        at = dirname(path)
        while self._files.holds(at):
            if any(each and self._files.has(normpath(join(at, each))) for each in (name[1:], behind_base)):
                return True
            if at == self._files.folder:
                break
            at = dirname(at)
        return False

    def _absolute(self, lesson: Lesson, link: Link, name: str) -> Wrong | None:
        base = self._site.base
        if base and not f"{name}/".startswith(f"{base}/"):
            return self._outside_base(link.url, name)
        route = _route(name[len(base) :])
        found = self._find(route)
        if found is None:
            return self._nowhere(link.url, route)
        return self._reached(lesson, link, found)

    def _find(self, route: str) -> str | None:
        """The lesson's file at this address, "" for something else, None for nothing."""
        site = self._site
        path = site.routes.file_of(route) if site.routes else None
        if path is None and site.routes and site.redirects.mention("starlight"):
            path = site.routes.file_in_other_language(route)
        if path is None and site.routes:
            path = site.routes.file_beside(route)
        if path is not None:
            return path
        if site.routes and site.told and site.routes.covers(route):
            known = site.has_file(route) or route in (site.pages or ()) or site.may_have(route)
            return "" if known else None
        known = route == "/" or site.has_page(route) or site.has_file(route)
        return "" if known or site.may_have(route) else None

    def _outside_base(self, url: str, name: str) -> Wrong:
        base, routes = self._site.base, self._site.routes
        route = _route(name)
        if self._find(route) is not None:
            message = f"'{url}' lacks the site's base path: write {base}{url}"
            return Wrong("link-misses-base", message, "error")
        if routes and routes.covers(route):
            near = self._searches.route(route)
            message = f"no lesson has the address '{url}', and it lacks the site's base path, {base}"
            return Wrong("broken-link", message + did_you_mean(near and base + near), "error")
        message = (
            f"'{url}' leads out of the site, whose base path is {base}; "
            f"if that is intended, write it with https:// and the host"
        )
        return Wrong("link-misses-base", message, "warning")

    def _nowhere(self, url: str, route: str) -> Wrong | None:
        """The problem with an address at which nothing is known."""
        site = self._site
        routes = site.routes
        if routes is None:
            return None
        if route == routes.mount.prefix and site.pages is None:  # many sites generate a list there
            return None
        if site.told and routes.covers(route):
            if route in routes.folders and site.answers_to_folders:
                return Wrong("broken-link", self._no_lesson(url, route) + _UNLESS_FOLDERS, "warning")
            return Wrong("broken-link", self._no_lesson(url, route), "error")
        if splitext(route)[1]:
            if site.told and site.public:
                return Wrong(
                    "broken-link", f"there is no file '{url}' in the site's public folder", "warning"
                )
            return None
        beside = route.rpartition("/")[0] in routes.folders and route.count("/") > 1
        # A folder may have a generated page, and without the site's configuration an address may be a
        # redirect.
        if beside and site.told and site.redirects.are_known and route not in routes.folders:
            return Wrong("broken-link", self._no_lesson(url, route), "error")
        if beside or (site.told and site.pages is not None):
            return Wrong("broken-link", self._no_lesson(url, route) + _UNCERTAIN[site.told], "warning")
        return None

    def _no_lesson(self, url: str, route: str) -> str:
        near = self._searches.route(route)
        return f"no page of this site has the address '{url}'{did_you_mean(near and self._site.base + near)}"

    def _relative(self, lesson: Lesson, path: str, link: Link, name: str) -> Wrong | None:
        """An address relative to the lesson's own, with or without a final slash, or to its file."""
        routes = self._site.routes
        own = routes.of(path) if routes else []
        for route in own:
            for start in (f"{route}/", f"{route.rpartition('/')[0]}/"):
                found = self._find(_route(normpath(join(start, name))))
                if found is not None:
                    return self._reached(lesson, link, found)
        bare = normpath(join(dirname(path), name))
        for ending in (".mdx", ".md", "/index.mdx", "/index.md", ""):
            if self._files.has(bare + ending):
                return self._reached(lesson, link, bare + ending) if ending else None
        if splitext(name)[1] or not self._files.holds(bare):
            return None
        if routes and routes.mount.unnumbered and self._has_numbered(bare):
            return None
        certain = self._site.told and bool(own)
        if not certain and not (name.startswith(".") and self._files.has_folder(dirname(bare))):
            return None
        near = self._searches.file(f"{bare}.mdx", f"{name}.mdx")
        message = f"no page of this site has the address '{link.url}', relative to this lesson"
        message += did_you_mean(_PAGE_FILE.sub("", near))
        message += "" if certain else _FOR_CERTAIN
        return Wrong("broken-link", message, "error" if certain else "warning")

    def _has_numbered(self, path: str) -> bool:
        """Whether a file or folder has this name with a number in front, which the site removes."""
        folder, _, last = path.rpartition("/")
        return any(without_number(splitext(each)[0]) == last for each in self._files.names(folder))


def _route(path: str) -> str:
    """The address without a final slash or `index.html`."""
    return _ROUTE_END.sub("", path) or "/"
