"""The formats of the snippet-health report."""

from collections.abc import Callable
from typing import Final

import msgspec

from checker.reporting.document import Results
from checker.reporting.escape import json_text
from checker.reporting.health.badge import badge_json, badge_svg
from checker.reporting.health.model import Health
from checker.reporting.look import say_in

Render = Callable[[Health, Results, str], str]


def _html(health: Health, results: Results, language: str) -> str:
    from checker.reporting.health.page.draw import draw  # templates take longest to import

    if language != "en":
        from checker.reporting.translation.results import translated, translated_health

        say = say_in(language)
        health, results = translated_health(health, say), translated(results, say)
    return draw(health, results, language)


def _json(health: Health, _results: Results, _language: str) -> str:
    compact = msgspec.json.encode(health)
    return json_text(msgspec.json.format(compact, indent=2).decode()) + "\n"


FORMATS: Final[dict[str, Render]] = {
    "html": _html,
    "json": _json,
    "badge": lambda health, _results, _language: badge_svg(health),
    "badge-json": lambda health, _results, _language: badge_json(health),
}


def render_health(name: str, health: Health, results: Results, language: str) -> str:
    """The report in a format; `language` is that of the page."""
    return FORMATS[name](health, results, language)
