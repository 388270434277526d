"""Draws the page: the values for the templates, and the resulting file."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checker.reporting.document import Results
from checker.reporting.escape import visible
from checker.reporting.health.model import Health
from checker.reporting.health.page.language import Language
from checker.reporting.health.page.lessons import lesson_views
from checker.reporting.health.page.places import Places
from checker.reporting.health.page.security import policy
from checker.reporting.health.page.summary import summary_values

_FOLDER = Path(__file__).parent
_MOST_BYTES: Final = 1_000_000
_SPARE: Final = 20_000
_MOST_TRIES: Final = 4
_ICON: Final = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='none' "
    "stroke='%231b7a55' stroke-width='2.5' d='M1 9h3l2-5 3 9 2-6 1 2h3'/%3E%3C/svg%3E"
)


def draw(health: Health, results: Results, language: str) -> str:
    """The report as HTML of less than a megabyte, with the code of as many snippets as fit."""
    words = Language(language)
    values = _values(health, words)
    template = _environment().get_template("page.html")

    def render(room: int) -> tuple[str, bool]:
        places = Places(health, results, room)
        lessons = lesson_views(health, results, places)
        page = template.render(values, **places.functions(), lessons=lessons)
        return page, len(places.with_code) == len(results.blocks)

    # First without any code, to measure the room for it. The size of a snippet is an estimate, so the room is
    # then adjusted to the result.
    page, _ = render(0)
    bare = len(page.encode())
    room = _MOST_BYTES - bare - _SPARE
    for _ in range(_MOST_TRIES):
        if room <= 0:
            break
        fuller, has_all = render(room)
        size = len(fuller.encode())
        if size <= _MOST_BYTES:
            page = fuller
            if has_all or size > _MOST_BYTES * 0.9:
                break
        room = int(room * (_MOST_BYTES - bare) / max(1, size - bare) * 0.95)
    return page


def _environment() -> Environment:
    """Templates in which every expression is escaped for HTML, and unsafe characters are made visible."""
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )


def _finalize(value: object) -> object:
    return visible(value) if type(value) is str else value


def _values(health: Health, words: Language) -> dict[str, Any]:
    style = (_FOLDER / "report.css").read_text(encoding="utf-8")
    script = (_FOLDER / "report.js").read_text(encoding="utf-8")
    return {
        **summary_values(health, words),
        "language": words.name,
        "policy": policy(style, script),
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "icon": _ICON,
        "health": health,
        "total": health.total,
        "say": words.say,
        "count": words.count,
        "number": words.number,
        "share": words.share,
        "when": when,
        "brief": brief,
        "clip": clip,
    }


def when(started: str) -> str:
    """`2026-11-25T22:00:00Z` in readable form."""
    return f"{started[:10]} {started[11:16]}"


def brief(text: str, most: int = 160) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def clip(text: str) -> str:
    """A text cut to a readable length."""
    return text if len(text) <= 2_000 else f"{text[:2_000]}…"
