"""Drawing a made-up course in a format."""

from checker.model import CourseResult
from checker.reporting.build import build, lessons_by_path
from checker.reporting.document import Results, RunRecord
from checker.reporting.formats import results_in_pieces
from checker.reporting.look import Look

RUN = RunRecord("run-1", "2026-11-25T22:00:00Z", "0123456789abcdef0123456789abcdef01234567")


def results_of(course: CourseResult, run: RunRecord | None = RUN) -> Results:
    return build(course, run)


def draw(name: str, course: CourseResult, run: RunRecord | None = RUN) -> str:
    return "".join(results_in_pieces(name, results_of(course, run), lessons_by_path(course), Look()))
