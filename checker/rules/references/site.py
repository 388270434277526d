"""The site of a course, as the configuration or the lessons' own links describe it."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, partial
from os.path import dirname, isdir, join, normpath
from typing import Literal

from msgspec import Struct

from checker.analysis.course import Course
from checker.config import Config
from checker.config.keys import SiteKeys
from checker.model import Lesson
from checker.patterns import regex
from checker.reading.links.reading import read_page
from checker.reading.links.references import Page
from checker.rules.references.elsewhere import Elsewhere
from checker.rules.references.naming import without_number
from checker.rules.references.project import Files, seen_from
from checker.rules.references.redirects import Redirects
from checker.rules.references.routes import Mount, Routes, page_routes

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Placeholders that the reader fills in.
_PLACEHOLDER = regex(r"[<>{}$…\s]|\.\.\.")
# The layout of a site is inferred when at least this many links agree.
_SHOWN_BY = 3


class Site(Struct, frozen=True, dict=True):
    """What is known about a site.

    `told` says that the configuration describes it. `find_mount` returns where its lessons are, None when
    that is unknown. `base` is "" or begins with a slash. `public` are the existing folders whose files are
    served unchanged. `pages` is None when nothing is known about pages that are not lessons.
    """

    base: str
    find_mount: Callable[[], Mount | None]
    told: bool
    pages: frozenset[str] | None
    patterns: tuple[re.Pattern[str], ...]
    public: tuple[str, ...]
    redirects: Redirects
    files: Files
    whole: bool
    elsewhere: tuple[str, ...] = ()
    is_docusaurus: bool = False
    # The paths of all links of the course that begin with a slash and end in one of these names.
    find_linked: Callable[[Collection[str]], Iterable[str]] = lambda _: ()

    @cached_property
    def routes(self) -> Routes | None:
        """The addresses of its lessons.

        Finding them may require reading all lessons, and few references ask.
        """
        mount = self.find_mount()
        return None if mount is None else Routes(mount, self.files.gone)

    @cached_property
    def answers_to_folders(self) -> bool:
        """Whether the lessons' own links suggest that folders of lessons have addresses.

        Some sites generate a page for each, or redirect to its first lesson.
        """
        routes = self.routes
        if routes is None:
            return False
        names = {each.rpartition("/")[2].lower() for each in routes.folders}
        linked = [each.removeprefix(self.base) for each in self.find_linked(names)]
        shown = [each for each in linked if each in routes.folders and each != routes.mount.prefix]
        return sum(routes.file_of(each) is None for each in shown) >= _SHOWN_BY

    def has_page(self, route: str) -> bool:
        """Whether a page that is not a lesson has, or may have, this address."""
        return route in (self.pages or ()) or any(each.fullmatch(route) for each in self.patterns)

    def may_have(self, route: str) -> bool:
        """Whether an address is a redirect, or below one where pages are generated."""
        return self.redirects.covers(route) or any(
            f"{route}/".startswith(f"{each.rstrip('/')}/") for each in self.elsewhere
        )

    def lacks(self, path: str) -> bool:
        """Whether a file that is not found at this absolute path certainly does not exist.

        True when the site is complete, or when at least the folder exists that should contain it.
        """
        return self.files.holds(path) and (self.whole or self.files.has_folder(dirname(path)))

    def has_file(self, route: str) -> bool:
        """Whether a file is served at this address."""
        return any(self.files.has(join(folder, route.strip("/"))) for folder in self.public)


def pages_of(course: Course, read: Callable[[Lesson], Page] = read_page) -> dict[str, Page]:
    """The references of each checked lesson by path; `read` may look up the result of `read_page`."""
    return {each.path: read(each) for each in course.lessons}


def site_of(course: Course, config: Config) -> Site:
    """The site of this course."""
    files = Files(course.project or course.root or ".", course.gone)
    keys = config.site
    is_docusaurus = any(files.has(join(files.folder, f"docusaurus.config.{end}")) for end in ("js", "ts"))
    pages = _folder(files, keys.pages, ("src/pages",))
    public = _folder(files, keys.public, ("public", "static"))
    fixed, patterns = page_routes(pages) if pages else (None, ())
    is_mintlify = any(files.has(join(files.folder, name)) for name in ("docs.json", "mint.json"))
    return Site(
        base="" if is_docusaurus else f"/{keys.base.strip('/')}".rstrip("/"),
        find_mount=partial(_mount, course, keys, files, unnumbered=is_docusaurus),
        told=keys.content is not None,
        pages=fixed,
        patterns=patterns,
        public=(*([public] if public else []), *([files.folder] if is_mintlify else [])),
        redirects=Redirects([files.folder, *([public] if public else [])]),
        files=files,
        whole=course.whole,
        elsewhere=keys.elsewhere,
        is_docusaurus=is_docusaurus,
        find_linked=partial(absolute_routes, course),
    )


def _mount(course: Course, keys: SiteKeys, files: Files, *, unnumbered: bool) -> Mount | None:
    if keys.content is None:
        return shown_mount(course, files, unnumbered=unnumbered)
    prefix = keys.routes.strip("/")
    content = normpath(join(files.folder, keys.content))
    return Mount(content, f"/{prefix}" if prefix else "", unnumbered or keys.unnumbered)


def _folder(files: Files, named: str | None, usual: Iterable[str]) -> str:
    for each in (named,) if named is not None else usual:
        path = join(files.folder, each)
        if files.holds(path) and isdir(path):
            return path
    return ""


def shown_mount(course: Course, files: Files, *, unnumbered: bool = False) -> Mount | None:
    """Where the lessons are on the site, inferred from their own links; None when too few agree.

    A link `/a/b/c` suggests that a folder which contains `b/c` is mounted at `/a`. If it contains `01-b/02-c`
    instead, and no link has the numbers, the site removes them.
    """
    names = sorted({seen_from(files.folder, join(course.root, each)) for each in course.known})
    ends: dict[str, list[str]] = {}
    for name in names:
        stem = re.sub(r"(?:/index)?\.mdx?$", "", name)
        last = stem.rpartition("/")[2].lower()
        for end in dict.fromkeys((last, without_number(last))):
            ends.setdefault(end, []).append(stem)
    votes: Counter[tuple[str, str]] = Counter()
    kept: Counter[tuple[str, str]] = Counter()
    left_out: Counter[tuple[str, str]] = Counter()
    for route in absolute_routes(course, ends):
        for stem in ends.get(route.rpartition("/")[2].lower(), ()):
            mount = _mount_of(stem, route)
            votes.update([mount.place])
            kept[mount.place] += mount.numbers == "kept"
            left_out[mount.place] += mount.numbers == "left out"
    for (content, prefix), number in votes.most_common(1):
        if number >= _SHOWN_BY:
            shown = left_out[content, prefix] >= _SHOWN_BY and not kept[content, prefix]
            return Mount(join(files.folder, content).rstrip("/"), prefix, unnumbered or shown)
    return None


def absolute_routes(course: Course, ends: Collection[str] | None = None) -> Iterator[str]:
    """The paths of the links that begin with a slash, or at least of those that end in one of these names."""
    elsewhere = course.once(Elsewhere)
    page_of = elsewhere.page if ends is None else partial(elsewhere.page_leading_to, ends)
    others = map(page_of, course.others)
    for page in (*course.once(pages_of).values(), *filter(None, others)):
        for link in page.links:
            if link.kind == "link" and link.url.startswith("/") and not link.url.startswith("//"):
                yield path_of(link.url).rstrip("/")


class _Shown(Struct, frozen=True):
    """The folder and the address that a link suggests, and whether its names include the numbers."""

    place: tuple[str, str]
    numbers: Literal["", "kept", "left out"]


def _mount_of(stem: str, route: str) -> _Shown:
    """The folder and the address that remain after their common end is removed."""
    names, parts = stem.split("/"), route.strip("/").split("/")
    numbers: Literal["", "kept", "left out"] = ""
    while names and parts:
        name, part = names[-1].lower(), parts[-1].lower()
        bare = without_number(name)
        if part not in {name, bare}:
            break
        if name != bare and numbers != "kept":
            numbers = "kept" if part == name else "left out"
        names.pop()
        parts.pop()
    return _Shown(("/".join(names), "".join(f"/{each}" for each in parts)), numbers)


def path_of(url: str) -> str:
    """The path of a URL as a file name: decoded, without `?…` and `#…`."""
    return unquoted(re.split(r"[?#]", url, maxsplit=1)[0])


def unquoted(text: str) -> str:
    """A percent-decoded part of a URL."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # few have one

    return unquote(text)


def is_internal(url: str) -> bool:
    """Whether a URL leads to the site itself, as far as can be seen."""
    return not (url.startswith("//") or _SCHEME.match(url) or _PLACEHOLDER.search(url) or "\\" in url)
