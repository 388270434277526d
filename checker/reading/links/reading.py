"""A lesson -> what it refers to."""

from checker.importing import asleep, late_patterns
from checker.model import Lesson
from checker.reading.links.references import Page


def read_page(lesson: Lesson) -> Page:
    """The references and ids of a lesson; linear in its length."""
    # Its parts take long to import, and most runs know what most lessons refer to.
    asleep("html", "markdown_it", "markdown_it.helpers", "markdown_it.rules_block")
    with late_patterns():
        from checker.reading.links.page import PageReader

    return PageReader(lesson).read()
