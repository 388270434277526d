import json

import msgspec
import pytest

from checker.model import CourseResult
from checker.reporting import json_
from checker.reporting.escape import json_text
from checker.reporting.look import Look
from tests.reporting.courses import at, finding, lesson, mixed, mixed_outcomes, ran, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import results_of

LINE_ENDS = lesson("line-ends.md", 'Two.\n\n```py\nprint("\\n    ")\n\n```\n')
COURSES = {
    "nothing": result(),
    "no finding": result(unrun(LINE_ENDS)),
    "some of everything": result(
        ran(
            mixed(),
            mixed_outcomes(),
            finding(at(mixed(), "total")),
            finding(at(mixed(), "total"), "two\n lines"),
        )
    ),
    "hostile text": hostile_course(),
}


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
def test_piece_by_piece_it_is_the_document_that_it_is_as_a_whole(course: CourseResult) -> None:
    results = results_of(course)
    whole = msgspec.json.format(msgspec.json.encode(results), indent=2).decode()
    assert json_.render(results, {}, Look()) == f"{json_text(whole)}\n"


def test_no_piece_holds_more_than_one_record() -> None:
    results = results_of(hostile_course())
    longest = max(len(json.dumps(msgspec.to_builtins(each), indent=8)) for each in results.blocks)
    assert max(map(len, json_.pieces(results, {}, Look()))) <= 2 * longest
