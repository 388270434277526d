"""The score as a badge: an SVG, and JSON for a badge service."""

import json
from typing import Final
from xml.sax.saxutils import escape

from checker.reporting.health.model import Health

_LABEL: Final = "snippet health"
_COLORS: Final = {
    "brightgreen": "#2f7d32",
    "yellow": "#8a6300",
    "red": "#b3261e",
    "lightgrey": "#5f6368",
}
_CHARACTER: Final = 6.6  # pixels, roughly, of Verdana at 11 pixels


def badge_svg(health: Health) -> str:
    """An SVG of the score; its white letters have a contrast of at least 4.5 to 1."""
    message, color = _message(health), _COLORS[_color(health)]
    left, right = (round(len(text) * _CHARACTER) + 12 for text in (_LABEL, message))
    said = escape(f"{_LABEL}: {message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{said}"><title>{said}</title>'
        f'<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{color}"/></g>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2}" y="14">{_LABEL}</text>'
        f'<text x="{left + right / 2}" y="14">{escape(message)}</text></g></svg>\n'
    )


def badge_json(health: Health) -> str:
    """The JSON that https://shields.io/badges/endpoint-badge expects from an endpoint."""
    document = {
        "schemaVersion": 1,
        "label": _LABEL,
        "message": _message(health),
        "color": _color(health),
    }
    return json.dumps(document, indent=2) + "\n"


def _message(health: Health) -> str:
    score = health.total.score
    if score is None:
        return "no snippets"
    broken = health.total.broken
    return f"{score:g} of 100, {broken:,} broken" if broken else f"{score:g} of 100"


def _color(health: Health) -> str:
    score = health.total.score
    if score is None:
        return "lightgrey"
    return "brightgreen" if score >= 85 else "yellow" if score >= 60 else "red"
