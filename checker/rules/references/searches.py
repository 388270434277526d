"""What is wrong with a reference, and what was probably meant."""

from msgspec import Struct

from checker.model import Severity
from checker.rules.references.site import Site

# In a course with thousands of wrong references, looking for all that were meant would take long.
_SEARCHES_MAX = 200


class Wrong(Struct, frozen=True):
    """The rule that reports a reference, why, and how certain it is."""

    rule: str
    message: str
    severity: Severity


class Searches:
    """Looks for what was meant, only so often."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._number = 0

    def route(self, route: str) -> str:
        """The page's address that is nearest, "" when none is near."""
        routes = self._site.routes
        return routes.nearest(route) if routes is not None and self._may_go_on() else ""

    def file(self, path: str, name: str) -> str:
        """The file beside an absolute path that is nearest, written as `name` is; "" when none is near."""
        return self._site.files.nearest(path, name) if self._may_go_on() else ""

    def _may_go_on(self) -> bool:
        self._number += 1
        return self._number <= _SEARCHES_MAX
