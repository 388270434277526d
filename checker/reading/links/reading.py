"""Reads a lesson's references."""

from checker.importing import late_patterns
from checker.model import Lesson
from checker.reading.links.references import Page


def read_page(lesson: Lesson) -> Page:
    """The references and ids of a lesson, in linear time."""
    # The parser is slow to import, and in most runs the references of most lessons are known.
    from checker.reading.parser import parser_in_parts

    parser_in_parts()
    with late_patterns():
        from checker.reading.links.page import PageReader

    return PageReader(lesson).read()
