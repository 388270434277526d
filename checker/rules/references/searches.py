"""A wrong reference, and the search for what was meant."""

from msgspec import Struct

from checker.model import Severity
from checker.rules.references.site import Site

# In a course with thousands of wrong references, searching for each would take long.
_SEARCHES_MAX = 200


class Wrong(Struct, frozen=True):
    """The rule that reports a reference, the reason, and the severity."""

    rule: str
    message: str
    severity: Severity


class Searches:
    """Searches for what was meant, a limited number of times."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._number = 0

    def route(self, route: str) -> str:
        """The address that is nearest, "" when none is near."""
        routes = self._site.routes
        return routes.nearest(route) if routes is not None and self._may_go_on() else ""

    def file(self, path: str, name: str) -> str:
        """The file beside an absolute path that is nearest, in the form of `name`; "" when none is near."""
        return self._site.files.nearest(path, name) if self._may_go_on() else ""

    def _may_go_on(self) -> bool:
        self._number += 1
        return self._number <= _SEARCHES_MAX
