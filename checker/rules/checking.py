"""Runs the rules over lessons and courses: what they look at -> findings."""

from collections.abc import Iterable, Iterator, Sequence

from checker.analysis.course import Course
from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.model import Finding
from checker.rules.registry import rules_concerning, rules_for, rules_of_course, to_finding, to_findings


def check_lesson(analysis: LessonAnalysis, config: Config) -> Iterator[Finding]:
    """The findings of one lesson by itself."""
    lesson = analysis.lesson
    problems = {each.rule for each in lesson.problems}
    has_python = bool(analysis.cells)
    for loaded in rules_concerning(lesson.text, config, has_python=has_python, problems=problems):
        yield from to_findings(loaded, loaded.check(analysis, config))
    if has_python:
        # A lesson without Python must not pay for this import, nor one without pandas for type inference.
        from checker.rules.pandas.sessions import sessions_with_pandas

        if sessions := sessions_with_pandas(analysis):
            from checker.rules.pandas.walk import check_nodes

            for loaded, report in check_nodes(analysis, sessions, rules_for("node")):
                yield to_finding(loaded, report)


def check_course(
    course: Course, analyses: Sequence[LessonAnalysis], config: Config
) -> dict[str, list[Finding]]:
    """The findings that need the whole course, by the path of their lesson."""
    found = list(_course_findings(course, config))
    if config.ruff.select:
        from checker.rules.python.ruff_findings import ruff_findings

        found += ruff_findings(analyses, config)
    return by_path(found)


def _course_findings(course: Course, config: Config) -> Iterator[Finding]:
    for loaded in rules_of_course(config):
        yield from to_findings(loaded, loaded.check(course, config))


def by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings grouped by the path of their lesson."""
    sorted_in: dict[str, list[Finding]] = {}
    for finding in findings:
        sorted_in.setdefault(finding.span.path, []).append(finding)
    return sorted_in
