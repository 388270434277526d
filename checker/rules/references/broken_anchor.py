"""A link leads to a place on a page that the page does not have.

## What

What follows the `#` of a link is no id on the page that it leads to. Headings have the ids that
github-slugger makes of them: lower case, blanks as hyphens, the rest of the punctuation dropped, `-1` for the
second of a name. An author's own ids count: `{#setup}`, `[[setup]]` and `[#setup]` after a heading, `id` of
an element; so do, in `.md`, `{#setup}` behind anything and the `setup_1` of Python-Markdown. On sites of
Mintlify and VitePress, and where the lessons' links show it, a hyphen stands for all between the words of a
heading: `a-b` for `a.b`.

Where a heading is only known when the page is made, or a component or an imported part of a page may bring
one, this is a warning; so are capitals in a link within `.md` files of no known site, which only GitHub reads
as small letters.

## Why

The browser shows the top of the page instead, and the reader has to look for the place.

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
from checker.model import Severity
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

# The browser has these itself; Starlight calls a page's title `_top`.
_ALWAYS = frozenset({"", "top", "_top"})
_SECOND = regex(r"(.+)_([1-9]\d*)")
_SEARCHES_MAX = 200
_COMPARED_MAX = 500


def check(course: Course, config: Config) -> Iterator[Report]:
    """One report at each address whose page has no such place."""
    places = list(_places(course, config))
    site = course.once(site_of, config)
    hyphened = are_hyphened(places, site.files)
    searches = 0
    for place in places:
        target, page, fragment = place.target, place.page, place.fragment
        if fragment in page.ids or (hyphened and place.is_hyphened):
            continue
        # A label of MyST's may stand on any page, in `.rst`, or in another project.
        if target.link.url.startswith("#") and is_of_sphinx(target.path, site.files):
            continue
        searches += 1
        near = _nearest(fragment, page) if searches <= _SEARCHES_MAX else ""
        where = "this page" if target.link.url.startswith("#") else basename(target.path)
        message = f"{where} has no heading or id '{fragment}'"
        severity: Severity = "error"
        if near:
            message += f"; did you mean #{near}?"
            if any(each.source.endswith((".md", ".mdx")) for each in page.imports):
                message += " A part that the page imports may have it"
                severity = "warning"
            elif near == fragment.lower() and target.path.endswith(".md") and site.routes is None:
                message += " Only GitHub reads capitals as small letters"
                severity = "warning"
        elif page.computed or page.components:
            message += ", unless a component on it has"
            severity = "warning"
        yield Report(message, target.lesson.span(target.link.start, target.link.end), severity=severity)


def _places(course: Course, config: Config) -> Iterator[Place]:
    """The places that links lead to, on pages of which all is known."""
    pages = course.once(_Pages)
    for target in course.once(resolve, config).fragments:
        fragment = fragment_of(target.link.url)
        page = None if _is_always_there(fragment) else pages.of(target)
        if page is not None and not page.empty and not _is_of_markdown(fragment, target, page):
            yield Place(target, page, fragment)


def _is_always_there(fragment: str) -> bool:
    return fragment.casefold() in _ALWAYS or fragment.startswith(":~:")


def _is_of_markdown(fragment: str, target: Target, page: Page) -> bool:
    """Whether it is the second of a name as Python-Markdown counts them in `.md`: `name_1`."""
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
        """None when the file cannot be read, which is reported where it is checked."""
        checked = self._checked.get(target.path)
        if checked is not None:
            return self._pages[checked]
        return self._elsewhere.page(target.path)
