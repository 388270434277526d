import csv
from io import StringIO

from tests.reporting.courses import at, finding, mixed, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw


def test_a_row_a_finding() -> None:
    where = mixed()
    text = draw("csv", result(unrun(where, finding(at(where, "total"), 'say "a, b"', intended=True))))
    assert text == (
        "severity,code,name,path,line,column,lesson,message,intended,known,confirmed\r\n"
        'error,XXX101,some-rule,en/totals.mdx,4,1,,"say ""a, b""",yes,no,no\r\n'
    )


def test_no_cell_is_a_formula_and_no_row_has_other_cells() -> None:
    course = hostile_course()
    rows = list(csv.reader(StringIO(draw("csv", course))))
    assert len(rows) == len(course.lessons) + 1
    assert {len(row) for row in rows} == {11}
    for row in rows:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert any(cell.startswith("'=HYPERLINK(") for row in rows for cell in row)
