"""The layout of a course's site: from its own configuration, its folders, and its lessons' links."""

import os
from collections.abc import Iterator, Sequence
from os.path import commonpath, dirname, join, relpath

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.course import Course
from checker.config import Config
from checker.config.keys import SiteKeys
from checker.patterns import regex
from checker.rules.references.project import Files
from checker.rules.references.resolving import resolve
from checker.rules.references.routes import Routes
from checker.rules.references.site import absolute_routes, shown_mount, site_of

_BYTES_MAX = 1 << 20
_CONFIGS = tuple(
    f"{name}.config.{end}" for name in ("astro", "docusaurus", "next") for end in ("mjs", "ts", "js", "mts")
)
_BASE = regex(r"""\b(?:base|baseUrl|basePath)\s*:\s*["'`](/[^"'`\s]*)["'`]""")
_ROUTE_BASE = regex(r"""\brouteBasePath\s*:\s*["'`]([^"'`\s]*)["'`]""")
_COMPOSE = ("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml")
# This many addresses below a folder without lessons show that the site has other pages there.
_MADE_ELSEWHERE = 3
_TRIED_MAX = 20
# A larger share of links to missing folders means redirects, or generated pages.
_STRAY_MAX = 0.2
_SKIPPED = frozenset({"node_modules", "dist", "build", "__pycache__"})


class Layout(Struct, frozen=True):
    """What was found, each with the reason; `site` is None when nothing shows where the lessons are.

    `stray` of `links` internal links lead to missing folders; when `doubtful`, these are too many to rely on
    the guess. `broken` lead nowhere at all.
    """

    lessons: str
    site: SiteKeys | None
    reason: str
    base_from: str
    links: int
    stray: int
    broken: int
    compose: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Whether so many links lead to unknown folders that the site is probably incomplete."""
        return self.stray > _STRAY_MAX * max(self.links, 1)


def guess_layout(course: Course) -> Layout:
    """The layout of the site around a course, whose project folder is the configured one."""
    files = Files(course.project)
    paths = [relpath(join(course.root, each), files.folder) for each in course.known]
    lessons = commonpath(map(dirname, paths))
    base, base_from = _base(files)
    content, routes, reason, unnumbered = _mount(course, files, lessons)
    if base and f"{routes}/".startswith(f"{base}/"):  # links include it, and so do the inferred routes
        routes = routes.removeprefix(base)
    site = None
    if reason:
        site = SiteKeys(
            base=base,
            content=content or ".",
            routes=routes or "/",
            unnumbered=unnumbered,
            pages="src/pages" if files.has_folder(join(files.folder, "src/pages")) else None,
            public=next(
                (each for each in ("public", "static") if files.has_folder(join(files.folder, each))), None
            ),
        )
        site = replace(site, elsewhere=_elsewhere(course, site))
    links, stray, broken = _tried(course, site) if site else (0, 0, 0)
    return Layout(lessons, site, reason, base_from, links, stray, broken, tuple(_composes(files.folder)))


def _base(files: Files) -> tuple[str, str]:
    """The site's base path and the file that defines it."""
    for name in _CONFIGS:
        found = _BASE.search(_read(files, name))
        if found is not None and found[1].strip("/"):
            return "/" + found[1].strip("/"), name
    return "", ""


def _mount(course: Course, files: Files, lessons: str) -> tuple[str, str, str, bool]:
    """The folder of the lessons, the path of their pages, the evidence, and whether numbers are removed."""
    for name in ("docs.json", "mint.json"):
        if files.has(join(files.folder, name)):
            return "", "", f"{name} lies here", False
    for name in _CONFIGS:
        if name.startswith("docusaurus") and (text := _read(files, name)):
            route = _ROUTE_BASE.search(text)
            folder = lessons.split("/", maxsplit=1)[0] or "docs"
            return folder, f"/{route[1].strip('/') if route else 'docs'}", f"{name} lies here", False
    mount = shown_mount(course, files)
    if mount is not None:
        content = relpath(mount.content, files.folder)
        content, prefix = _narrowed("" if content == "." else content, mount.prefix, lessons, course)
        return content, prefix, "the lessons' links show it", mount.unnumbered
    names = lessons.split("/")
    if "content" in names[:-1]:
        index = names.index("content") + 1
        collection = names[index]
        routes = "" if collection == "docs" else f"/{collection}"
        return (
            "/".join(names[: index + 1]),
            routes,
            "a collection of Astro mostly stands below its own name",
            False,
        )
    return "", "", "", False


