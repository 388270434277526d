"""A link to a place that its page does not have.

## What

The part of a link after `#` is not an id on the page it leads to. Headings get the ids that github-slugger
creates: lowercase, hyphens for spaces, other punctuation removed, and `-1` for the second heading with the
same text. Ids set by the author count too: `{#setup}`, `[[setup]]` and `[#setup]` after a heading, and the
`id` of an element; in `.md` files also `{#setup}` after any text, and `setup_1` as Python-Markdown writes it.
On Mintlify and VitePress sites, and where the lessons' own links show it, a hyphen replaces everything
between the words of a heading: `a-b` for `a.b`.

The finding is a warning if a heading is only known when the page is built, or if a component or an imported
part of the page may add one. It is also a warning for uppercase letters in a link between `.md` files of an
unknown site, because only GitHub ignores case there.

## Why

The browser shows the top of the page instead, and the reader has to search for the place.

## Bad

```mdx
See [the setup](#set-up). {/* error */}

### Setup
```

## Good

```mdx
See [the setup](#setup), [what it costs](#что-это-стоит-1) and [the end](#end).

### Setup

### Что это стоит?

### Что это *стоит*

<p id="end">That is all.</p>
```

## Since

coursecheck 0.2

## Source

github-slugger: https://github.com/Flet/github-slugger
"""

from collections.abc import Iterator
from os.path import abspath, basename, normpath

from checker.analysis.course import Course
from checker.config import Config
from checker.patterns import regex
from checker.reading.links.references import Page
from checker.rules.references.elsewhere import Elsewhere
from checker.rules.references.heading_ids import Place, are_hyphened
from checker.rules.references.links import Target
from checker.rules.references.resolving import fragment_of, resolve
from checker.rules.references.site import pages_of, site_of
from checker.rules.references.sphinx import is_of_sphinx
from checker.rules.rule import Report, Rule
from checker.spelling import nearest_in_any_case

RULE = Rule("REF203", "broken-anchor", "error", looks_at="course")

# Browsers define these themselves; Starlight gives a page's title the id `_top`.
_ALWAYS = frozenset({"", "top", "_top"})
_SECOND = regex(r"(.+)_([1-9]\d*)")
_SEARCHES_MAX = 200
_COMPARED_MAX = 500


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each link to an id that its page does not have."""
    places = list(_places(course, config))
    site = course.once(site_of, config)
    hyphened = are_hyphened(places, site.files)
    searches = 0
    for place in places:
        target, page, fragment = place.target, place.page, place.fragment
        if fragment in page.ids or (hyphened and place.is_hyphened):
            continue
        # A MyST label may be on any page, in `.rst`, or in another project.
        if target.link.url.startswith("#") and is_of_sphinx(target.path, site.files):
            continue
        searches += 1
        near = _nearest(fragment, page) if searches <= _SEARCHES_MAX else ""
        where = "this page" if target.link.url.startswith("#") else basename(target.path)
        hint = f"; did you mean #{near}?" if near else ""
        doubt = _doubt(place, near, may_be_github=site.routes is None)
        yield Report(
            f"{where} has no heading or id '{fragment}'{hint}{doubt}",
            target.lesson.span(target.link.start, target.link.end),
            severity="warning" if doubt else "error",
        )


def _doubt(place: Place, near: str, *, may_be_github: bool) -> str:
    """Why the page may have the id all the same, as the end of a message; empty when it certainly has not."""
    target, page = place.target, place.page
    if not near:
        return ", unless a component adds it" if page.computed or page.components else ""
    if any(each.source.endswith((".md", ".mdx")) for each in page.imports):
        return " An imported part of the page may have it"
    if near == place.fragment.lower() and target.path.endswith(".md") and may_be_github:
        return " Only GitHub treats capitals as lowercase"
    return ""


def _places(course: Course, config: Config) -> Iterator[Place]:
    """The ids that links lead to, on pages whose ids are all known."""
    pages = course.once(_Pages)
    for target in course.once(resolve, config).fragments:
        fragment = fragment_of(target.link.url)
        page = None if _is_always_there(fragment) else pages.of(target)
        if page is not None and not page.empty and not _is_of_markdown(fragment, target, page):
            yield Place(target, page, fragment)


def _is_always_there(fragment: str) -> bool:
    return fragment.casefold() in _ALWAYS or fragment.startswith(":~:")


def _is_of_markdown(fragment: str, target: Target, page: Page) -> bool:
    """Whether it is a repeated id as Python-Markdown numbers them in `.md`: `name_1`."""
    found = _SECOND.fullmatch(fragment) if target.path.endswith(".md") else None
    return found is not None and f"{found[1]}-{found[2]}" in page.ids


def _nearest(fragment: str, page: Page) -> str:
    return nearest_in_any_case(fragment, sorted(page.ids)[:_COMPARED_MAX], alike=0.75)


class _Pages:
    """The pages that links lead to."""

    def __init__(self, course: Course) -> None:
        self._checked = {normpath(abspath(path)): path for path in course.once(pages_of)}
        self._pages = course.once(pages_of)
        self._elsewhere = course.once(Elsewhere)

    def of(self, target: Target) -> Page | None:
        """The page of a link; None when the file cannot be read, which is reported for that file."""
        checked = self._checked.get(target.path)
        if checked is not None:
            return self._pages[checked]
        return self._elsewhere.page(target.path)
