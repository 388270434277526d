"""The snippet-health report of this run alone; `coursecheck report` adds earlier runs to it."""

from collections.abc import Mapping

from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.health.build import build_health
from checker.reporting.health.formats import render_health
from checker.reporting.look import Look


def render(results: Results, _lessons: Mapping[str, Lesson], look: Look) -> str:
    """One HTML file that needs no network, in the language of `look`."""
    return render_health("html", build_health(results, [], {}), results, look.lang)
