"""Which heading ids a site uses: github-slugger's, or those with one hyphen between words."""

from collections.abc import Sequence
from os.path import join

from msgspec import Struct

from checker.reading.links.references import Page
from checker.rules.references.links import Target
from checker.rules.references.project import Files

_GITHUBS = ("docusaurus.config.js", "docusaurus.config.ts", "astro.config.mjs", "astro.config.ts")
# https://mintlify.com and https://vitepress.dev have their own slug functions.
_HYPHENED = ("docs.json", "mint.json", ".vitepress")
# The links of one lesson may all be wrong in the same way.
_SHOWN_BY = 2


class Place(Struct, frozen=True):
    """An id on a page that a link leads to."""

    target: Target
    page: Page
    fragment: str

    @property
    def is_hyphened(self) -> bool:
        """Whether the page has the id only under the other scheme, with one hyphen between words."""
        return self.fragment not in self.page.ids and self.fragment in self.page.hyphened


def are_hyphened(places: Sequence[Place], files: Files) -> bool:
    """Whether the site's own configuration, or the links of more lessons than not, imply that scheme."""
    if any(files.has(join(files.folder, name)) for name in _HYPHENED):
        return True
    if any(files.has(join(files.folder, name)) for name in _GITHUBS):
        return False
    shown = {each.target.lesson.path for each in places if each.is_hyphened}
    if len(shown) < _SHOWN_BY:
        return False
    against = {
        each.target.lesson.path
        for each in places
        if not each.is_hyphened
        and each.fragment in each.page.hyphened.values()
        and each.fragment not in each.page.hyphened
    }
    return len(shown) > len(against)