def _narrowed(content: str, prefix: str, lessons: str, course: Course) -> tuple[str, str]:
    """Narrow to a collection: `src/content` at `/` is `src/content/course` at `/course`.

    Addresses that begin with `/course` can then only be lessons.
    """
    inner = lessons[len(content) :].strip("/").split("/")[0] if content else lessons.split("/", maxsplit=1)[0]
    routes = list(absolute_routes(course))
    below = [each for each in routes if f"{each}/".startswith(f"{prefix}/{inner}/")]
    if content.endswith("content") and inner and len(below) == len(routes):
        return f"{content}/{inner}", f"{prefix}/{inner}"
    return content, prefix


def _elsewhere(course: Course, site: SiteKeys) -> tuple[str, ...]:
    """The prefixes, below the lessons' own, of links that lead to no lesson.

    Where most of these addresses are similar to a lesson's they are mistakes: a folder was renamed.
    """
    tried, config = _as_if(course, site)
    routes = tried.once(site_of, config).routes
    if routes is None or not routes.mount.prefix:
        return ()
    known = {folder for each in routes.addresses for folder in _above(each)} | routes.addresses
    below: dict[str, set[str]] = {}
    for route in {each.removeprefix(site.base) for each in absolute_routes(tried)}:
        unknown = [each for each in _above(route) if each not in known and routes.covers(each)]
        if unknown:
            below.setdefault(unknown[0], set()).add(route)
    return tuple(
        sorted(
            folder
            for folder, found in below.items()
            if len(found) >= _MADE_ELSEWHERE and not _are_slips(routes, sorted(found)[:_TRIED_MAX])
        )
    )


def _above(route: str) -> Iterator[str]:
    """The prefixes of an address, the shortest first."""
    parts = route.split("/")
    return ("/".join(parts[:end]) for end in range(2, len(parts)))


def _are_slips(routes: Routes, found: Sequence[str]) -> bool:
    return 2 * sum(bool(routes.nearest(each)) for each in found) >= len(found)


def _as_if(course: Course, site: SiteKeys) -> tuple[Course, Config]:
    """The course, without anything known about it, and a configuration with this site."""
    tried = Course(course.root, course.lessons, course.known, course.project, course.whole)
    return tried, Config(path="coursecheck.toml", folder=course.project, site=site)


def _tried(course: Course, site: SiteKeys) -> tuple[int, int, int]:
    """The number of internal links, of those to unknown folders, and of those that lead nowhere."""
    tried, config = _as_if(course, site)
    resolved = resolve(tried, config)
    nowhere = [each for each, _ in resolved.wrong if each.rule == "broken-link"]
    routes = [each.removeprefix(site.base) for each in absolute_routes(tried)]
    seen = tried.once(site_of, config)
    known = {dirname(each) for each in seen.routes.addresses} if seen.routes is not None else set()
    stray = sum(
        dirname(each) not in known and each not in known and not seen.may_have(each)
        for each in routes
        if f"{each}/".startswith(site.routes.rstrip("/") + "/")
    )
    return len(routes), stray, len(nowhere)


def _composes(folder: str) -> list[str]:
    """The compose files of the course, at most three folders deep."""
    found = []
    for at, folders, names in os.walk(folder):
        depth = relpath(at, folder).count("/")
        folders[:] = (
            [each for each in sorted(folders) if each not in _SKIPPED and each[0] != "."] if depth < 2 else []
        )
        found += [relpath(join(at, name), folder) for name in _COMPOSE if name in names]
    return found


def _read(files: Files, name: str) -> str:
    if not files.has(join(files.folder, name)):
        return ""
    try:
        with open(join(files.folder, name), "rb") as file:
            return file.read(_BYTES_MAX).decode("utf-8", "replace")
    except OSError:
        return ""
