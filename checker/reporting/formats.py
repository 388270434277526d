"""The output formats; each is one module with a `render`.

A module is imported when its format is asked for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.look import Look

if TYPE_CHECKING:
    from checker.reporting.listing import ListedLesson

# The formats of the results, and of the listing of blocks.
FORMATS = {
    "full": "checker.reporting.terminal",
    "concise": "checker.reporting.concise",
    "json": "checker.reporting.json_",
    "json-lines": "checker.reporting.records",
    "github": "checker.reporting.github",
    "gitlab": "checker.reporting.gitlab",
    "sarif": "checker.reporting.sarif",
    "junit": "checker.reporting.junit",
    "rdjson": "checker.reporting.rdjson",
    "markdown": "checker.reporting.markdown",
    "html": "checker.reporting.html",
    "csv": "checker.reporting.csv_",
}
# These are for people and are translated; the others are for programs, and English.
FOR_PEOPLE = frozenset({"full", "concise", "markdown", "html"})
# A page shows code as it is: in the log of a CI job, a line of it such as `::error::` would be a command.
TO_FILES_ONLY = frozenset({"html"})
LISTINGS = {
    "full": "checker.reporting.table",
    "json-lines": "checker.reporting.json_lines",
}


def results_in_pieces(
    name: str, results: Results, lessons: Mapping[str, Lesson], look: Look
) -> Iterable[str]:
    """The results in a format; `lessons` holds the sources that may be quoted, by path.

    Formats with the whole content are generated in pieces of text (`pieces`).
    """
    module = import_module(FORMATS[name])
    render: Callable[[Results, Mapping[str, Lesson], Look], str] = module.render
    pieces: Callable[[Results, Mapping[str, Lesson], Look], Iterable[str]] | None
    pieces = getattr(module, "pieces", None)
    if look.lang != "en" and name in FOR_PEOPLE:
        from checker.reporting.translation.results import translated

        results = translated(results, look.say)
    return (render(results, lessons, look),) if pieces is None else pieces(results, lessons, look)


def render_listing(name: str, lessons: "Sequence[ListedLesson]", look: Look) -> str:
    """The blocks of lessons in a format."""
    render: Callable[[Sequence[ListedLesson], Look], str] = import_module(LISTINGS[name]).render
    return render(lessons, look)
