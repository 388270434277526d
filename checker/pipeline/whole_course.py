"""The course around the lessons to check, and the findings of rules about the whole course."""

from collections.abc import Callable, Mapping, Sequence

from checker.analysis.course import Course
from checker.model import Finding, Lesson
from checker.pipeline.finishing import Finishing
from checker.pipeline.setting_up import Setting
from checker.reading.links.references import Page
from checker.rules.checking import check_course
from checker.rules.references.course import find_course
from checker.rules.references.elsewhere import Elsewhere
from checker.rules.references.site import pages_of


def course_of(
    setting: Setting,
    lessons: Sequence[Lesson],
    gone: frozenset[str] = frozenset(),
    read: Callable[[Lesson], Page] | None = None,
) -> Course:
    """The course around these lessons. `gone` are deleted files that count as present.

    `read` gives the references and ids of a lesson; by default they are read, or looked up.
    """
    config, recall = setting.config, setting.recall
    course = find_course(tuple(lessons), config, recall.head_of, gone)
    course.once(pages_of, read or recall.page)
    of_files = recall.page_of_file, recall.segments_of_file
    course.once(Elsewhere, config.mdx.extensions, recall.parse, recall.page, *of_files)
    return course


def find_elsewhere(
    setting: Setting, finishing: Finishing, others: Sequence[Lesson]
) -> Mapping[str, Sequence[Finding]]:
    """The findings of rules about the whole course, by the path of the lesson that they are in."""
    lessons = sorted((*finishing.lessons, *others), key=lambda each: each.path)
    recalled = setting.recall.page
    course = course_of(setting, lessons, read=lambda lesson: finishing.page(lesson) or recalled(lesson))
    return check_course(course, finishing.analyses, setting.config)
