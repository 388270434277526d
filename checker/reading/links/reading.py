"""A lesson -> what it refers to."""

from checker.importing import late_patterns
from checker.model import Lesson
from checker.reading.links.references import Page


def read_page(lesson: Lesson) -> Page:
    """The references and ids of a lesson; linear in its length."""
    # Its parts take long to import, and most runs know what most lessons refer to.
    from checker.reading.parser import parser_in_parts

    parser_in_parts()
    with late_patterns():
        from checker.reading.links.page import PageReader

    return PageReader(lesson).read()
