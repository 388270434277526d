"""All references of a course, resolved once for all rules."""

from collections.abc import Iterator
from os.path import abspath, normpath

from msgspec import Struct

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson, Span
from checker.rules.references.images import Images
from checker.rules.references.links import Links, Target
from checker.rules.references.searches import Searches, Wrong
from checker.rules.references.site import is_internal, pages_of, site_of, unquoted
from checker.rules.rule import Report


class Resolved(Struct, frozen=True):
    """The resolved links and images of a course; `reached` are lesson files, by absolute path."""

    wrong: tuple[tuple[Wrong, Span], ...]
    fragments: tuple[Target, ...]
    reached: tuple[tuple[Lesson, str], ...]


def resolve(course: Course, config: Config) -> Resolved:
    """Follow every internal link and image of the lessons that are checked."""
    site = course.once(site_of, config)
    searches = Searches(site)
    links, images = Links(site, searches), Images(site, searches)
    wrong = []
    for lesson in course.lessons:
        path = normpath(abspath(lesson.path))
        # A definition that several links use is one place.
        for each in dict.fromkeys(course.once(pages_of)[lesson.path].links):
            if not is_internal(each.url):
                continue
            found = images.find(path, each) if each.kind == "image" else links.follow(lesson, path, each)
            if found is not None:
                wrong.append((found, lesson.span(each.start, each.end)))
    return Resolved(tuple(wrong), tuple(links.fragments), tuple(links.reached))


def reports(course: Course, config: Config, rule: str) -> Iterator[Report]:
    """The reports of the rule with this name."""
    for wrong, span in course.once(resolve, config).wrong:
        if wrong.rule == rule:
            yield Report(wrong.message, span, severity=wrong.severity)


def fragment_of(url: str) -> str:
    """The decoded text after the `#` of a URL."""
    return unquoted(url.partition("#")[2])
