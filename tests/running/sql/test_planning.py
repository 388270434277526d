"""SQL blocks beside Python: which are run, in which order, and what comes of it."""

import pytest

from checker.analysis.lesson import LessonAnalysis
from checker.judging.judge import judge
from checker.model import BlockPlan, Frame, Need, Outcome, RunError
from checker.running.job import LessonJob, Limits
from checker.running.jobs import lesson_job
from checker.running.lab import Lab, PostgresLab
from checker.running.plan import plan_lesson
from tests.analysis.lessons import analysis

SERVER = PostgresLab(programs="/usr/lib/postgresql/15/bin", version="15.1", runs_sql=True)


def plans(lesson: LessonAnalysis, server: PostgresLab | None = SERVER) -> tuple[BlockPlan, ...]:
    return plan_lesson(lesson, has_package=lambda _: True, lab=Lab(postgresql=server))


def fence(code: str, lang: str = "sql", above: str = "") -> str:
    return f"{above}\n```{lang}\n{code}\n```\n"


@pytest.mark.parametrize(
    "server",
    [None, PostgresLab(), PostgresLab(runs_sql=True), PostgresLab(programs="/usr/bin", version="15")],
    ids=["no lab", "not asked for", "no server", "a server that is not asked"],
)
def test_where_sql_is_not_run_it_is_another_language(server: PostgresLab | None) -> None:
    (found,) = plans(analysis(fence("SELECT 1")), server)
    assert (found.kind, found.runs, found.reason) == ("other-language", False, "it is sql, not Python")


def test_sql_that_is_whole_is_run_on_the_server() -> None:
    (found,) = plans(analysis(fence("SELECT 1")))
    assert (found.kind, found.runs, found.needs) == ("runnable", True, (Need("service", "postgresql"),))


@pytest.mark.parametrize(
    ("other", "runs"),
    [
        (fence("CREATE TABLE orders (id int)"), True),
        (fence("psql -c 'SELECT 1 FROM orders'", "bash"), True),
        (fence("psql -c 'CREATE TABLE others (id int)'", "bash"), True),
        (fence("print('CREATE TABLE orders')", "python"), True),
        (fence('CREATE TABLE "Orders" (...);'), False),
        (fence("psql -c 'ALTER TABLE IF EXISTS public.orders ADD COLUMN a int'", "bash"), False),
    ],
)
def test_tables_that_a_block_changes_which_is_not_run_are_not_known(other: str, *, runs: bool) -> None:
    found = plans(analysis(f"{other}\nThen.\n{fence('SELECT a FROM orders')}"))[-1]
    assert found.runs == runs
    assert runs or "which the block at line 2 makes that is not run" in found.reason


LEFT_OUT = {
    "another dialect": (fence("SHOW SLAVE STATUS"), "other-language", "it is sql, not Python"),
    "an excerpt": (fence("SELECT :a"), "other-language", "it is an excerpt: `:a` stands for a value"),
    "by its author": (
        fence("SELECT 1", above='{/* check: skip="slow" */}'),
        "skipped-by-author",
        "it is skipped by its author: slow",
    ),
    "by its lesson": (
        f'{{/* check-lesson: skip="slow" */}}\n\n{fence("SELECT 1")}',
        "skipped-by-author",
        "it is skipped by its author: slow",
    ),
    "asked for in vain": (
        fence("SELEC 1", above="{/* check: run */}"),
        "other-language",
        'it is not read by PostgreSQL (syntax error at or near "SELEC")',
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_not_run_says_why(name: str) -> None:
    text, kind, reason = LEFT_OUT[name]
    (found,) = plans(analysis(text))
    assert (found.kind, found.runs, found.reason) == (kind, False, reason)


def test_an_excerpt_that_can_be_read_is_run_when_it_is_asked_for() -> None:
    (found,) = plans(analysis(fence("SELECT '<name>'", above="{/* check: run */}")))
    assert found.runs


@pytest.mark.parametrize(
    "text",
    [fence("SELECT nope", above="{/* check: wrong */}"), f"This is wrong:\n{fence('SELECT nope')}"],
)
def test_what_is_wrong_on_purpose_is_run_as_such(text: str) -> None:
    (found,) = plans(analysis(text))
    assert (found.kind, found.runs) == ("counterexample", True)


LESSON = f"""# Orders

{fence("SELECT 1;")}
Then:
{fence("x = 1", "python")}
And a list:

- item
{fence("  SELECT ž, nope", above="").replace(chr(10), chr(10) + "  ").rstrip()}

{fence("y = 2", "python check:session=other")}
"""


def job(lesson: LessonAnalysis) -> LessonJob:
    made = lesson_job(lesson, plans(lesson), Limits())
    assert made is not None
    return made


def test_sql_is_run_in_the_lesson_s_order_with_python() -> None:
    made = job(analysis(LESSON))
    assert [(each.name, [cell.block for cell in each.cells]) for each in made.sessions] == [
        ("lesson", [0, 1, 2]),
        ("other", [3]),
    ]
    assert made.sessions[0].services == ("postgresql",)
    assert made.sessions[1].services == ()
    first, python, last = made.sessions[0].cells
    assert (first.source, first.statements, python.statements) == ("SELECT 1;", ((0, 8),), ())
    assert last.source[slice(*last.statements[0])] == "SELECT ž, nope"


def test_an_error_stands_at_its_column_in_the_lesson() -> None:
    lesson = analysis(LESSON)
    line = job(lesson).sessions[0].cells[2].first_line
    error = RunError("undefined_column", "no nope", line, 13, (Frame("lesson.mdx", line, "SELECT"),))
    raw = Outcome(2, "failed", "undefined_column: no nope", error=error)
    _, found = judge(lesson, plans(lesson), [raw], [])
    (finding,) = [each for each in found if each.name == "snippet-failed"]
    assert finding.message == "undefined_column: no nope"
    text = lesson.lesson.text.split("\n")[finding.span.line - 1]
    assert text[finding.span.column - 1 :] == "nope"
