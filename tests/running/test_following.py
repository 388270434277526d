"""What is missing because an earlier block failed is not reported again."""

import pytest

from checker.model import Outcome, RunError
from checker.running.following import without_followers
from checker.running.job import LessonJob
from tests.running.cells import lesson


def failed(block: int, message: str) -> Outcome:
    return Outcome(block, "failed", message, error=RunError("E", message, 20, 1, ()))


JOB: LessonJob = lesson("make('orders')", "use('orders')", first_line=11)
FLINK = "SQL validation failed. From line 6, column 10: Object 'orders' not found"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Outcome(0, "passed"), failed(1, FLINK)),
        (Outcome(0, "interrupted"), failed(1, FLINK)),
        (failed(0, "x"), failed(1, "Object 'others' not found")),
        (failed(0, "x"), failed(1, "orders are wrong")),
        (failed(0, FLINK), Outcome(1, "passed")),
        (failed(0, "x"), Outcome(1, "failed", FLINK)),
        (failed(0, "x"), failed(1, 'column "orders" of relation "t" does not exist')),
    ],
)
def test_what_has_another_cause_stays(first: Outcome, second: Outcome) -> None:
    assert without_followers(JOB, [first, second]) == (first, second)


@pytest.mark.parametrize(
    "message",
    [
        FLINK,
        "[TABLE_OR_VIEW_NOT_FOUND] The table or view `orders` cannot be found.",
        "[TABLE_OR_VIEW_NOT_FOUND] The table or view `spark_catalog`.`default`.`orders` cannot be found.",
    ],
)
@pytest.mark.parametrize(
    "first", [failed(0, "x"), Outcome(0, "skipped", "it needs"), Outcome(0, "timed-out")]
)
def test_what_an_earlier_block_did_not_make_is_its_defect(first: Outcome, message: str) -> None:
    _, found = without_followers(JOB, [first, failed(1, message)])
    assert (found.kind, found.error) == ("skipped", None)
    assert found.reason == "needs `orders` from the block at line 10, which did not come to its end"


@pytest.mark.parametrize(
    "message", ['column "phone" of relation "t" does not exist', "column t.phone does not exist"]
)
def test_a_column_is_made_by_what_defines_it(message: str) -> None:
    job = lesson("ALTER TABLE t ADD COLUMN phone text", "SELECT phone FROM t", first_line=11)
    assert without_followers(job, [Outcome(0, "passed"), failed(1, message)])[1].kind == "failed"
    assert without_followers(job, [failed(0, "x"), failed(1, message)])[1].kind == "skipped"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("CREATE VIEW orders_current AS SELECT payload.total AS total FROM orders", "failed"),
        ("CREATE TABLE totals (total int); SELECT 1 FROM orders", "failed"),
        ("ALTER TABLE ONLY public.orders ADD COLUMN total numeric", "skipped"),
        ('CREATE TABLE IF NOT EXISTS "orders" (total int)', "skipped"),
    ],
)
def test_a_table_s_column_is_made_by_what_defines_that_table(code: str, kind: str) -> None:
    job = lesson(code, "INSERT INTO orders (total) VALUES (1)", first_line=11)
    second = failed(1, 'column "total" of relation "orders" does not exist')
    assert without_followers(job, [failed(0, "x"), second])[1].kind == kind
